/* SPDX-License-Identifier: MIT */
/* Time-outs, and being cancelled from another thread. */
#include "base/error.h"
#include "drivers/promise.h"

#include <string.h>

/* Engines count some of their limits in whole seconds, and the machine may be busy. */
#define AT_MOST_MS 5000

static void
limits(MigCase *c, int64_t lock_ms, int64_t statement_ms)
{
    g_autoptr(GError) error = NULL;
    bool done = c->driver->limits(c->first, lock_ms, statement_ms, &error);

    g_assert_no_error(error);
    g_assert_true(done);
}

static int64_t
elapsed_ms(int64_t since)
{
    return (g_get_monotonic_time() - since) / 1000;
}

/* The neighbour holds what a change of the table needs. */
static void
block_table(MigCase *c)
{
    g_autoptr(GError) error = NULL;
    MigConnection *other = mig_case_other(c);

    mig_case_table(c);
    g_assert_true(c->driver->begin(other, MIG_BEGIN_WRITE, &error));
    mig_case_run(c, other, "UPDATE kept SET t = 'held' WHERE id = 1");
}

static void
assert_lock_timeout(MigCase *c, const char *sql)
{
    int64_t start = g_get_monotonic_time();
    g_autoptr(GError) error = mig_case_refused(c, c->first, sql);

    g_test_message("%s: %s", sql, error->message);
    mig_assert_class(error, MIG_SQL_LOCK_TIMEOUT);
    g_assert_cmpint(elapsed_ms(start), <, AT_MOST_MS);
}

static void
check_lock_timeout(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    block_table(c);
    limits(c, 300, 0);
    assert_lock_timeout(c, "ALTER TABLE kept ADD COLUMN more integer");
    assert_lock_timeout(c, "UPDATE kept SET t = 'mine' WHERE id = 1");

    /* Once the neighbour is done there is nothing to wait for. */
    g_assert_true(c->driver->rollback(c->other, &error));
    mig_case_run(c, c->first, "ALTER TABLE kept ADD COLUMN more integer");
}

static void
check_lock_wait(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    /* Long enough a limit is not reached: the statement waits for its turn. */
    block_table(c);
    limits(c, 300, 0);
    assert_lock_timeout(c, "UPDATE kept SET t = 'mine' WHERE id = 1");
    limits(c, 60000, 0);
    g_assert_true(c->driver->commit(c->other, &error));
    mig_case_run(c, c->first, "UPDATE kept SET t = 'mine' WHERE id = 1");
}

static void
check_statement_timeout(MigCase *c)
{
    const MigCall call = {.sql = c->subject->slow};
    g_autoptr(GError) second = NULL;
    int64_t start = g_get_monotonic_time();

    limits(c, 0, 300);
    g_autoptr(GError) error = mig_case_refused(c, c->first, c->subject->slow);
    mig_assert_class(error, MIG_SQL_STATEMENT_TIMEOUT);
    g_assert_cmpint(elapsed_ms(start), <, AT_MOST_MS);
    g_assert_false(c->driver->query(c->first, &call, NULL, NULL, &second));
    mig_assert_class(second, MIG_SQL_STATEMENT_TIMEOUT);
    g_assert_cmpint(elapsed_ms(start), <, 2 * AT_MOST_MS);

    mig_case_table(c);
    limits(c, 0, 0);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
}

static void
check_limits_in_transaction(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    mig_case_table(c);
    limits(c, 1000, 300);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    g_autoptr(GError) slow = mig_case_refused(c, c->first, c->subject->slow);
    mig_assert_class(slow, MIG_SQL_STATEMENT_TIMEOUT);
    g_assert_true(c->driver->rollback(c->first, &error));
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1");

    /* They outlast the transaction, its end and a reset. */
    g_assert_true(c->driver->reset(c->first, NULL, &error));
    g_autoptr(GError) again = mig_case_refused(c, c->first, c->subject->slow);
    mig_assert_class(again, MIG_SQL_STATEMENT_TIMEOUT);
}

static void
check_cancel(MigCase *c)
{
    MigCanceller *canceller = mig_canceller_start(c, c->first, 200);
    int64_t start = g_get_monotonic_time();
    g_autoptr(GError) error = mig_case_refused(c, c->first, c->subject->slow);

    mig_canceller_stop(canceller);
    g_test_message("%s", error->message);
    mig_assert_class(error, MIG_SQL_CANCELLED);
    g_assert_cmpint(elapsed_ms(start), <, 1200);
}

static void
check_cancel_query(MigCase *c)
{
    const MigCall call = {.sql = c->subject->slow};
    g_autoptr(GError) error = NULL;
    MigCanceller *canceller = mig_canceller_start(c, c->first, 200);

    g_assert_false(c->driver->query(c->first, &call, NULL, NULL, &error));
    mig_canceller_stop(canceller);
    mig_assert_class(error, MIG_SQL_CANCELLED);
}

static void
check_cancel_waiting(MigCase *c)
{
    block_table(c);
    limits(c, 0, 0);

    MigCanceller *canceller = mig_canceller_start(c, c->first, 200);
    int64_t start = g_get_monotonic_time();
    g_autoptr(GError) error =
        mig_case_refused(c, c->first, "UPDATE kept SET t = 'mine' WHERE id = 1");
    mig_canceller_stop(canceller);
    mig_assert_class(error, MIG_SQL_CANCELLED);
    g_assert_cmpint(elapsed_ms(start), <, 1200);
}

static void
check_cancel_in_transaction(MigCase *c)
{
    g_autoptr(GError) failure = NULL;

    mig_case_table(c);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &failure));
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    MigCanceller *canceller = mig_canceller_start(c, c->first, 200);
    g_autoptr(GError) error = mig_case_refused(c, c->first, c->subject->slow);
    mig_canceller_stop(canceller);
    mig_assert_class(error, MIG_SQL_CANCELLED);
    g_assert_true(c->driver->rollback(c->first, &failure));
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (3, 'three')");
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1,3");
}

static void
check_cancel_idle(MigCase *c)
{
    const char *sql = "SELECT 1";
    g_autoptr(GError) error = NULL;

    /* A server may get it as the next statement starts; the one after that is safe. */
    c->driver->cancel(c->first);
    if (!c->driver->exec(c->first, sql, strlen(sql), &error))
        mig_assert_class(error, MIG_SQL_CANCELLED);
    mig_case_run(c, c->first, sql);
}

const MigPromise mig_limit_promises[] = {
    {"a-lock-that-is-held-times-out-without-effect", check_lock_timeout, mig_case_own_session},
    {"a-lock-that-is-freed-is-had", check_lock_wait, mig_case_own_session},
    {"a-slow-statement-times-out", check_statement_timeout, mig_case_own_session},
    {"limits-hold-inside-transactions-and-outlast-a-reset", check_limits_in_transaction,
     mig_case_own_session},
    {"cancel-stops-a-statement-within-a-second", check_cancel, NULL},
    {"cancel-stops-a-query", check_cancel_query, NULL},
    {"cancel-stops-waiting-for-a-lock", check_cancel_waiting, NULL},
    {"cancel-inside-a-transaction-leaves-it-to-be-rolled-back", check_cancel_in_transaction, NULL},
    {"cancel-when-nothing-runs-does-no-harm", check_cancel_idle, NULL},
    {NULL, NULL, NULL},
};
