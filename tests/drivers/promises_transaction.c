/* SPDX-License-Identifier: MIT */
/* Transactions, and what is read-only. */
#include "base/error.h"
#include "drivers/promise.h"

#include <string.h>

static void
begin(MigCase *c, MigBegin how)
{
    g_autoptr(GError) error = NULL;
    bool done = c->driver->begin(c->first, how, &error);

    g_assert_no_error(error);
    g_assert_true(done);
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_OPEN);
}

static void
end(MigCase *c, bool commit)
{
    g_autoptr(GError) error = NULL;
    bool done =
        commit ? c->driver->commit(c->first, &error) : c->driver->rollback(c->first, &error);

    g_assert_no_error(error);
    g_assert_true(done);
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
}

static void
read_only(MigCase *c, bool on)
{
    g_autoptr(GError) error = NULL;
    bool done = c->driver->read_only(c->first, on, &error);

    g_assert_no_error(error);
    g_assert_true(done);
}

static void
assert_kept(MigCase *c, const char *ids)
{
    g_autofree char *kept = mig_case_kept(c);

    g_assert_cmpstr(kept, ==, ids);
}

/* Whatever it says: what counts is what is left afterwards. */
static void
attempt(MigCase *c, const char *sql)
{
    g_autoptr(GError) error = NULL;
    bool done = c->driver->exec(c->first, sql, strlen(sql), &error);

    g_test_message("%s: %s", sql, done ? "done" : error->message);
}

static void
check_commit(MigCase *c)
{
    mig_case_table(c);
    begin(c, MIG_BEGIN_WRITE);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    assert_kept(c, "1");
    end(c, true);
    assert_kept(c, "1,2");
}

static void
check_rollback(MigCase *c)
{
    mig_case_table(c);
    begin(c, MIG_BEGIN_WRITE);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    end(c, false);
    assert_kept(c, "1");
    end(c, false);
}

static void
check_close_undoes(MigCase *c)
{
    mig_case_table(c);
    begin(c, MIG_BEGIN_WRITE);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    c->driver->close(c->first);
    c->first = mig_case_open(c);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (3, 'three')");
    assert_kept(c, "1,3");
}

static bool
has_transactional_ddl(const MigCase *c)
{
    return (c->driver->caps & MIG_CAP_TRANSACTIONAL_DDL) != 0;
}

static bool
has_no_transactional_ddl(const MigCase *c)
{
    return !has_transactional_ddl(c);
}

static void
check_ddl_undone(MigCase *c)
{
    mig_case_table(c);
    begin(c, MIG_BEGIN_WRITE);
    mig_case_run(c, c->first, "CREATE TABLE extra (id integer)");
    mig_case_run(c, c->first, "ALTER TABLE kept ADD COLUMN more integer");
    mig_case_run(c, c->first, "CREATE INDEX kept_id ON kept (id)");
    end(c, false);

    g_autoptr(GError) error = mig_case_refused(c, c->first, "SELECT * FROM extra");
    mig_assert_class(error, MIG_SQL_UNDEFINED_TABLE);
    mig_case_run(c, c->first, "ALTER TABLE kept ADD COLUMN more integer");
    mig_case_run(c, c->first, "CREATE INDEX kept_id ON kept (id)");
}

static void
check_ddl_commits(MigCase *c)
{
    mig_case_table(c);
    begin(c, MIG_BEGIN_WRITE);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    mig_case_run(c, c->first, "CREATE TABLE extra (id integer)");
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
    assert_kept(c, "1,2");
}

static void
check_author(MigCase *c)
{
    mig_case_table(c);
    mig_case_run(c, c->first, "BEGIN");
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_OPEN);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    mig_case_run(c, c->first, "COMMIT");
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
    mig_case_run(c, c->first, "BEGIN");
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (3, 'three')");
    mig_case_run(c, c->first, "ROLLBACK");
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
    assert_kept(c, "1,2");
}

static void
check_failed_statement(MigCase *c)
{
    mig_case_table(c);
    begin(c, MIG_BEGIN_WRITE);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    g_autoptr(GError) first = mig_case_refused(c, c->first, "INSERT INTO kept VALUES (1, 'x')");
    mig_assert_class(first, MIG_SQL_OTHER);
    g_assert_cmpint(c->driver->transaction(c->first), ==,
                    c->subject->failed_state ? MIG_TXN_FAILED : MIG_TXN_OPEN);

    /* Where the server only accepts a rollback now, a commit must not pass for a success. */
    if (c->subject->failed_state) {
        g_autoptr(GError) error = NULL;
        g_assert_false(c->driver->commit(c->first, &error));
        g_assert_error(error, MIG_ERROR, MIG_ERROR_SQL);
        end(c, false);
        assert_kept(c, "1");
    } else {
        end(c, true);
        assert_kept(c, "1,2");
    }
}

static void
assert_refuses_writes(MigCase *c)
{
    g_autoptr(GError) error =
        mig_case_refused(c, c->first, "INSERT INTO kept VALUES (9, 'written')");
    mig_assert_class(error, MIG_SQL_READ_ONLY);
}

static void
check_begin_read_only(MigCase *c)
{
    mig_case_table(c);
    begin(c, MIG_BEGIN_READ_ONLY);
    g_autofree char *value = mig_case_value(c, c->first, "SELECT t FROM kept");
    g_assert_cmpstr(value, ==, "one");
    assert_refuses_writes(c);
    end(c, false);
    assert_kept(c, "1");

    /* And it is over with the transaction. */
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    begin(c, MIG_BEGIN_READ_ONLY);
    end(c, true);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (3, 'three')");
    assert_kept(c, "1,2,3");
}

static void
check_read_only_outside(MigCase *c)
{
    static const char *const writes[] = {
        "INSERT INTO kept VALUES (9, 'written')", "UPDATE kept SET id = 8", "DELETE FROM kept",
        "CREATE TABLE extra (id integer)",        "DROP TABLE kept",
    };

    mig_case_table(c);
    read_only(c, true);
    read_only(c, true);
    for (size_t i = 0; i < G_N_ELEMENTS(writes); i++) {
        g_autoptr(GError) error = mig_case_refused(c, c->first, writes[i]);
        g_test_message("%s: %s", writes[i], error->message);
        mig_assert_class(error, MIG_SQL_READ_ONLY);
    }
    g_autofree char *value = mig_case_value(c, c->first, "SELECT t FROM kept");
    g_assert_cmpstr(value, ==, "one");
    read_only(c, false);
    read_only(c, false);
    assert_kept(c, "1");
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    assert_kept(c, "1,2");
}

static void
check_read_only_inside(MigCase *c)
{
    mig_case_table(c);
    begin(c, MIG_BEGIN_WRITE);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'before')");
    read_only(c, true);
    g_autofree char *value = mig_case_value(c, c->first, "SELECT t FROM kept WHERE id = 2");
    g_assert_cmpstr(value, ==, "before");
    attempt(c, "INSERT INTO kept VALUES (9, 'meanwhile')");
    attempt(c, "UPDATE kept SET t = 'meanwhile'");
    attempt(c, "SELEC 1");
    read_only(c, false);
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_OPEN);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (3, 'after')");
    end(c, true);
    assert_kept(c, "1,2,3");
    g_autofree char *first = mig_case_value(c, c->first, "SELECT t FROM kept WHERE id = 1");
    g_assert_cmpstr(first, ==, "one");
}

static void
check_escapes(MigCase *c)
{
    mig_case_table(c);
    for (size_t i = 0; c->subject->escapes[i] != NULL; i++) {
        read_only(c, true);
        attempt(c, c->subject->escapes[i]);
        attempt(c, "INSERT INTO kept VALUES (9, 'escaped')");
        read_only(c, false);
        assert_kept(c, "1");

        begin(c, MIG_BEGIN_WRITE);
        mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'before')");
        read_only(c, true);
        attempt(c, c->subject->escapes[i]);
        attempt(c, "INSERT INTO kept VALUES (9, 'escaped')");
        read_only(c, false);
        end(c, false);

        g_autofree char *kept = mig_case_kept(c);
        g_assert_null(strstr(kept, "9"));
        mig_case_run(c, c->first, "DELETE FROM kept WHERE id = 2");
    }
}

const MigPromise mig_transaction_promises[] = {
    {"commit-shows-what-was-done-to-others", check_commit, NULL},
    {"rollback-undoes-and-may-be-repeated", check_rollback, NULL},
    {"close-undoes-an-open-transaction", check_close_undoes, NULL},
    {"ddl-is-undone-by-a-rollback", check_ddl_undone, has_transactional_ddl},
    {"ddl-that-commits-is-noticed", check_ddl_commits, has_no_transactional_ddl},
    {"the-author-s-own-transaction-is-noticed", check_author, NULL},
    {"a-failed-statement-leaves-the-state-that-is-told", check_failed_statement, NULL},
    {"a-read-only-transaction-refuses-writes-and-ends", check_begin_read_only, NULL},
    {"read-only-refuses-every-kind-of-write", check_read_only_outside, NULL},
    {"read-only-inside-a-transaction-keeps-what-came-before", check_read_only_inside, NULL},
    {"read-only-can-t-be-switched-off-from-inside", check_escapes, NULL},
    {NULL, NULL, NULL},
};
