/* SPDX-License-Identifier: MIT */
/* An ALTER that rebuilds a table in place. */
#include "lint/mysql.h"
#include "lint/rule.h"

#define LARGE_ROWS 1000000

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (!mig_mysql_blames(ctx, change, MIG_MYSQL_COST_REBUILD))
        return;

    int64_t rows = mig_lint_rows(ctx, mig_lint_table(ctx, &change->table));
    bool large = rows >= mig_lint_number(ctx, "online-tool-rows", LARGE_ROWS);
    mig_lint_report_as(ctx, large ? MIG_SEVERITY_ERROR : MIG_SEVERITY_WARNING, change,
                       "%s rebuilds all of %s", mig_mysql_describe(ctx, change),
                       mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_mysql_table_rebuild = {
    .id = "mysql-table-rebuild",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .summary = "an ALTER that rebuilds a table in place",
    .danger =
        "Reads and writes go on, but the table needs its size on disk again, the log of what is "
        "written meanwhile can overflow (innodb_online_alter_log_max_size), which fails the "
        "ALTER at its end, and replicas fall behind for as long as it takes.",
    .steps = {"On a large table run it when few write, or through an online schema change tool.",
              "State ALGORITHM=INPLACE, LOCK=NONE, so that the server never falls back to a copy."},
    .manual = "MySQL 8.4, \"Online DDL Failure Conditions\"",
    .check = check,
};
