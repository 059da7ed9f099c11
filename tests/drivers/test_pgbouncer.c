/* SPDX-License-Identifier: MIT */
/* What the PostgreSQL driver still promises when PgBouncer gives each transaction another session. */
#include "base/error.h"
#include "drivers/contract.h"
#include "drivers/promise.h"
#include "support/server.h"

#include <string.h>

#define N_NEIGHBOURS 3

static char *
scratch_new(const MigDriver *driver, GError **error)
{
    const char *server = mig_server_url("pgbouncer");

    return server != NULL ? mig_server_database_new(driver, server, error) : NULL;
}

static void
scratch_drop(const MigDriver *driver, const char *url)
{
    mig_server_database_drop(driver, mig_server_url("pgbouncer"), url);
}

/* There is no such server; the pooler's own refusals are not what is tested here. */
static const char *const refused[] = {
    "postgresql://app:s3cret@/app?host=/nonexistent",
    NULL,
};

static const char *const malformed[] = {
    "postgres://app:s3cret@more@localhost/app",
    NULL,
};

static const char *const escapes[] = {
    "SET default_transaction_read_only = off",
    "COMMIT",
    "RELEASE SAVEPOINT migrate_read_only",
    NULL,
};

static void
assert_value(MigCase *c, MigConnection *connection, const char *sql, const char *expected)
{
    g_autofree char *value = mig_case_value(c, connection, sql);

    g_test_message("%s", sql);
    g_assert_cmpstr(value, ==, expected);
}

/* As many sessions behind the pooler, which it deals out in turns from now on. */
static void
have_sessions(MigCase *c)
{
    MigConnection *neighbours[N_NEIGHBOURS] = {NULL};
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; i < N_NEIGHBOURS; i++) {
        neighbours[i] = mig_case_open(c);
        g_assert_true(c->driver->begin(neighbours[i], MIG_BEGIN_WRITE, &error));
    }
    for (size_t i = 0; i < N_NEIGHBOURS; i++) {
        g_assert_true(c->driver->rollback(neighbours[i], &error));
        c->driver->close(neighbours[i]);
    }
}

static void
check_pooled(MigCase *c)
{
    const MigOpenOptions options = {.application = "migrate test"};
    g_autoptr(GError) error = NULL;

    /* Also of a connection that is the only one, and inside a transaction. */
    for (unsigned i = 0; i < 20; i++) {
        MigConnection *connection = c->driver->open(c->url, &options, &error);
        bool pooled = false;

        g_assert_no_error(error);
        if (i % 2 == 1)
            g_assert_true(c->driver->begin(connection, MIG_BEGIN_WRITE, &error));
        g_assert_true(c->driver->pooled(connection, &pooled, &error));
        g_assert_true(pooled);
        g_assert_true(c->driver->pooled(connection, &pooled, &error));
        g_assert_true(pooled);
        c->driver->close(connection);
    }
}

static void
check_no_session(MigCase *c)
{
    /* The number is the pooler's invention, and may be that of an innocent session. */
    g_assert_null(c->driver->session(c->first));
}

static void
check_limits(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    have_sessions(c);
    g_assert_true(c->driver->limits(c->first, 3000, 60000, &error));
    for (unsigned i = 0; i < 2 * N_NEIGHBOURS; i++) {
        g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
        assert_value(c, c->first, "SHOW lock_timeout", "3s");
        assert_value(c, c->first, "SHOW statement_timeout", "1min");
        g_assert_true(c->driver->commit(c->first, &error));
        g_assert_no_error(error);
        mig_case_run(c, c->first, "SELECT 1");
    }
    /* Nobody finds them in the sessions that we had. */
    for (unsigned i = 0; i < 2 * N_NEIGHBOURS; i++)
        assert_value(c, mig_case_other(c), "SHOW lock_timeout", "0");
}

static void
check_reset(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    /* A neighbour's prepared statement, of which the pooler believes that it is there. */
    mig_case_run(c, mig_case_other(c), "PREPARE theirs AS SELECT 1");
    mig_case_run(c, c->first, "SET search_path = ''");
    g_assert_true(c->driver->reset(c->first, NULL, &error));
    g_assert_no_error(error);
    assert_value(c, c->other, "SHOW search_path", "\"$user\", public");
    mig_case_run(c, c->other, "EXECUTE theirs");
}

static void
check_cancel(MigCase *c)
{
    MigCanceller *canceller = mig_canceller_start(c, c->first, 100);
    g_autoptr(GError) error = mig_case_refused(c, c->first, "SELECT pg_sleep(30)");

    mig_canceller_stop(canceller);
    mig_assert_class(error, MIG_SQL_CANCELLED);
}

static void
check_concurrently(MigCase *c)
{
    const MigObject index = {.kind = MIG_OBJECT_INDEX, .name = "kept_t"};
    g_autoptr(GError) error = NULL;
    MigFound found = {.exists = false};

    have_sessions(c);
    mig_case_table(c);
    g_assert_true(c->driver->limits(c->first, 3000, 60000, &error));
    mig_case_run(c, c->first, "CREATE INDEX CONCURRENTLY kept_t ON kept (t)");
    g_assert_true(c->driver->find(c->first, &index, &found, &error));
    g_assert_true(found.exists);
    g_assert_false(found.invalid);
    mig_found_clear(&found);
}

static const MigPromise own[] = {
    {"a-pooler-is-noticed-every-time", check_pooled, NULL},
    {"a-pooled-connection-has-no-session-of-its-own", check_no_session, NULL},
    {"limits-hold-in-transactions-and-stay-with-nobody", check_limits, NULL},
    {"reset-leaves-neighbours-what-they-prepared", check_reset, NULL},
    {"a-statement-is-cancelled-through-the-pooler", check_cancel, NULL},
    {"an-index-is-built-concurrently", check_concurrently, NULL},
    {NULL, NULL, NULL},
};

int
main(int argc, char **argv)
{
    const MigSubject subject = {
        .name = "pgbouncer",
        .engine = "pgbouncer",
        .module = "migrate-postgres",
        .url_prefix = "",
        .scratch_new = scratch_new,
        .scratch_drop = scratch_drop,
        .shared_sessions = true,
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
