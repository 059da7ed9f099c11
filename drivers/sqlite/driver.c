/* SPDX-License-Identifier: MIT */
/* The SQLite driver's table and its one visible symbol. */
#include "sqlite.h"

static const char *const schemes[] = {"sqlite", "sqlite3", NULL};

/* No MIG_CAP_ADVISORY_LOCK: whether the lock reaches other hosts is for the file system to say. */
static const MigDriver driver = {
    .abi = MIG_DRIVER_ABI,
    .name = "sqlite",
    .schemes = schemes,
    .caps = MIG_CAP_TRANSACTIONAL_DDL,
    .open = lite_open,
    .close = lite_close,
    .server = lite_server,
    .exec = lite_exec,
    .query = lite_query,
    .batch = lite_batch,
    .begin = lite_begin,
    .commit = lite_commit,
    .rollback = lite_rollback,
    .transaction = lite_transaction,
    .read_only = lite_read_only,
    .limits = lite_limits,
    .try_lock = lite_try_lock,
    .unlock = lite_unlock,
    .locked = lite_locked,
    .cancel = lite_cancel,
    .quote = lite_quote,
    .history_sql = lite_history_sql,
    .default_schema = lite_default_schema,
    .reset = lite_reset,
    .session = lite_session,
    .blockers = lite_blockers,
    .find = lite_find,
    .pooled = lite_pooled,
    .backup = lite_backup,
    .schema = lite_schema,
    .sizes = lite_sizes,
    .speed = lite_speed,
};

const MigDriver *
mig_driver_v1(void)
{
    return &driver;
}
