/* SPDX-License-Identifier: MIT */
/* A database of its own for a test, through the real driver, on any of the engines. */
#include "support/database.h"

#include "driver/load.h"
#include "support/scratch.h"
#include "support/server.h"

#include <string.h>

static const char *const engines[] = {"sqlite", "postgres", "mysql"};

const char *
mig_test_engine(void)
{
    const char *wanted = g_getenv("MIGRATE_TEST_ENGINE");

    for (size_t i = 0; i < G_N_ELEMENTS(engines); i++) {
        if (g_strcmp0(wanted, engines[i]) == 0)
            return engines[i];
    }
    g_error("MIGRATE_TEST_ENGINE is none of sqlite, postgres, mysql");
}

static void
say_missing(void)
{
    mig_server_missing(mig_test_engine(), "there is no server: see tests/support/servers.sh");
}

bool
mig_test_engine_ready(void)
{
    if (strcmp(mig_test_engine(), "sqlite") == 0 || mig_server_url(mig_test_engine()) != NULL)
        return true;

    g_autofree char *path = g_strdup_printf("/%s/server", mig_test_engine());
    g_test_add_func(path, say_missing);
    return false;
}

static const MigDriver *
load(const char *url)
{
    g_autoptr(GError) error = NULL;
    const MigDriver *driver = mig_driver_load(url, &error);

    g_assert_no_error(error);
    return driver;
}

MigTestDatabase *
mig_test_database_new(void)
{
    MigTestDatabase *database = g_new0(MigTestDatabase, 1);
    g_autoptr(GError) error = NULL;

    database->engine = mig_test_engine();
    database->folder = mig_scratch_new();
    const char *server = mig_server_url(database->engine);
    if (strcmp(database->engine, "sqlite") == 0)
        database->url = g_strdup_printf("sqlite:%s/test.db", database->folder);
    else
        database->url = mig_server_database_new(load(server), server, &error);
    g_assert_no_error(error);
    return database;
}

void
mig_test_database_free(MigTestDatabase *database)
{
    if (database == NULL)
        return;

    if (strcmp(database->engine, "sqlite") != 0) {
        const char *server = mig_server_url(database->engine);
        mig_server_database_drop(load(server), server, database->url);
    }
    mig_scratch_remove(database->folder);
    g_free(database->folder);
    g_free(database->url);
    g_free(database);
}
