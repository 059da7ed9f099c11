/* SPDX-License-Identifier: MIT */
/* Runs every promise against one driver, each with a database of its own. */
#include "drivers/contract.h"

#include "base/error.h"
#include "drivers/promise.h"
#include "support/server.h"

#include <gmodule.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    const MigSubject *subject;
    const MigDriver *driver;
    const MigPromise *promise;
    const char *program;
} Test;

struct MigCanceller {
    MigCase *c;
    MigConnection *connection;
    int64_t after_ms;
    GMutex mutex;
    GCond stopped;
    bool stop;
    GThread *thread;
};

static const MigDriver *
load_driver(const char *module)
{
    const char *folders = g_getenv("MIGRATE_DRIVER_PATH");
    g_auto(GStrv) path = g_strsplit(folders != NULL ? folders : "", ":", -1);
    g_autofree char *name = g_strconcat(module, ".so", NULL);

    for (size_t i = 0; path[i] != NULL; i++) {
        g_autofree char *file = g_build_filename(path[i], name, NULL);
        if (access(file, F_OK) != 0)
            continue;

        GModule *opened = g_module_open(file, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
        if (opened == NULL)
            g_error("%s", g_module_error());

        gpointer symbol = NULL;
        g_assert_true(g_module_symbol(opened, MIG_DRIVER_ENTRY, &symbol));
        g_module_make_resident(opened);
        MigDriverEntry entry = (MigDriverEntry)symbol;
        return entry();
    }
    return NULL;
}

bool
mig_case_own_session(const MigCase *c)
{
    return !c->subject->shared_sessions;
}

MigConnection *
mig_case_open(MigCase *c)
{
    const MigOpenOptions options = {.application = "migrate test", .create = true};
    g_autoptr(GError) error = NULL;
    MigConnection *connection = c->driver->open(c->url, &options, &error);
    bool pooled = false;

    g_assert_no_error(error);
    g_assert_nonnull(connection);
    /* A pooler isn't known of until it is asked for. */
    if (c->subject->shared_sessions)
        g_assert_true(c->driver->pooled(connection, &pooled, &error) && pooled);
    return connection;
}

MigConnection *
mig_case_other(MigCase *c)
{
    if (c->other == NULL)
        c->other = mig_case_open(c);
    return c->other;
}

char *
mig_case_sql(MigCase *c, const char *sql)
{
    GString *out = g_string_new(NULL);
    unsigned n = 0;

    for (; *sql != '\0'; sql++) {
        if (*sql == '?' && c->subject->dollar_placeholders)
            g_string_append_printf(out, "$%u", ++n);
        else
            g_string_append_c(out, *sql);
    }
    return g_string_free(out, FALSE);
}

void
mig_case_run(MigCase *c, MigConnection *connection, const char *sql)
{
    g_autoptr(GError) error = NULL;
    bool done = c->driver->exec(connection, sql, strlen(sql), &error);

    g_assert_no_error(error);
    g_assert_true(done);
}

GError *
mig_case_refused(MigCase *c, MigConnection *connection, const char *sql)
{
    GError *error = NULL;
    bool done = c->driver->exec(connection, sql, strlen(sql), &error);

    g_assert_false(done);
    g_assert_error(error, MIG_ERROR, MIG_ERROR_SQL);
    g_assert_nonnull(mig_error_get_sql(error));
    return error;
}

void
mig_case_call(MigCase *c, MigConnection *connection, const char *sql, const char *const *params,
              size_t n_params)
{
    g_autofree char *dialect = mig_case_sql(c, sql);
    const MigCall call = {dialect, params, n_params};
    g_autoptr(GError) error = NULL;
    bool done = c->driver->query(connection, &call, NULL, NULL, &error);

    g_assert_no_error(error);
    g_assert_true(done);
}

static bool
take_value(const MigRow *row, gpointer data)
{
    char **value = data;

    *value = g_strdup(row->values[0]);
    return false;
}

char *
mig_case_value(MigCase *c, MigConnection *connection, const char *sql)
{
    const MigCall call = {.sql = sql};
    g_autoptr(GError) error = NULL;
    char *value = NULL;
    bool done = c->driver->query(connection, &call, take_value, &value, &error);

    g_assert_no_error(error);
    g_assert_true(done);
    return value;
}

static bool
take_row(const MigRow *row, gpointer data)
{
    GString *line = g_string_new(NULL);

    for (size_t i = 0; i < row->n_columns; i++)
        g_string_append_printf(line, "%s%s", i > 0 ? "|" : "",
                               row->values[i] != NULL ? row->values[i] : "NULL");
    g_ptr_array_add(data, g_string_free(line, FALSE));
    return true;
}

GPtrArray *
mig_case_values(MigCase *c, MigConnection *connection, const char *sql, const char *const *params,
                size_t n_params)
{
    g_autofree char *dialect = mig_case_sql(c, sql);
    const MigCall call = {dialect, params, n_params};
    g_autoptr(GError) error = NULL;
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    bool done = c->driver->query(connection, &call, take_row, rows, &error);

    g_assert_no_error(error);
    g_assert_true(done);
    return rows;
}

void
mig_case_table(MigCase *c)
{
    g_autofree char *create =
        g_strdup_printf("CREATE TABLE kept (id integer PRIMARY KEY, t %s)", c->subject->text_type);

    mig_case_run(c, c->first, create);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (1, 'one')");
}

char *
mig_case_kept(MigCase *c)
{
    g_autoptr(GPtrArray) rows =
        mig_case_values(c, mig_case_other(c), "SELECT id FROM kept ORDER BY id", NULL, 0);

    g_ptr_array_add(rows, NULL);
    return g_strjoinv(",", (char **)rows->pdata);
}

static gpointer
keep_cancelling(gpointer data)
{
    MigCanceller *canceller = data;
    int64_t next = g_get_monotonic_time() + canceller->after_ms * 1000;

    /* As the program does it: a request that comes too early is dropped by the database. */
    g_mutex_lock(&canceller->mutex);
    while (!canceller->stop) {
        if (g_cond_wait_until(&canceller->stopped, &canceller->mutex, next))
            continue;
        canceller->c->driver->cancel(canceller->connection);
        next += 100000;
    }
    g_mutex_unlock(&canceller->mutex);
    return NULL;
}

MigCanceller *
mig_canceller_start(MigCase *c, MigConnection *connection, int64_t after_ms)
{
    MigCanceller *canceller = g_new0(MigCanceller, 1);

    canceller->c = c;
    canceller->connection = connection;
    canceller->after_ms = after_ms;
    g_mutex_init(&canceller->mutex);
    g_cond_init(&canceller->stopped);
    canceller->thread = g_thread_new("canceller", keep_cancelling, canceller);
    return canceller;
}

void
mig_canceller_stop(MigCanceller *canceller)
{
    g_mutex_lock(&canceller->mutex);
    canceller->stop = true;
    g_cond_signal(&canceller->stopped);
    g_mutex_unlock(&canceller->mutex);
    g_thread_join(canceller->thread);
    g_mutex_clear(&canceller->mutex);
    g_cond_clear(&canceller->stopped);
    g_free(canceller);
}

static void
run_promise(gconstpointer data)
{
    const Test *test = data;
    const MigSubject *subject = test->subject;
    g_autoptr(GError) error = NULL;

    if (test->driver == NULL) {
        mig_server_missing(subject->engine, "its driver was not built");
        return;
    }
    g_autofree char *scratch = subject->scratch_new(test->driver, &error);
    g_assert_no_error(error);
    if (scratch == NULL) {
        mig_server_missing(subject->engine, "there is no server to test with");
        return;
    }

    MigCase c = {.subject = subject, .driver = test->driver, .program = test->program};
    c.url = g_strconcat(subject->url_prefix, scratch, NULL);
    c.first = mig_case_open(&c);
    if (test->promise->applies == NULL || test->promise->applies(&c))
        test->promise->check(&c);

    test->driver->close(c.first);
    if (c.other != NULL)
        test->driver->close(c.other);
    subject->scratch_drop(test->driver, scratch);
    g_free(c.url);
}

/* The other process of the lock's promises: holds the lock until it is killed, in the middle of
 * @sql if there is one. */
static int
hold_lock(const MigDriver *driver, const char *url, const char *name, const char *sql)
{
    const MigOpenOptions options = {.application = "migrate holder"};
    g_autoptr(GError) error = NULL;
    bool taken = false;
    MigConnection *connection = driver->open(url, &options, &error);

    if (connection == NULL || !driver->try_lock(connection, name, &taken, NULL, &error)) {
        fprintf(stderr, "%s\n", error->message);
        return 1;
    }
    puts(taken ? "taken" : "refused");
    fflush(stdout);
    if (sql != NULL)
        (void)driver->exec(connection, sql, strlen(sql), NULL);
    pause();
    return 0;
}

/* Another process that executes one statement, which may wait for a lock no longer than a moment. */
static int
exec_once(const MigDriver *driver, const char *url, const char *sql)
{
    const MigOpenOptions options = {.application = "migrate neighbour"};
    g_autoptr(GError) error = NULL;
    MigConnection *connection = driver->open(url, &options, &error);

    if (connection == NULL || !driver->limits(connection, 100, 0, &error))
        return 2;
    bool done = driver->exec(connection, sql, strlen(sql), &error);
    driver->close(connection);
    puts(done ? "done" : error->message);
    return done ? 0 : 1;
}

bool
mig_case_elsewhere(MigCase *c, const char *sql)
{
    const char *const arguments[] = {c->program, "--exec", c->url, sql, NULL};
    g_autofree char *said = NULL;
    g_autoptr(GError) error = NULL;
    int status = 0;

    g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, NULL, &status,
                 &error);
    g_assert_no_error(error);
    g_test_message("elsewhere: %s: %s", sql, g_strchomp(said));
    g_assert_cmpint(WEXITSTATUS(status), <, 2);
    return WEXITSTATUS(status) == 0;
}

int
mig_contract_run(int argc, char **argv, const MigSubject *subject)
{
    const MigPromise *const lists[] = {mig_statement_promises,
                                       mig_transaction_promises,
                                       mig_limit_promises,
                                       mig_lock_promises,
                                       mig_history_promises,
                                       mig_session_promises,
                                       mig_server_promises,
                                       mig_catalog_promises,
                                       mig_blocker_promises,
                                       mig_backup_promises,
                                       mig_lease_promises,
                                       mig_schema_promises,
                                       subject->own};
    const MigDriver *driver = load_driver(subject->module);
    g_autoptr(GPtrArray) tests = g_ptr_array_new_with_free_func(g_free);

    if (argc >= 4 && strcmp(argv[1], "--hold-lock") == 0)
        return hold_lock(driver, argv[2], argv[3], argv[4]);
    if (argc == 4 && strcmp(argv[1], "--exec") == 0)
        return exec_once(driver, argv[2], argv[3]);

    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        for (const MigPromise *promise = lists[i]; promise != NULL && promise->name != NULL;
             promise++) {
            Test *test = g_new0(Test, 1);
            *test = (Test){subject, driver, promise, argv[0]};
            g_ptr_array_add(tests, test);

            g_autofree char *path = g_strdup_printf("/drivers/%s/%s", subject->name, promise->name);
            g_test_add_data_func(path, test, run_promise);
        }
    }
    return g_test_run();
}
