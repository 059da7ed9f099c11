/* SPDX-License-Identifier: MIT */
/* Asked before a statement, a server has nothing of its effects; asked after it, all of them. */
#include "driver/load.h"
#include "sql/effect.h"
#include "support/scratch.h"
#include "support/server.h"

#include "sql/effect_executed.h"

#include <string.h>

typedef struct {
    const char *name; /* also what MIGRATE_TEST_REQUIRE calls it */
    const EffectExecuted *cases;
    const char *const *reset; /* what makes an empty place for the next case */
    const char *current;      /* the schema that unqualified names go to; %NULL: not by name */
} Engine;

typedef struct {
    const Engine *engine;
    const MigDriver *driver;
    MigConnection *connection;
} Server;

static const char *const postgres_reset[] = {
    "DROP SCHEMA IF EXISTS here CASCADE",
    "DROP SCHEMA IF EXISTS there CASCADE",
    "CREATE SCHEMA here",
    "CREATE SCHEMA there",
    "SET search_path = here, there",
    NULL,
};

static const char *const nothing[] = {NULL};

static const Engine engines[] = {
    {"sqlite", mig_effect_executed_sqlite, nothing, NULL},
    {"postgres", mig_effect_executed_postgres, postgres_reset, "here"},
    {"mysql", mig_effect_executed_mysql, nothing, NULL},
};

static void
run(const Server *server, const char *sql)
{
    g_autoptr(GError) error = NULL;

    if (!server->driver->exec(server->connection, sql, strlen(sql), &error))
        g_error("%s: %s", sql, error->message);
}

static bool
is_as_after(const MigEffect *effect, const MigFound *found, MigEngine engine)
{
    if (effect->kind == MIG_EFFECT_GONE)
        return !found->exists;
    if (!found->exists || (effect->object == MIG_OBJECT_INDEX && found->invalid))
        return false;
    if (effect->type != NULL)
        return found->type != NULL && mig_effect_type_matches(effect->type, found->type, engine);
    if (effect->object != MIG_OBJECT_INDEX)
        return true;
    if (effect->columns != NULL && g_strcmp0(effect->columns, found->columns) != 0)
        return false;
    return effect->unique == found->unique;
}

/* Returns: how many of the effects hold */
static guint
ask(const Server *server, const MigEffects *effects)
{
    guint n_hold = 0;

    for (guint i = 0; i < effects->effects->len; i++) {
        const MigEffect *effect = g_ptr_array_index(effects->effects, i);
        const MigObject object = {
            .kind = effect->object,
            .schema = effect->made_here ? server->engine->current : effect->schema,
            .table = effect->table,
            .name = effect->name,
        };
        g_autoptr(GError) error = NULL;
        MigFound found = {.exists = false};
        g_autofree char *what = mig_effect_describe(effect);
        if (!server->driver->find(server->connection, &object, &found, &error))
            g_error("%s: %s", what, error->message);
        bool holds =
            is_as_after(effect, &found, server->driver->server(server->connection)->engine);
        g_test_message("%s: %s %s %s%s", what, found.exists ? "there" : "not there",
                       found.type != NULL ? found.type : "",
                       found.columns != NULL ? found.columns : "", holds ? ", as after" : "");
        n_hold += holds ? 1 : 0;
        mig_found_clear(&found);
    }
    return n_hold;
}

static void
check_case(const Server *server, const EffectExecuted *one)
{
    const MigServer *at = server->driver->server(server->connection);
    g_autoptr(MigEffects) effects =
        mig_effects_of(one->sql, strlen(one->sql), at->engine, at->version);

    if (one->only != 0 && (at->engine & one->only) == 0)
        return;
    for (size_t i = 0; server->engine->reset[i] != NULL; i++)
        run(server, server->engine->reset[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(one->setup) && one->setup[i] != NULL; i++)
        run(server, one->setup[i]);

    g_test_message("%s", one->sql);
    if (effects->by == MIG_SETTLE_BY_REPEATING) {
        run(server, one->sql);
        run(server, one->sql);
        return;
    }
    g_assert_cmpint(effects->by, ==, MIG_SETTLE_BY_CATALOG);
    g_assert_cmpuint(ask(server, effects), ==, 0);
    run(server, one->sql);
    g_assert_cmpuint(ask(server, effects), ==, effects->effects->len);
}

static char *
scratch_new(const Engine *engine, const MigDriver **out_driver)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *url = NULL;
    const char *address = mig_server_url(engine->name);

    if (strcmp(engine->name, "sqlite") == 0) {
        g_autofree char *directory = mig_scratch_new();
        url = g_strdup_printf("sqlite:%s/test.db", directory);
        address = url;
    }
    if (address == NULL) {
        mig_server_missing(engine->name, "there is no server to test with");
        return NULL;
    }
    *out_driver = mig_driver_load(address, &error);
    if (*out_driver == NULL) {
        mig_server_missing(engine->name, error->message);
        return NULL;
    }
    if (url == NULL)
        url = mig_server_database_new(*out_driver, address, &error);
    g_assert_no_error(error);
    return g_steal_pointer(&url);
}

static void
scratch_drop(const Engine *engine, const MigDriver *driver, const char *url)
{
    if (strcmp(engine->name, "sqlite") != 0) {
        mig_server_database_drop(driver, mig_server_url(engine->name), url);
        return;
    }
    g_autofree char *directory = g_path_get_dirname(url + strlen("sqlite:"));
    mig_scratch_remove(directory);
}

/* One database for the engines whose `reset` empties it, else one for each case. */
static void
test_engine(gconstpointer data)
{
    const MigOpenOptions options = {.application = "migrate test", .create = true};
    Server server = {.engine = data};
    const EffectExecuted *next = server.engine->cases;

    while (next->sql != NULL) {
        g_autoptr(GError) error = NULL;
        g_autofree char *url = scratch_new(server.engine, &server.driver);
        if (url == NULL)
            return;
        server.connection = server.driver->open(url, &options, &error);
        g_assert_no_error(error);
        do
            check_case(&server, next++);
        while (next->sql != NULL && server.engine->reset[0] != NULL);
        server.driver->close(server.connection);
        scratch_drop(server.engine, server.driver, url);
    }
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(engines); i++) {
        g_autofree char *path = g_strdup_printf("/effect/executed/%s", engines[i].name);
        g_test_add_data_func(path, &engines[i], test_engine);
    }
    return g_test_run();
}
