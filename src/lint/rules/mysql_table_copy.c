/* SPDX-License-Identifier: MIT */
/* An ALTER that copies a table in use. */
#include "lint/mysql.h"
#include "lint/rule.h"

/* Without the present type it may well be a change of the dictionary alone. */
static bool
is_guess(const MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_MODIFY_COLUMN)
        return false;
    const MigTableColumn *column = mig_lint_column(ctx, &change->table, change->name.name);
    return column == NULL || column->type.name == NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (!mig_mysql_blames(ctx, change, MIG_MYSQL_COST_COPY))
        return;

    const char *table = mig_lint_name(ctx, &change->table);
    const char *what = mig_mysql_describe(ctx, change);
    if (is_guess(ctx, change)) {
        mig_lint_report_as(ctx, MIG_SEVERITY_WARNING, change,
                           "%s copies all of %s, unless its type, which isn't known, allows better",
                           what, table);
        return;
    }
    if (ctx->statement->impact->concurrent_dml) {
        MigFinding *finding = mig_lint_report_as(ctx, MIG_SEVERITY_WARNING, change,
                                                 "%s copies all of %s", what, table);
        mig_lint_danger(finding, "Reads and writes go on, but the copy needs the table's size on "
                                 "disk again, and replicas fall behind for as long as it takes.");
        return;
    }
    mig_lint_report(ctx, change, "%s copies all of %s while writes wait", what, table);
}

const MigRule mig_rule_mysql_table_copy = {
    .id = "mysql-table-copy",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "an ALTER that copies a table in use",
    .danger =
        "Writes to the table wait until all of its rows are copied; replicas then do the same "
        "one after the other, and fall behind for as long.",
    .steps =
        {"Expand and contract: add a new column, backfill it in batches, move the code over, "
         "drop the old one.",
         "Or let an online schema change tool do it: gh-ost, pt-online-schema-change, spirit."},
    .manual = "MySQL 8.4, \"Online DDL Operations\"; MariaDB, \"InnoDB Online DDL Overview\"",
    .weaker = {"mysql-algorithm-unstated"},
    .check = check,
};
