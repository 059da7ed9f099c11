/* SPDX-License-Identifier: MIT */
/* An ALTER that works in place, but keeps writers out. */
#include "lint/mysql.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (!mig_mysql_blames(ctx, change, MIG_MYSQL_COST_SHARED))
        return;
    mig_lint_report(ctx, change, "%s blocks writes to %s", mig_mysql_describe(ctx, change),
                    mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_mysql_blocks_writes_inplace = {
    .id = "mysql-blocks-writes-inplace",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .summary = "an ALTER that works in place, but keeps writers out",
    .danger =
        "Writes to the table wait until all of its rows are read or written anew: this action "
        "allows no LOCK=NONE.",
    .steps =
        {"Run it in a window in which nobody writes.",
         "Or let an online schema change tool do it: gh-ost, pt-online-schema-change, spirit."},
    .manual =
        "MySQL 8.4, \"Online DDL Operations\"; MariaDB, \"InnoDB Online DDL Operations with the "
        "INPLACE Alter Algorithm\"",
    .weaker = {"mysql-algorithm-unstated"},
    .check = check,
};
