/* SPDX-License-Identifier: MIT */
/* What a database server makes possible, or dangerous: COPY, and neighbours that do the same. */
#include "base/error.h"
#include "drivers/promise.h"

#include <string.h>

#define N_RUNNERS 6

static bool
has_server(const MigCase *c)
{
    return c->subject->connection_id != NULL;
}

static bool
has_copy(const MigCase *c)
{
    return (c->driver->caps & MIG_CAP_COPY) != 0;
}

static bool
has_failed_state(const MigCase *c)
{
    return c->subject->failed_state;
}

static bool
has_schemas(const MigCase *c)
{
    return (c->driver->caps & MIG_CAP_SCHEMAS) != 0;
}

static const char copy_sql[] = "COPY kept FROM stdin";

static bool
copy(MigCase *c, const char *data, GError **error)
{
    return c->driver->copy(c->first, copy_sql, strlen(copy_sql), data, strlen(data), error);
}

static void
check_copy(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    mig_case_table(c);
    g_assert_true(copy(c, "2\ttwo\\twords\n3\t\\N\n4\tno newline at the end", &error));
    g_assert_no_error(error);
    g_autoptr(GPtrArray) rows =
        mig_case_values(c, mig_case_other(c), "SELECT * FROM kept ORDER BY id", NULL, 0);
    g_assert_cmpuint(rows->len, ==, 4);
    g_assert_cmpstr(g_ptr_array_index(rows, 1), ==, "2|two\twords");
    g_assert_cmpstr(g_ptr_array_index(rows, 2), ==, "3|NULL");
    g_assert_cmpstr(g_ptr_array_index(rows, 3), ==, "4|no newline at the end");
    g_assert_true(copy(c, "", &error));
}

static void
check_copy_large(MigCase *c)
{
    g_autoptr(GString) data = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    mig_case_table(c);
    for (int i = 2; i <= 100000; i++)
        g_string_append_printf(data, "%d\ta row of some length, so that it takes a while\n", i);
    g_assert_true(copy(c, data->str, &error));
    g_autofree char *count = mig_case_value(c, c->first, "SELECT count(*) FROM kept");
    g_assert_cmpstr(count, ==, "100000");
}

static void
check_copy_wrong(MigCase *c)
{
    const char *insert = "INSERT INTO kept VALUES (5, 'five')";
    g_autoptr(GError) wrong = NULL;
    g_autoptr(GError) unread = NULL;

    mig_case_table(c);
    g_assert_false(copy(c, "2\ttwo\nnot a number\tthree\n", &wrong));
    g_assert_error(wrong, MIG_ERROR, MIG_ERROR_SQL);
    g_assert_nonnull(strstr(mig_error_get_sql(wrong)->detail, "line 2"));

    /* Data below a statement that reads none is a mistake that must not pass unseen. */
    g_assert_false(c->driver->copy(c->first, insert, strlen(insert), "6\tsix\n", 6, &unread));
    g_assert_error(unread, MIG_ERROR, MIG_ERROR_SQL);
    mig_case_run(c, c->first, "DELETE FROM kept WHERE id = 5");
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1");
}

static void
check_copy_without_data(MigCase *c)
{
    mig_case_table(c);
    g_autoptr(GError) error = mig_case_refused(c, c->first, copy_sql);
    mig_assert_class(error, MIG_SQL_OTHER);
    mig_case_run(c, c->first, "COPY kept TO stdout");
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'still usable')");
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1,2");
}

static void
check_one_statement(MigCase *c)
{
    static const char *const texts[] = {
        "SELECT 1; DELETE FROM kept",
        "SELECT 1; COMMIT; DELETE FROM kept",
    };

    mig_case_table(c);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        const MigCall call = {.sql = texts[i]};
        g_autoptr(GError) error = NULL;

        g_assert_false(c->driver->query(c->first, &call, NULL, NULL, &error));
        mig_assert_class(error, MIG_SQL_SYNTAX);
    }
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1");
}

static void
check_failed_batch(MigCase *c)
{
    const MigCall calls[] = {{.sql = "COMMIT"}, {.sql = "INSERT INTO kept VALUES (3, 'three')"}};
    g_autoptr(GError) error = NULL;
    size_t done = 7;

    /* The server calls it a success to answer COMMIT with ROLLBACK. */
    mig_case_table(c);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    g_autoptr(GError) refused = mig_case_refused(c, c->first, "INSERT INTO kept VALUES (1, 'x')");
    g_assert_nonnull(refused);
    g_assert_false(c->driver->batch(c->first, calls, G_N_ELEMENTS(calls), &done, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_SQL);
    g_assert_cmpuint(done, ==, 0);
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1");
}

static void
check_schema_asked_late(MigCase *c)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *expected = c->driver->default_schema(mig_case_other(c), &error);

    mig_case_run(c, c->first, c->subject->setting_change);
    g_autofree char *late = c->driver->default_schema(c->first, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(late, ==, expected);
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);

    /* Also in a transaction, and without ending it. */
    g_autoptr(GError) failure = NULL;
    MigConnection *third = mig_case_open(c);
    g_assert_true(c->driver->begin(third, MIG_BEGIN_WRITE, &failure));
    mig_case_run(c, third, c->subject->setting_change);
    g_autofree char *inside = c->driver->default_schema(third, &failure);
    g_assert_cmpstr(inside, ==, expected);
    g_assert_cmpint(c->driver->transaction(third), ==, MIG_TXN_OPEN);
    c->driver->close(third);
}

typedef struct {
    MigCase *c;
    MigConnection *connection;
    unsigned *ready; /* (atomic) how many are about to begin */
    char *failure;   /* (owned) */
} Runner;

static gpointer
create_history(gpointer data)
{
    Runner *runner = data;
    const MigDriver *d = runner->c->driver;
    g_autoptr(GError) error = NULL;
    g_autofree char *schema = d->default_schema(runner->connection, &error);

    g_atomic_int_inc(runner->ready);
    while (g_atomic_int_get(runner->ready) < N_RUNNERS)
        g_thread_yield();
    for (MigHistorySql which = MIG_HISTORY_CREATE_SCHEMA; which <= MIG_HISTORY_CREATE_EVENT_INDEX;
         which++) {
        g_autofree char *sql = d->history_sql(
            runner->connection, which,
            which == MIG_HISTORY_CREATE_SCHEMA ? "migrate_test_race" : schema, "history");
        if (error == NULL && sql != NULL)
            (void)d->exec(runner->connection, sql, strlen(sql), &error);
    }
    if (error != NULL)
        runner->failure = g_strdup(error->message);
    return NULL;
}

static void
check_history_race(MigCase *c)
{
    GThread *threads[N_RUNNERS] = {NULL};
    Runner runners[N_RUNNERS] = {0};
    unsigned ready = 0;

    for (size_t i = 0; i < N_RUNNERS; i++)
        runners[i] = (Runner){.c = c, .connection = mig_case_open(c), .ready = &ready};
    for (size_t i = 0; i < N_RUNNERS; i++)
        threads[i] = g_thread_new("runner", create_history, &runners[i]);
    for (size_t i = 0; i < N_RUNNERS; i++) {
        g_thread_join(threads[i]);
        g_assert_cmpstr(runners[i].failure, ==, NULL);
        c->driver->close(runners[i].connection);
    }
    mig_case_run(c, c->first, "DROP SCHEMA migrate_test_race");
}

const MigPromise mig_server_promises[] = {
    {"copy-reads-the-data-below-it", check_copy, has_copy},
    {"copy-takes-megabytes", check_copy_large, has_copy},
    {"copy-of-wrong-data-says-where-and-changes-nothing", check_copy_wrong, has_copy},
    {"copy-without-data-is-an-error-and-no-hang", check_copy_without_data, has_copy},
    {"query-takes-one-statement-and-no-more", check_one_statement, has_server},
    {"batch-does-not-pass-a-rollback-off-as-a-commit", check_failed_batch, has_failed_state},
    {"default-schema-is-that-of-the-start-when-asked-late", check_schema_asked_late, has_schemas},
    {"history-may-be-created-by-several-at-once", check_history_race, has_server},
    {NULL, NULL, NULL},
};
