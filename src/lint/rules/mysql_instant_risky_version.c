/* SPDX-License-Identifier: MIT */
/* INSTANT ADD or DROP COLUMN on versions whose row versions are faulty. */
#include "lint/mysql.h"
#include "lint/rule.h"

#define FIRST 80029
#define LAST 80031

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if ((change->kind != MIG_CHANGE_ADD_COLUMN && change->kind != MIG_CHANGE_DROP_COLUMN) ||
        ctx->version < FIRST || ctx->version > LAST || ctx->statement->impact->refused != NULL ||
        ctx->statement->impact->algorithm != MIG_ALGORITHM_INSTANT)
        return;
    mig_lint_report(ctx, change, "%s is INSTANT, which is faulty in MySQL 8.0.29 to 8.0.31",
                    mig_mysql_describe(ctx, change));
}

const MigRule mig_rule_mysql_instant_risky_version = {
    .id = "mysql-instant-risky-version",
    .engines = MIG_ENGINE_MYSQL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .summary = "INSTANT ADD or DROP COLUMN on MySQL 8.0.29 to 8.0.31",
    .danger =
        "These versions have known faults with the row versions that it makes: corrupted rows "
        "after a crash, and backups that can't be restored.",
    .steps = {"Upgrade to 8.0.32 or later.",
              "Or state ALGORITHM=INPLACE, which rebuilds the table."},
    .manual = "MySQL 8.0 Release Notes, 8.0.30 to 8.0.32",
    .check = check,
};
