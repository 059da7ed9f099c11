/* SPDX-License-Identifier: MIT */
/* The statements of the history tables, in each dialect: made, written, read back. */
#include "base/error.h"
#include "drivers/promise.h"

#include <string.h>

/* What is written in the cases below, in the order of MigHistorySql. */
#define HOSTILE "it's \"quoted\" \\ `so`;\r\n-- 漢字 ? $1 %s"

static char *
text_of(MigCase *c, MigHistorySql which, const char *table)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *schema = c->driver->default_schema(c->first, &error);

    g_assert_no_error(error);
    return c->driver->history_sql(c->first, which, schema, table);
}

static void
create(MigCase *c, const char *table)
{
    for (MigHistorySql which = MIG_HISTORY_CREATE_SCHEMA; which <= MIG_HISTORY_CREATE_EVENT_INDEX;
         which++) {
        g_autofree char *sql = text_of(c, which, table);
        if (sql != NULL)
            mig_case_run(c, c->first, sql);
    }
}

static void
write_row(MigCase *c, MigHistorySql which, const char *table, const char *const *params,
          size_t n_params)
{
    g_autofree char *sql = text_of(c, which, table);
    const MigCall call = {sql, params, n_params};
    g_autoptr(GError) error = NULL;
    bool done = c->driver->batch(c->first, &call, 1, NULL, &error);

    g_assert_no_error(error);
    g_assert_true(done);
}

static void
save(MigCase *c, const char *table, const char *version, const char *state, const char *doing)
{
    const char *const params[] = {
        version,           "add_phone", state,   "3",  doing, "5",  "sha256-tokens:1:aa",
        "sha256-raw:1:bb", "{}",        HOSTILE, NULL, "42",  "me", "here",
        "0.1.0",
    };

    write_row(c, MIG_HISTORY_SAVE, table, params, G_N_ELEMENTS(params));
}

static void
event(MigCase *c, const char *table, const char *kind, const char *version, const char *message,
      const char *format)
{
    const char *const params[] = {
        kind,    version, version != NULL ? "add_phone" : NULL,
        NULL,    NULL,    "3",
        "42",    "me",    "here",
        "0.1.0", message, format,
    };

    write_row(c, MIG_HISTORY_EVENT, table, params, G_N_ELEMENTS(params));
}

static GPtrArray *
rows(MigCase *c, MigHistorySql which, const char *table, const char *param)
{
    g_autofree char *sql = text_of(c, which, table);

    return mig_case_values(c, c->first, sql, &param, param != NULL ? 1 : 0);
}

/* A row's columns; a text that has "|" in it would be cut, and none here has. */
static char **
columns(GPtrArray *found, guint row, size_t expected)
{
    char **parts = g_strsplit(g_ptr_array_index(found, row), "|", -1);

    g_assert_cmpuint(g_strv_length(parts), ==, expected);
    return parts;
}

static void
assert_recent(const char *time)
{
    g_autoptr(GDateTime) then = g_date_time_new_from_iso8601(time, NULL);
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();

    g_assert_nonnull(then);
    g_assert_cmpuint(strlen(time), ==, strlen("2026-03-01T12:00:00.000Z"));
    g_assert_true(g_str_has_suffix(time, "Z"));
    g_assert_cmpint(ABS(g_date_time_difference(now, then)), <, 60 * G_TIME_SPAN_SECOND);
}

static void
check_absent(MigCase *c)
{
    const MigHistorySql reads[] = {MIG_HISTORY_READ_FORMAT, MIG_HISTORY_READ,
                                   MIG_HISTORY_READ_FAILURES};

    for (size_t i = 0; i < G_N_ELEMENTS(reads); i++) {
        g_autofree char *sql = text_of(c, reads[i], "history");
        const MigCall call = {.sql = sql};
        g_autoptr(GError) error = NULL;

        g_assert_false(c->driver->query(c->first, &call, NULL, NULL, &error));
        g_assert_error(error, MIG_ERROR, MIG_ERROR_SQL);
        mig_assert_class(error, MIG_SQL_UNDEFINED_TABLE);
    }
    /* Asking has made nothing: the plain name is still free. */
    mig_case_run(c, c->first, "CREATE TABLE history (id integer)");
}

static void
check_create_twice(MigCase *c)
{
    create(c, "history");
    g_autoptr(GPtrArray) format = rows(c, MIG_HISTORY_READ_FORMAT, "history", NULL);
    g_autoptr(GPtrArray) records = rows(c, MIG_HISTORY_READ, "history", NULL);
    g_assert_cmpuint(format->len, ==, 0);
    g_assert_cmpuint(records->len, ==, 0);

    save(c, "history", "1", "applied", NULL);
    create(c, "history");
    g_autoptr(GPtrArray) kept = rows(c, MIG_HISTORY_READ, "history", NULL);
    g_assert_cmpuint(kept->len, ==, 1);
}

static void
check_save(MigCase *c)
{
    create(c, "history");
    event(c, "history", "created", NULL, NULL, "1");
    save(c, "history", "00020260301120000123456789012345678901234567890", "running", "4");
    g_autoptr(GPtrArray) found = rows(c, MIG_HISTORY_READ, "history", NULL);
    g_assert_cmpuint(found->len, ==, 1);
    g_auto(GStrv) row = columns(found, 0, 16);
    const char *const expected[] = {
        "00020260301120000123456789012345678901234567890",
        "add_phone",
        "running",
        "3",
        "4",
        "5",
        "sha256-tokens:1:aa",
        "sha256-raw:1:bb",
        "{}",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++)
        g_assert_cmpstr(row[i], ==, expected[i]);
    assert_recent(row[9]);
    g_assert_cmpstr(row[10], ==, "42");
    g_assert_cmpstr(row[12], ==, "me");
    g_assert_cmpstr(row[13], ==, "here");
    g_assert_cmpstr(row[14], ==, "0.1.0");
    g_assert_cmpstr(row[15], ==, "1");
}

static void
check_save_again(MigCase *c)
{
    create(c, "history");
    save(c, "history", "1", "running", "4");
    save(c, "history", "2", "applied", NULL);
    save(c, "history", "1", "applied", NULL);
    g_autoptr(GPtrArray) found = rows(c, MIG_HISTORY_READ, "history", NULL);
    g_assert_cmpuint(found->len, ==, 2);
    for (guint i = 0; i < found->len; i++) {
        g_auto(GStrv) row = columns(found, i, 16);
        g_assert_cmpstr(row[2], ==, "applied");
        g_assert_cmpstr(row[4], ==, "NULL");
    }
}

static void
check_versions_are_text(MigCase *c)
{
    static const char *const versions[] = {"1", "01", "001", "10"};

    create(c, "history");
    for (size_t i = 0; i < G_N_ELEMENTS(versions); i++)
        save(c, "history", versions[i], "applied", NULL);
    g_autoptr(GPtrArray) found = rows(c, MIG_HISTORY_READ, "history", NULL);
    g_assert_cmpuint(found->len, ==, G_N_ELEMENTS(versions));
}

static void
check_sql_kept(MigCase *c)
{
    create(c, "history");
    save(c, "history", "1", "applied", NULL);
    g_autoptr(GPtrArray) found = rows(c, MIG_HISTORY_READ_SQL, "history", "1");
    g_assert_cmpuint(found->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(found, 0), ==, HOSTILE "|NULL");

    g_autoptr(GPtrArray) none = rows(c, MIG_HISTORY_READ_SQL, "history", "2");
    g_assert_cmpuint(none->len, ==, 0);
}

static void
check_large_sql(MigCase *c)
{
    g_autofree char *megabyte = g_strnfill(1024 * 1024, 'x');
    const char *const params[] = {"1", "a", "a", "a", megabyte, megabyte};

    create(c, "history");
    save(c, "history", "1", "applied", NULL);
    write_row(c, MIG_HISTORY_ACCEPT, "history", params, G_N_ELEMENTS(params));
    g_autoptr(GPtrArray) found = rows(c, MIG_HISTORY_READ_SQL, "history", "1");
    g_assert_cmpuint(strlen(g_ptr_array_index(found, 0)), ==, 2 * strlen(megabyte) + 1);
}

static void
check_move(MigCase *c)
{
    const char *const doing[] = {"1", "running", "4", "5"};
    const char *const done[] = {"1", "applied", "5", NULL};

    create(c, "history");
    save(c, "history", "1", "running", NULL);
    save(c, "history", "2", "running", NULL);
    write_row(c, MIG_HISTORY_MOVE, "history", doing, 4);
    write_row(c, MIG_HISTORY_MOVE, "history", done, 4);
    g_autoptr(GPtrArray) found = rows(c, MIG_HISTORY_READ, "history", NULL);
    g_assert_cmpuint(found->len, ==, 2);
    for (guint i = 0; i < found->len; i++) {
        g_auto(GStrv) row = columns(found, i, 16);
        bool moved = strcmp(row[0], "1") == 0;
        g_assert_cmpstr(row[2], ==, moved ? "applied" : "running");
        g_assert_cmpstr(row[3], ==, moved ? "5" : "3");
        g_assert_cmpstr(row[4], ==, "NULL");
    }
}

static void
check_delete(MigCase *c)
{
    const char *const version[] = {"1"};

    create(c, "history");
    save(c, "history", "1", "applied", NULL);
    save(c, "history", "2", "applied", NULL);
    write_row(c, MIG_HISTORY_DELETE, "history", version, 1);
    g_autoptr(GPtrArray) found = rows(c, MIG_HISTORY_READ, "history", NULL);
    g_assert_cmpuint(found->len, ==, 1);
    g_assert_true(g_str_has_prefix(g_ptr_array_index(found, 0), "2|"));
}

static void
check_accept(MigCase *c)
{
    const char *const params[] = {"1", "tokens-new", "raw-new", NULL, "UP new", "DOWN new"};

    create(c, "history");
    save(c, "history", "1", "applied", NULL);
    write_row(c, MIG_HISTORY_ACCEPT, "history", params, G_N_ELEMENTS(params));
    g_autoptr(GPtrArray) found = rows(c, MIG_HISTORY_READ, "history", NULL);
    g_auto(GStrv) row = columns(found, 0, 16);
    g_assert_cmpstr(row[1], ==, "add_phone");
    g_assert_cmpstr(row[6], ==, "tokens-new");
    g_assert_cmpstr(row[7], ==, "raw-new");
    g_assert_cmpstr(row[8], ==, "NULL");
    g_assert_cmpstr(row[10], ==, "42");
    g_autoptr(GPtrArray) sql = rows(c, MIG_HISTORY_READ_SQL, "history", "1");
    g_assert_cmpstr(g_ptr_array_index(sql, 0), ==, "UP new|DOWN new");
}

static void
check_events(MigCase *c)
{
    create(c, "history");
    event(c, "history", "created", NULL, NULL, "1");
    event(c, "history", "applied", "1", "first", "1");
    event(c, "history", "reverted", "1", HOSTILE, "1");
    g_autoptr(GPtrArray) found = rows(c, MIG_HISTORY_READ_EVENTS, "history", "2");
    g_assert_cmpuint(found->len, ==, 2);
    g_auto(GStrv) newest = columns(found, 0, 12);
    g_auto(GStrv) older = columns(found, 1, 12);
    g_assert_cmpint(g_ascii_strtoll(newest[0], NULL, 10), >, g_ascii_strtoll(older[0], NULL, 10));
    assert_recent(newest[1]);
    const char *const expected[] = {"reverted", "1", "add_phone", "3", "42"};
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++)
        g_assert_cmpstr(newest[i + 2], ==, expected[i]);
    g_assert_cmpstr(newest[8], ==, "me");
    g_assert_cmpstr(newest[9], ==, "here");
    g_assert_cmpstr(newest[10], ==, "0.1.0");
    g_assert_cmpstr(newest[11], ==, HOSTILE);
    g_assert_cmpstr(older[11], ==, "first");
}

static void
check_format(MigCase *c)
{
    create(c, "history");
    event(c, "history", "created", NULL, NULL, "1");
    save(c, "history", "1", "applied", NULL);
    event(c, "history", "upgraded", NULL, NULL, "2");
    g_autoptr(GPtrArray) format = rows(c, MIG_HISTORY_READ_FORMAT, "history", NULL);
    g_assert_cmpuint(format->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(format, 0), ==, "2");
    g_autoptr(GPtrArray) found = rows(c, MIG_HISTORY_READ, "history", NULL);
    g_auto(GStrv) row = columns(found, 0, 16);
    g_assert_cmpstr(row[15], ==, "2");
}

static void
check_failures(MigCase *c)
{
    create(c, "history");
    event(c, "history", "failed", "1", "mended since", "1");
    event(c, "history", "applied", "1", NULL, "1");
    event(c, "history", "failed", "2", "first try", "1");
    event(c, "history", "failed", "2", "second try", "1");
    event(c, "history", "applied", "3", NULL, "1");
    event(c, "history", "created", NULL, NULL, "1");
    g_autoptr(GPtrArray) found = rows(c, MIG_HISTORY_READ_FAILURES, "history", NULL);
    g_assert_cmpuint(found->len, ==, 1);
    g_auto(GStrv) row = columns(found, 0, 5);
    g_assert_cmpstr(row[0], ==, "2");
    g_assert_cmpstr(row[1], ==, "add_phone");
    assert_recent(row[2]);
    g_assert_cmpstr(row[3], ==, "3");
    g_assert_cmpstr(row[4], ==, "second try");
}

static void
check_names(MigCase *c)
{
    static const char *const tables[] = {"Schema History", "it's \"odd\"", "select", "a`b", "žluť"};

    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_test_message("%s", tables[i]);
        create(c, tables[i]);
        create(c, tables[i]);
        event(c, tables[i], "created", NULL, NULL, "1");
        save(c, tables[i], "1", "applied", NULL);
        g_autoptr(GPtrArray) found = rows(c, MIG_HISTORY_READ, tables[i], NULL);
        g_assert_cmpuint(found->len, ==, 1);
        g_autoptr(GPtrArray) failures = rows(c, MIG_HISTORY_READ_FAILURES, tables[i], NULL);
        g_assert_cmpuint(failures->len, ==, 0);
    }
}

static void
check_undone(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    create(c, "history");
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    save(c, "history", "1", "applied", NULL);
    event(c, "history", "applied", "1", NULL, "1");
    g_assert_true(c->driver->rollback(c->first, &error));
    g_autoptr(GPtrArray) found = rows(c, MIG_HISTORY_READ, "history", NULL);
    g_autoptr(GPtrArray) events = rows(c, MIG_HISTORY_READ_EVENTS, "history", "10");
    g_assert_cmpuint(found->len, ==, 0);
    g_assert_cmpuint(events->len, ==, 0);
}

static bool
has_schemas(const MigCase *c)
{
    return (c->driver->caps & MIG_CAP_SCHEMAS) != 0;
}

static void
check_schema(MigCase *c)
{
    const char *const version[] = {"1"};

    for (MigHistorySql which = MIG_HISTORY_CREATE_SCHEMA; which <= MIG_HISTORY_CREATE_EVENT_INDEX;
         which++) {
        g_autofree char *sql = c->driver->history_sql(c->first, which, "odd \"schema", "history");
        for (unsigned i = 0; sql != NULL && i < 2; i++)
            mig_case_run(c, c->first, sql);
    }
    g_autofree char *sql =
        c->driver->history_sql(c->first, MIG_HISTORY_READ_SQL, "odd \"schema", "history");
    g_autoptr(GPtrArray) found = mig_case_values(c, c->first, sql, version, 1);
    g_assert_cmpuint(found->len, ==, 0);

    /* In its schema and nowhere else, whatever the search path. */
    g_autofree char *elsewhere = text_of(c, MIG_HISTORY_READ, "history");
    g_autoptr(GError) error = mig_case_refused(c, c->first, elsewhere);
    mig_assert_class(error, MIG_SQL_UNDEFINED_TABLE);
}

const MigPromise mig_history_promises[] = {
    {"reading-a-database-without-history-says-so-and-makes-nothing", check_absent, NULL},
    {"history-is-created-once-and-then-left-alone", check_create_twice, NULL},
    {"a-saved-record-is-read-back", check_save, NULL},
    {"saving-again-replaces-the-record", check_save_again, NULL},
    {"versions-are-kept-as-text", check_versions_are_text, NULL},
    {"a-record-keeps-its-sql-as-it-is", check_sql_kept, NULL},
    {"a-record-may-have-megabytes-of-sql", check_large_sql, NULL},
    {"a-record-is-moved-on", check_move, NULL},
    {"a-record-is-deleted", check_delete, NULL},
    {"a-changed-file-is-accepted", check_accept, NULL},
    {"events-are-appended-and-read-newest-first", check_events, NULL},
    {"the-format-is-that-of-the-newest-event", check_format, NULL},
    {"failures-are-those-that-nothing-came-after", check_failures, NULL},
    {"history-tables-may-have-any-name", check_names, NULL},
    {"history-is-undone-with-its-transaction", check_undone, NULL},
    {"history-may-have-a-schema-of-its-own", check_schema, has_schemas},
    {NULL, NULL, NULL},
};
