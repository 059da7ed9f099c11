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
    .open = mig_pg_open,
    .close = mig_pg_close,
    .server = mig_pg_server,
    .exec = mig_pg_exec,
    .copy = mig_pg_copy,
    .query = mig_pg_query,
    .batch = mig_pg_batch,
    .begin = mig_pg_begin,
    .commit = mig_pg_commit,
    .rollback = mig_pg_rollback,
    .transaction = mig_pg_transaction,
    .read_only = mig_pg_read_only,
    .limits = mig_pg_limits,
    .try_lock = mig_pg_try_lock,
    .unlock = mig_pg_unlock,
    .locked = mig_pg_locked,
    .cancel = cancel,
    .quote = mig_pg_quote,
    .history_sql = mig_pg_history_sql,
    .default_schema = mig_pg_default_schema,
    .reset = mig_pg_reset,
    .session = mig_pg_session,
    .blockers = mig_pg_blockers,
    .terminate = mig_pg_terminate,
    .find = mig_pg_find,
    .pooled = mig_pg_pooled,
    .schema = mig_pg_schema,
    .sizes = mig_pg_sizes,
    .speed = mig_pg_speed,
    .held = mig_pg_held,
};

const MigDriver *
mig_driver_v1(void)
{
    return &driver;
}
