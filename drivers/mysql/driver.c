/* SPDX-License-Identifier: MIT */
/* The MySQL and MariaDB driver's table and its one visible symbol. */
#include "mysql_driver.h"

static const char *const schemes[] = {"mysql", "mariadb", NULL};

/* No transactional DDL: MySQL 8.4, "Statements That Cause an Implicit Commit". */
static const MigDriver driver = {
    .abi = MIG_DRIVER_ABI,
    .name = "mysql",
    .schemes = schemes,
    .caps = MIG_CAP_ADVISORY_LOCK | MIG_CAP_SCHEMAS,
    .open = mig_my_open,
    .close = mig_my_close,
    .server = mig_my_server,
    .exec = mig_my_exec,
    .query = mig_my_query,
    .batch = mig_my_batch,
    .begin = mig_my_begin,
    .commit = mig_my_commit,
    .rollback = mig_my_rollback,
    .transaction = mig_my_transaction,
    .read_only = mig_my_read_only,
    .limits = mig_my_limits,
    .try_lock = mig_my_try_lock,
    .unlock = mig_my_unlock,
    .locked = mig_my_locked,
    .cancel = mig_my_cancel,
    .quote = mig_my_quote,
    .history_sql = mig_my_history_sql,
    .default_schema = mig_my_default_schema,
    .reset = mig_my_reset,
    .session = mig_my_session,
    .blockers = mig_my_blockers,
    .terminate = mig_my_terminate,
    .find = mig_my_find,
    .pooled = mig_my_pooled,
    .schema = mig_my_schema,
    .sizes = mig_my_sizes,
    .speed = mig_my_speed,
};

const MigDriver *
mig_driver_v1(void)
{
    return &driver;
}
