/* SPDX-License-Identifier: MIT */
/* Transactions, limits and read-only. */
#include "mysql_driver.h"

#include <string.h>

/* The largest that the servers take; a larger one is an error in strict mode.
 * Manual: MySQL 8.4, "Server System Variables", lock_wait_timeout, and "InnoDB Startup Options",
 * innodb_lock_wait_timeout; MariaDB, the variables of the same names. */
#define MAX_LOCK_WAIT_S 31536000
#define MAX_INNODB_WAIT_S 100000000
#define MAX_STATEMENT_MS (INT64_C(31536000) * 1000)

/* Whole seconds, at least one: 0 would be "not at all". */
static int64_t
round_up(int64_t ms, int64_t max_s)
{
    return ms == 0 ? max_s : MIN((ms + 999) / 1000, max_s);
}

MySettings
mig_my_settings(const MigConnection *connection, const MyLimits *limits)
{
    bool maria = connection->server.engine == MIG_ENGINE_MARIADB;

    return (MySettings){
        .lock_wait_s = round_up(limits->lock_ms, MAX_LOCK_WAIT_S),
        .innodb_wait_s = round_up(limits->lock_ms, MAX_INNODB_WAIT_S),
        .statement_ms = MIN(limits->statement_ms, maria ? MAX_STATEMENT_MS : UINT32_MAX),
    };
}

bool
mig_my_limits(MigConnection *connection, int64_t lock_timeout_ms, int64_t statement_timeout_ms,
              G_GNUC_UNUSED GError **error)
{
    connection->wanted.lock_ms = MAX(lock_timeout_ms, 0);
    connection->wanted.statement_ms = MAX(statement_timeout_ms, 0);
    return true;
}

/* SET takes part in no transaction: nothing takes it back but another SET. */
static bool
set_limits(MigConnection *connection, GError **error)
{
    const MyLimits *wanted = &connection->wanted;
    const MyLimits *now = &connection->session;

    if (wanted->lock_ms == MY_LIMIT_UNKNOWN ||
        (wanted->lock_ms == now->lock_ms && wanted->statement_ms == now->statement_ms))
        return true;

    MySettings settings = mig_my_settings(connection, wanted);
    g_autoptr(GString) sql = g_string_new(NULL);
    g_string_printf(sql,
                    "SET SESSION lock_wait_timeout = %" G_GINT64_FORMAT
                    ", SESSION innodb_lock_wait_timeout = %" G_GINT64_FORMAT,
                    settings.lock_wait_s, settings.innodb_wait_s);
    if (connection->server.engine == MIG_ENGINE_MARIADB)
        g_string_append_printf(
            sql, ", SESSION max_statement_time = %" G_GINT64_FORMAT ".%03" G_GINT64_FORMAT,
            settings.statement_ms / 1000, settings.statement_ms % 1000);
    else
        g_string_append_printf(sql, ", SESSION max_execution_time = %" G_GINT64_FORMAT,
                               settings.statement_ms);
    if (!mig_my_run_text(connection, sql->str, error))
        return false;
    connection->session = *wanted;
    return true;
}

static bool
in_transaction(const MigConnection *connection)
{
    return (connection->mysql->server_status & SERVER_STATUS_IN_TRANS) != 0;
}

/*
 * A read-only transaction can't be made read-write, only ended, and each statement is one: so before
 * each we see to it that it runs in one.
 * Manual: MySQL 8.4, "START TRANSACTION, COMMIT, and ROLLBACK Statements".
 */
static bool
enter_read_only(MigConnection *connection, GError **error)
{
    if ((connection->mysql->server_status & SERVER_STATUS_IN_TRANS_READONLY) != 0)
        return true;
    if (in_transaction(connection) && !mig_my_run_text(connection, "ROLLBACK", error))
        return false;
    return mig_my_run_text(connection, "START TRANSACTION READ ONLY", error);
}

/*
 * The servers can't make a transaction read-only that has begun, nor keep CALL from committing. So
 * as long as read-only is on we take queries only; what a function in one of them writes is undone
 * by a savepoint.
 */
static bool
check_query(MigConnection *connection, const char *sql, GError **error)
{
    if (connection->read_only == MY_READ_ONLY_OFF || mig_my_is_query(sql))
        return true;
    mig_my_error_set(error, connection, 1792, "25006",
                     "cannot execute anything but a query where only reading is allowed", NULL, 0);
    return false;
}

bool
mig_my_prepare(MigConnection *connection, const char *sql, GError **error)
{
    if (!mig_my_check(connection, error) || !check_query(connection, sql, error) ||
        !set_limits(connection, error))
        return false;
    return connection->read_only != MY_READ_ONLY_SESSION || enter_read_only(connection, error);
}

void
mig_my_settle(MigConnection *connection)
{
    static const char probe[] = "DO 0";

    if (connection->lost || !in_transaction(connection))
        return;
    /* Whatever it answers, its status is what we are after. */
    if (mysql_real_query(connection->mysql, probe, strlen(probe)) != 0)
        connection->lost =
            mig_my_error_class(mysql_errno(connection->mysql), "") == MIG_SQL_CONNECTION_LOST;
}

bool
mig_my_begin(MigConnection *connection, MigBegin how, GError **error)
{
    if (!mig_my_check(connection, error) || !set_limits(connection, error))
        return false;
    /* START TRANSACTION would commit it without a word. */
    if (connection->read_only == MY_READ_ONLY_SESSION)
        return mig_my_rollback(connection, error) && enter_read_only(connection, error);
    if (in_transaction(connection)) {
        mig_my_error_set(error, connection, 1568, "25001",
                         "there is already a transaction in progress", NULL, 0);
        return false;
    }
    if (connection->read_only)
        return enter_read_only(connection, error);
    return mig_my_run_text(
        connection,
        how == MIG_BEGIN_READ_ONLY ? "START TRANSACTION READ ONLY" : "START TRANSACTION", error);
}

/* Without a transaction it is not an error: DDL in it has committed. */
bool
mig_my_commit(MigConnection *connection, GError **error)
{
    return mig_my_run_text(connection, "COMMIT", error);
}

bool
mig_my_rollback(MigConnection *connection, GError **error)
{
    if (connection->read_only == MY_READ_ONLY_SAVEPOINT)
        connection->read_only = MY_READ_ONLY_OFF;
    if (!connection->lost && !in_transaction(connection))
        return true;
    return mig_my_run_text(connection, "ROLLBACK", error);
}

MigTxnState
mig_my_transaction(MigConnection *connection)
{
    if (connection->lost)
        return MIG_TXN_LOST;
    return in_transaction(connection) ? MIG_TXN_OPEN : MIG_TXN_NONE;
}

static bool
switch_on(MigConnection *connection, GError **error)
{
    if (!in_transaction(connection)) {
        connection->read_only = MY_READ_ONLY_SESSION;
        return true; /* the next statement's mig_my_prepare() begins a transaction for it */
    }
    if (!mig_my_run_text(connection, "SAVEPOINT migrate_read_only", error))
        return false;
    connection->read_only = MY_READ_ONLY_SAVEPOINT;
    return true;
}

static bool
switch_off(MigConnection *connection, GError **error)
{
    MyReadOnly was = connection->read_only;

    connection->read_only = MY_READ_ONLY_OFF;
    if (was == MY_READ_ONLY_SESSION)
        return mig_my_rollback(connection, error);
    return mig_my_run_text(connection, "ROLLBACK TO SAVEPOINT migrate_read_only", error) &&
           mig_my_run_text(connection, "RELEASE SAVEPOINT migrate_read_only", error);
}

bool
mig_my_read_only(MigConnection *connection, bool on, GError **error)
{
    if (!mig_my_check(connection, error))
        return false;
    if (on == (connection->read_only != MY_READ_ONLY_OFF))
        return true;
    return on ? switch_on(connection, error) : switch_off(connection, error);
}
