/* SPDX-License-Identifier: MIT */
/* The PostgreSQL driver keeps every promise. */
#include "drivers/contract.h"
#include "drivers/promise.h"
#include "support/server.h"

#include <string.h>

static char *
scratch_new(const MigDriver *driver, GError **error)
{
    const char *server = mig_server_url("postgres");

    return server != NULL ? mig_server_database_new(driver, server, error) : NULL;
}

static void
scratch_drop(const MigDriver *driver, const char *url)
{
    mig_server_database_drop(driver, mig_server_url("postgres"), url);
}

static const char *const refused[] = {
    "postgres://app:s3cret@127.0.0.1:1/app",
    "postgresql://app:s3cret@/app?host=/nonexistent",
    "postgres://app:s3cret@no-such-host.invalid/app",
    "postgres://app@127.0.0.1:1/app?password=s3cret",
    NULL,
};

static const char *const malformed[] = {
    "postgres:app:s3cret@localhost/app",
    "postgres://app:s3cret@more@localhost/app",
    "postgres://app:s3cret/more@localhost/app",
    "postgres://app:12/s3cret@localhost/app",
    "postgres://app:s3cret%more@localhost/app",
    "postgres://app:s3cret%@localhost/app",
    "postgres://app:s3cret:more",
    "postgres://app:s3cret@localhost:port/app",
    "postgres://app:s3cret@localhost:99999/app",
    "postgres://app:s3cret@localhost/app?no_such_parameter=1",
    "postgres://app:s3cret@localhost/app?sslmode",
    "postgres://app:s3cret@[::1/app",
    "postgres://localhost/app?password=s3cret%zz",
    NULL,
};

/* Each is tried outside a transaction and inside one, and a write after it. */
static const char *const escapes[] = {
    "SET transaction_read_only = off",
    "SET TRANSACTION READ WRITE",
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
    "SET default_transaction_read_only = off",
    "SELECT set_config('transaction_read_only', 'off', false)",
    "SELECT set_config('default_transaction_read_only', 'off', false)",
    "RESET ALL",
    "COMMIT",
    "END",
    "ROLLBACK",
    "/* a comment /* in a comment */ */ -- and\n ; ABORT",
    "COMMIT AND CHAIN",
    "BEGIN READ WRITE",
    "START TRANSACTION READ WRITE",
    "SAVEPOINT other",
    "RELEASE SAVEPOINT migrate_read_only",
    "ROLLBACK TO SAVEPOINT migrate_read_only",
    "PREPARE TRANSACTION 'x'",
    "DO $$ BEGIN PERFORM set_config('default_transaction_read_only', 'off', false); COMMIT;"
    " INSERT INTO kept VALUES (9, 'escaped'); END $$",
    "DO $$ BEGIN SET transaction_read_only = off; INSERT INTO kept VALUES (9, 'escaped'); END $$",
    "WITH w AS (INSERT INTO kept VALUES (9, 'escaped') RETURNING id) SELECT * FROM w",
    "EXPLAIN ANALYZE INSERT INTO kept VALUES (9, 'escaped')",
    "SELECT 1; COMMIT; INSERT INTO kept VALUES (9, 'escaped')",
    NULL,
};

static void
assert_value(MigCase *c, const char *sql, const char *expected)
{
    g_autofree char *value = mig_case_value(c, c->first, sql);

    g_test_message("%s", sql);
    g_assert_cmpstr(value, ==, expected);
}

static void
check_application(MigCase *c)
{
    assert_value(c, "SHOW application_name", "migrate test");
    assert_value(c, "SHOW client_encoding", "UTF8");
}

static bool
note_booleans(const MigRow *row, gpointer data)
{
    bool *seen = data;

    g_assert_nonnull(row->booleans);
    g_assert_true(row->booleans[0]);
    g_assert_false(row->booleans[1]);
    g_assert_cmpstr(row->values[0], ==, "f");
    *seen = true;
    return true;
}

static void
check_booleans(MigCase *c)
{
    const MigCall call = {.sql = "SELECT false, 1"};
    g_autoptr(GError) error = NULL;
    bool seen = false;

    g_assert_true(c->driver->query(c->first, &call, note_booleans, &seen, &error));
    g_assert_true(seen);
}

static void
set_limits(MigCase *c, int64_t lock_ms, int64_t statement_ms)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(c->driver->limits(c->first, lock_ms, statement_ms, &error));
}

static void
check_limits(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    /* A default of the database's is overridden, by no limit, too. */
    g_autofree char *name = mig_case_value(c, c->first, "SELECT quote_ident(current_database())");
    g_autofree char *sql = g_strdup_printf("ALTER DATABASE %s SET statement_timeout = '77s'", name);
    mig_case_run(c, c->first, sql);
    c->driver->close(c->first);
    c->first = mig_case_open(c);
    assert_value(c, "SHOW statement_timeout", "77s");
    set_limits(c, 0, 0);
    assert_value(c, "SHOW statement_timeout", "0");

    /* They hold in a transaction, after its rollback, and for one that the author begins. */
    set_limits(c, 3000, 60000);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    assert_value(c, "SHOW lock_timeout", "3s");
    set_limits(c, 4000, 60000);
    assert_value(c, "SHOW lock_timeout", "4s");
    g_assert_true(c->driver->rollback(c->first, &error));
    assert_value(c, "SHOW lock_timeout", "4s");
    mig_case_run(c, c->first, "BEGIN");
    set_limits(c, 5000, 60000);
    assert_value(c, "SHOW lock_timeout", "5s");
    mig_case_run(c, c->first, "COMMIT AND CHAIN");
    assert_value(c, "SHOW lock_timeout", "5s");
    mig_case_run(c, c->first, "SAVEPOINT s");
    set_limits(c, 6000, 60000);
    assert_value(c, "SHOW lock_timeout", "6s");
    mig_case_run(c, c->first, "ROLLBACK TO SAVEPOINT s");
    assert_value(c, "SHOW lock_timeout", "6s");
    mig_case_run(c, c->first, "COMMIT");

    /* What a migration says itself stands as long as it runs. */
    mig_case_run(c, c->first, "SET lock_timeout = '9s'");
    assert_value(c, "SHOW lock_timeout", "9s");
    g_assert_true(c->driver->reset(c->first, NULL, &error));
    assert_value(c, "SHOW lock_timeout", "6s");
}

static void
check_reset(MigCase *c)
{
    g_autofree char *changed = NULL;
    g_autoptr(GError) error = NULL;

    mig_case_run(c, c->first, "CREATE ROLE migrate_test_role");
    mig_case_run(c, c->first, "SET session_replication_role = replica");
    mig_case_run(c, c->first, "SET ROLE migrate_test_role");
    mig_case_run(c, c->first, "SET TimeZone = 'Asia/Tokyo'");
    bool done = c->driver->reset(c->first, &changed, &error);
    mig_case_run(c, c->first, "DROP ROLE migrate_test_role");
    g_assert_true(done);
    g_assert_cmpstr(changed, ==, "role, session_replication_role, TimeZone");
    assert_value(c, "SELECT current_user = session_user", "t");
}

static void
check_server_errors(MigCase *c)
{
    const struct {
        const char *sql;
        MigSqlClass class;
        int64_t offset;
    } cases[] = {
        {"SELECT 'žluť', nothing", MIG_SQL_OTHER, 17},
        {"SET ROLE migrate_no_such_role", MIG_SQL_OTHER, -1},
        {"CREATE TABLE no_such_schema.t (i int)", MIG_SQL_UNDEFINED_TABLE, 13},
        {"CREATE SCHEMA public", MIG_SQL_DUPLICATE_OBJECT, -1},
        {"BEGIN; VACUUM", MIG_SQL_IN_TRANSACTION, -1},
        {"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$", MIG_SQL_SERIALIZATION,
         -1},
        {"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '53100'; END $$", MIG_SQL_DISK_FULL, -1},
        {"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '42501'; END $$", MIG_SQL_PRIVILEGE, -1},
        {"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$", MIG_SQL_DEADLOCK, -1},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = mig_case_refused(c, c->first, cases[i].sql);
        g_autoptr(GError) failure = NULL;

        g_test_message("%s: %s", cases[i].sql, error->message);
        mig_assert_class(error, cases[i].class);
        g_assert_cmpint(mig_error_get_sql(error)->offset, ==, cases[i].offset);
        g_assert_true(c->driver->rollback(c->first, &failure));
    }
}

static void
check_long_names(MigCase *c)
{
    /* The server cuts names at 63 bytes, where "_event" would be lost. */
    g_autofree char *table = g_strnfill(80, 'h');
    g_autofree char *made =
        c->driver->history_sql(c->first, MIG_HISTORY_CREATE_TABLE, "public", table);
    g_autofree char *event =
        c->driver->history_sql(c->first, MIG_HISTORY_CREATE_EVENT_TABLE, "public", table);

    mig_case_run(c, c->first, made);
    mig_case_run(c, c->first, event);
    assert_value(c, "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'hhh%'",
                 "2");
}

/* Or a runner that was killed would keep its lock until its statement ends. */
static void
check_presence(MigCase *c)
{
    g_autoptr(GError) error = NULL;
    bool taken = false;

    if (c->driver->server(c->first)->version < 140000)
        return;
    assert_value(c, "SHOW client_connection_check_interval", "0");
    g_assert_true(c->driver->try_lock(c->first, "a", &taken, NULL, &error));
    assert_value(c, "SHOW client_connection_check_interval", "2s");
    g_autofree char *changed = NULL;
    g_assert_true(c->driver->reset(c->first, &changed, &error));
    g_assert_no_error(error);
    g_assert_null(changed);
    assert_value(c, "SHOW client_connection_check_interval", "2s");
}

static const MigPromise own[] = {
    {"the-server-knows-who-we-are", check_application, NULL},
    {"boolean-columns-are-told-from-others", check_booleans, NULL},
    {"limits-stand-above-defaults-and-outlast-rollbacks", check_limits, NULL},
    {"reset-names-role-and-settings", check_reset, NULL},
    {"sqlstates-become-classes-and-characters-bytes", check_server_errors, NULL},
    {"long-names-of-history-tables-don-t-collide", check_long_names, NULL},
    {"server-looks-whether-a-runner-with-the-lock-is-there", check_presence, NULL},
    {NULL, NULL, NULL},
};

int
main(int argc, char **argv)
{
    const MigSubject subject = {
        .name = "postgres",
        .engine = "postgres",
        .module = "migrate-postgres",
        .url_prefix = "",
        .scratch_new = scratch_new,
        .scratch_drop = scratch_drop,
        .dollar_placeholders = true,
        .failed_state = true,
        .text_type = "text",
        .slow = "SELECT pg_sleep(30)",
        .refused = refused,
        .malformed = malformed,
        .escapes = escapes,
        .setting_change = "SET search_path = ''",
        .setting_probe = "SHOW search_path",
        .setting_name = "search_path",
        .connection_id = "SELECT pg_backend_pid()",
        .kill_format = "SELECT pg_terminate_backend(%s)",
        .own = own,
    };

    return mig_contract_run(argc, argv, &subject);
}
