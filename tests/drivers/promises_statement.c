/* SPDX-License-Identifier: MIT */
/* Opening, executing, querying, batches, and what the database's errors become. */
#include "base/error.h"
#include "drivers/promise.h"

#include <string.h>

static void
check_describes_itself(MigCase *c)
{
    const MigDriver *d = c->driver;
    const MigServer *server = d->server(c->first);

    g_assert_cmpuint(d->abi, ==, MIG_DRIVER_ABI);
    g_assert_nonnull(d->name);
    g_assert_nonnull(d->schemes[0]);
    g_assert_true((d->copy != NULL) == ((d->caps & MIG_CAP_COPY) != 0));
    g_assert_cmpint(server->engine, !=, MIG_ENGINE_NONE);
    g_assert_cmpint(server->version, >, 0);
    g_assert_cmpint(server->version, ==,
                    mig_engine_version_parse(server->engine, server->version_text));
    g_assert_nonnull(server->database);
    g_assert_cmpint(d->transaction(c->first), ==, MIG_TXN_NONE);
}

static void
check_not_opened(MigCase *c, const char *const *urls, MigErrorCode code)
{
    for (size_t i = 0; urls[i] != NULL; i++) {
        const MigOpenOptions options = {.connect_timeout_ms = 5000};
        g_autofree char *url = g_strconcat(c->subject->url_prefix, urls[i], NULL);
        g_autoptr(GError) error = NULL;
        MigConnection *connection = c->driver->open(url, &options, &error);

        g_test_message("%s", urls[i]);
        g_assert_null(connection);
        g_assert_error(error, MIG_ERROR, (gint)code);
        g_test_message("  %s", error->message);
        g_assert_cmpstr(error->message, !=, "");
        g_assert_null(strstr(error->message, "s3cret"));
    }
}

static void
check_refused_connection(MigCase *c)
{
    check_not_opened(c, c->subject->refused, MIG_ERROR_CONNECTION);
}

static void
check_malformed_url(MigCase *c)
{
    check_not_opened(c, c->subject->malformed, MIG_ERROR_USAGE);
}

static void
check_neighbours(MigCase *c)
{
    mig_case_table(c);
    g_autofree char *value =
        mig_case_value(c, mig_case_other(c), "SELECT t FROM kept WHERE id = 1");

    g_assert_cmpstr(value, ==, "one");
}

static void
check_exec_drops_rows(MigCase *c)
{
    mig_case_table(c);
    mig_case_run(c, c->first, "SELECT id, t FROM kept");
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");

    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1,2");
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
}

static void
check_exec_takes_length(MigCase *c)
{
    const char *sql = "INSERT INTO kept VALUES (2, 'a ? b $1 :c; d -- e')";
    g_autoptr(GError) error = NULL;

    mig_case_table(c);
    g_assert_true(c->driver->exec(c->first, sql, strlen(sql), &error));
    g_autofree char *value = mig_case_value(c, c->first, "SELECT t FROM kept WHERE id = 2");
    g_assert_cmpstr(value, ==, "a ? b $1 :c; d -- e");
}

static void
check_query_rows(MigCase *c)
{
    const char *const params[] = {"2"};

    mig_case_table(c);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, NULL)");
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (3, '')");

    g_autoptr(GPtrArray) all =
        mig_case_values(c, c->first, "SELECT id, t FROM kept ORDER BY id", NULL, 0);
    g_assert_cmpuint(all->len, ==, 3);
    g_assert_cmpstr(g_ptr_array_index(all, 0), ==, "1|one");
    g_assert_cmpstr(g_ptr_array_index(all, 1), ==, "2|NULL");
    g_assert_cmpstr(g_ptr_array_index(all, 2), ==, "3|");

    g_autoptr(GPtrArray) some =
        mig_case_values(c, c->first, "SELECT id FROM kept WHERE id = ?", params, 1);
    g_assert_cmpuint(some->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(some, 0), ==, "2");
}

static bool
note_columns(const MigRow *row, gpointer data)
{
    GString *seen = data;

    g_assert_cmpuint(row->n_columns, ==, 2);
    g_string_append_printf(seen, "%s,%s;", row->names[0], row->names[1]);
    return false;
}

static void
check_query_stops(MigCase *c)
{
    const MigCall call = {.sql = "SELECT id AS number, t AS word FROM kept"};
    g_autoptr(GString) seen = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    mig_case_table(c);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    g_assert_true(c->driver->query(c->first, &call, note_columns, seen, &error));
    g_assert_cmpstr(seen->str, ==, "number,word;");

    /* The connection is free for the next statement, and holds no lock. */
    mig_case_run(c, c->first, "DROP TABLE kept");
}

static void
check_parameters(MigCase *c)
{
    static const char *const texts[] = {
        "",
        "plain",
        "it's \"quoted\" `so`",
        "back\\slash \\' \\n",
        "line\nbreak\r\n\ttab",
        "žluť 漢字",
        "\xf0\x9f\x90\x98 ?",
        "$1 :a @b %s",
        "x'); DROP TABLE kept; --",
        NULL,
    };

    mig_case_table(c);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *id = g_strdup_printf("%zu", i + 10);
        const char *const params[] = {id, texts[i]};
        const char *const key[] = {id};

        mig_case_call(c, c->first, "INSERT INTO kept VALUES (?, ?)", params, 2);
        g_autoptr(GPtrArray) rows =
            mig_case_values(c, c->first, "SELECT t FROM kept WHERE id = ?", key, 1);
        g_assert_cmpuint(rows->len, ==, 1);
        g_assert_cmpstr(g_ptr_array_index(rows, 0), ==, texts[i] != NULL ? texts[i] : "NULL");
    }
}

static void
check_large_values(MigCase *c)
{
    g_autofree char *megabyte = g_strnfill(1024 * 1024, 'x');
    g_autofree char *literal = g_strdup_printf("INSERT INTO kept VALUES (3, '%s')", megabyte);
    const char *const params[] = {"2", megabyte};

    mig_case_table(c);
    mig_case_call(c, c->first, "INSERT INTO kept VALUES (?, ?)", params, 2);
    mig_case_run(c, c->first, literal);
    for (size_t i = 2; i <= 3; i++) {
        g_autofree char *sql = g_strdup_printf("SELECT t FROM kept WHERE id = %zu", i);
        g_autofree char *value = mig_case_value(c, c->first, sql);
        g_assert_true(strcmp(value, megabyte) == 0);
    }
}

static void
check_batch_in_order(MigCase *c)
{
    g_autofree char *insert = mig_case_sql(c, "INSERT INTO kept VALUES (?, ?)");
    const char *const two[] = {"2", "two"};
    const char *const three[] = {"3", NULL};
    const MigCall calls[] = {
        {insert, two, 2},
        {.sql = "SELECT id FROM kept"},
        {insert, three, 2},
        {.sql = "UPDATE kept SET t = 'new' WHERE id = 3"},
    };
    g_autoptr(GError) error = NULL;
    size_t done = 99;

    mig_case_table(c);
    g_assert_true(c->driver->batch(c->first, calls, G_N_ELEMENTS(calls), &done, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(done, ==, G_N_ELEMENTS(calls));
    g_autoptr(GPtrArray) rows =
        mig_case_values(c, c->first, "SELECT id, t FROM kept ORDER BY id", NULL, 0);
    g_assert_cmpuint(rows->len, ==, 3);
    g_assert_cmpstr(g_ptr_array_index(rows, 2), ==, "3|new");

    g_assert_true(c->driver->batch(c->first, NULL, 0, &done, &error));
    g_assert_cmpuint(done, ==, 0);
}

static void
check_batch_failure(MigCase *c, size_t *out_done)
{
    const MigCall calls[] = {
        {.sql = "INSERT INTO kept VALUES (2, 'two')"},
        {.sql = "INSERT INTO kept VALUES (3, 'three')"},
        {.sql = "INSERT INTO no_such_table VALUES (4)"},
        {.sql = "INSERT INTO kept VALUES (5, 'five')"},
    };
    g_autoptr(GError) error = NULL;

    *out_done = 99;
    g_assert_false(c->driver->batch(c->first, calls, G_N_ELEMENTS(calls), out_done, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_SQL);
    mig_assert_class(error, MIG_SQL_UNDEFINED_TABLE);
}

static void
check_batch_stops(MigCase *c)
{
    size_t done = 0;

    /* It opens no transaction: what came before the failure stays. */
    mig_case_table(c);
    check_batch_failure(c, &done);
    g_assert_cmpuint(done, ==, 2);
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1,2,3");
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (6, 'six')");
}

static void
check_batch_stops_in_transaction(MigCase *c)
{
    g_autoptr(GError) error = NULL;
    size_t done = 0;

    mig_case_table(c);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    check_batch_failure(c, &done);
    g_assert_cmpuint(done, ==, 2);
    g_assert_cmpint(c->driver->transaction(c->first), ==,
                    c->subject->failed_state ? MIG_TXN_FAILED : MIG_TXN_OPEN);
    g_assert_true(c->driver->rollback(c->first, &error));
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1");
}

static void
check_batch_commits(MigCase *c)
{
    const MigCall calls[] = {
        {.sql = "INSERT INTO kept VALUES (2, 'two')"},
        {.sql = "COMMIT"},
    };
    g_autoptr(GError) error = NULL;

    mig_case_table(c);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    g_assert_true(c->driver->batch(c->first, calls, G_N_ELEMENTS(calls), NULL, &error));
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1,2");
}

static void
check_batch_often(MigCase *c)
{
    g_autofree char *insert = mig_case_sql(c, "INSERT INTO kept VALUES (?, 'x')");
    g_autoptr(GError) error = NULL;

    /* Statements that are kept prepared survive that the tables change under them. */
    mig_case_table(c);
    for (size_t i = 2; i < 20; i++) {
        g_autofree char *id = g_strdup_printf("%zu", i);
        g_autofree char *ddl = g_strdup_printf("CREATE TABLE made_%zu (id integer)", i);
        const char *const params[] = {id};
        const MigCall calls[] = {{insert, params, 1}, {.sql = ddl}, {.sql = "DELETE FROM kept"}};
        g_assert_true(c->driver->batch(c->first, calls, G_N_ELEMENTS(calls), NULL, &error));
    }
    mig_case_run(c, c->first, "DROP TABLE kept");
}

static void
check_error_classes(MigCase *c)
{
    const struct {
        const char *sql;
        MigSqlClass class;
    } cases[] = {
        {"SELEC 1", MIG_SQL_SYNTAX},
        {"CREATE TABLE broken (", MIG_SQL_SYNTAX},
        {"SELECT * FROM no_such_table", MIG_SQL_UNDEFINED_TABLE},
        {"DROP TABLE no_such_table", MIG_SQL_UNDEFINED_TABLE},
        {"CREATE TABLE kept (id integer)", MIG_SQL_DUPLICATE_OBJECT},
        {"ALTER TABLE kept ADD COLUMN t integer", MIG_SQL_DUPLICATE_OBJECT},
        {"INSERT INTO kept VALUES (1, 'again')", MIG_SQL_OTHER},
        {"SELECT no_such_column FROM kept", MIG_SQL_OTHER},
    };

    mig_case_table(c);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = mig_case_refused(c, c->first, cases[i].sql);
        const MigSqlError *said = mig_error_get_sql(error);

        g_test_message("%s: %s %s", cases[i].sql, said->code, said->message);
        mig_assert_class(error, cases[i].class);
        g_assert_nonnull(said->code);
        g_assert_cmpstr(said->message, !=, "");
        g_assert_cmpstr(error->message, !=, "");
        g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
    }
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'still usable')");
}

static void
check_error_offset(MigCase *c)
{
    static const char *const statements[] = {
        "SELECT 1 FROM FROM x",
        "SELECT 'žluť 漢字'\n,\t1\n FROM FROM x",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++) {
        g_autoptr(GError) error = mig_case_refused(c, c->first, statements[i]);
        const MigSqlError *said = mig_error_get_sql(error);

        mig_assert_class(error, MIG_SQL_SYNTAX);
        g_assert_cmpint(said->offset, ==, strstr(statements[i], "FROM x") - statements[i]);
    }
}

static void
check_query_errors(MigCase *c)
{
    const MigCall call = {.sql = "SELECT * FROM no_such_table"};
    const char *const text[] = {"not a number"};
    g_autofree char *wrong = mig_case_sql(c, "INSERT INTO kept VALUES (?, 'x')");
    const MigCall bad = {wrong, text, 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) second = NULL;

    mig_case_table(c);
    g_assert_false(c->driver->query(c->first, &call, NULL, NULL, &error));
    mig_assert_class(error, MIG_SQL_UNDEFINED_TABLE);
    g_assert_false(c->driver->query(c->first, &bad, NULL, NULL, &second));
    g_assert_error(second, MIG_ERROR, MIG_ERROR_SQL);
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1");
}

static void
check_error_may_be_ignored(MigCase *c)
{
    const char *sql = "SELEC 1";

    g_assert_false(c->driver->exec(c->first, sql, strlen(sql), NULL));
    mig_case_run(c, c->first, "SELECT 1");
}

static bool
has_server(const MigCase *c)
{
    return c->subject->connection_id != NULL;
}

static void
check_lost_connection(MigCase *c)
{
    const MigDriver *d = c->driver;
    g_autofree char *id = mig_case_value(c, c->first, c->subject->connection_id);
    g_autoptr(GString) kill = g_string_new(c->subject->kill_format);
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) second = NULL;

    mig_case_table(c);
    g_assert_true(d->begin(c->first, MIG_BEGIN_WRITE, &error));
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'lost')");
    g_string_replace(kill, "%s", id, 1);
    mig_case_run(c, mig_case_other(c), kill->str);

    const char *sql = "INSERT INTO kept VALUES (3, 'never')";
    g_assert_false(d->exec(c->first, sql, strlen(sql), &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_CONNECTION);
    mig_assert_class(error, MIG_SQL_CONNECTION_LOST);
    g_assert_cmpint(d->transaction(c->first), ==, MIG_TXN_LOST);
    g_assert_false(d->rollback(c->first, &second));
    g_assert_error(second, MIG_ERROR, MIG_ERROR_CONNECTION);
    d->cancel(c->first);

    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1");
}

const MigPromise mig_statement_promises[] = {
    {"driver-and-server-describe-themselves", check_describes_itself, NULL},
    {"refused-connection-is-a-connection-error-without-password", check_refused_connection, NULL},
    {"malformed-url-is-a-usage-error-without-password", check_malformed_url, NULL},
    {"exec-outside-a-transaction-is-seen-by-others-at-once", check_neighbours, NULL},
    {"exec-reads-and-drops-rows", check_exec_drops_rows, NULL},
    {"exec-sends-text-as-it-is", check_exec_takes_length, NULL},
    {"query-gives-rows-with-null-and-empty-text", check_query_rows, NULL},
    {"query-names-columns-and-stops-when-told", check_query_stops, NULL},
    {"parameters-arrive-as-they-are", check_parameters, NULL},
    {"values-of-a-megabyte-go-both-ways", check_large_values, NULL},
    {"batch-executes-in-order", check_batch_in_order, NULL},
    {"batch-stops-at-the-first-failure-and-opens-no-transaction", check_batch_stops, NULL},
    {"batch-inside-a-transaction-is-undone-with-it", check_batch_stops_in_transaction, NULL},
    {"batch-may-hold-the-commit", check_batch_commits, NULL},
    {"batch-may-be-repeated-while-the-schema-changes", check_batch_often, NULL},
    {"errors-have-their-class-and-the-engine-s-own-code", check_error_classes, NULL},
    {"syntax-error-has-its-offset-in-bytes", check_error_offset, NULL},
    {"query-fails-like-exec", check_query_errors, NULL},
    {"error-may-be-ignored", check_error_may_be_ignored, NULL},
    {"lost-connection-is-told-and-the-server-undoes-its-transaction", check_lost_connection,
     has_server},
    {NULL, NULL, NULL},
};
