/* SPDX-License-Identifier: MIT */
/* The PostgreSQL driver's table and its one visible symbol. */
#include "postgres.h"

/* From any thread: a PGcancel holds copies of all it needs, and is never changed. */
static void
cancel(MigConnection *connection)
{
    /* libpq writes its reason there; a cancel that didn't arrive is asked for again. */
    g_autofree char *reason = g_malloc0(256);

    g_atomic_int_set(&connection->cancelled, 1);
    if (connection->cancel != NULL)
        (void)PQcancel(connection->cancel, reason, 256);
}

static const char *const schemes[] = {"postgres", "postgresql", NULL};

static const MigDriver driver = {
    .abi = MIG_DRIVER_ABI,
    .name = "postgres",
    .schemes = schemes,
    .caps = MIG_CAP_TRANSACTIONAL_DDL | MIG_CAP_COPY | MIG_CAP_ADVISORY_LOCK | MIG_CAP_SCHEMAS,
    .open = pg_open,
    .close = pg_close,
    .server = pg_server,
    .exec = pg_exec,
    .copy = pg_copy,
    .query = pg_query,
    .batch = pg_batch,
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .transaction = pg_transaction,
    .read_only = pg_read_only,
    .limits = pg_limits,
    .try_lock = pg_try_lock,
    .unlock = pg_unlock,
    .locked = pg_locked,
    .cancel = cancel,
    .quote = pg_quote,
    .history_sql = pg_history_sql,
    .default_schema = pg_default_schema,
    .reset = pg_reset,
};

__attribute__((visibility("default"))) const MigDriver *mig_driver_v1(void);

const MigDriver *
mig_driver_v1(void)
{
    return &driver;
}
