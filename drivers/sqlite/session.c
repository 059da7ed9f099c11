/* SPDX-License-Identifier: MIT */
/* Transactions, and being read-only. */
#include "sqlite.h"

/* The second lock on the door: it also stops what a function or a virtual table would write. */
static bool
close_for_writing(MigConnection *connection, bool closed, GError **error)
{
    return lite_run(connection, closed ? "PRAGMA query_only = 1" : "PRAGMA query_only = 0", NULL,
                    NULL, error);
}

bool
lite_read_only(MigConnection *connection, bool on, GError **error)
{
    if (connection->read_only == on)
        return true;
    if (!connection->read_only_txn && !close_for_writing(connection, on, error))
        return false;
    connection->read_only = on;
    return true;
}

static bool
end_read_only_transaction(MigConnection *connection, GError **error)
{
    if (!connection->read_only_txn)
        return true;
    connection->read_only_txn = false;
    return connection->read_only || close_for_writing(connection, false, error);
}

bool
lite_begin(MigConnection *connection, MigBegin how, GError **error)
{
    lite_start(connection);
    if (how == MIG_BEGIN_WRITE)
        return lite_run(connection, "BEGIN IMMEDIATE", NULL, NULL, error);

    if (!lite_run(connection, "BEGIN", NULL, NULL, error))
        return false;
    if (!connection->read_only && !close_for_writing(connection, true, error)) {
        lite_run(connection, "ROLLBACK", NULL, NULL, NULL);
        return false;
    }
    connection->read_only_txn = true;
    return true;
}

bool
lite_commit(MigConnection *connection, GError **error)
{
    lite_start(connection);
    return lite_run(connection, "COMMIT", NULL, NULL, error) &&
           end_read_only_transaction(connection, error);
}

MigTxnState
lite_transaction(MigConnection *connection)
{
    return sqlite3_get_autocommit(connection->db) != 0 ? MIG_TXN_NONE : MIG_TXN_OPEN;
}

bool
lite_rollback(MigConnection *connection, GError **error)
{
    /* No deadline: what is to be undone is undone. */
    connection->deadline_us = 0;
    if (lite_transaction(connection) == MIG_TXN_OPEN &&
        !lite_run(connection, "ROLLBACK", NULL, NULL, error))
        return false;

    /* Also where SQLite has rolled back by itself, as it does when a disk is full. */
    return end_read_only_transaction(connection, error);
}
