/* SPDX-License-Identifier: MIT */
/* A CHECK that is enforced on a table in use, which copies it. */
#include "lint/action.h"
#include "lint/mysql.h"
#include "lint/rule.h"

static bool
enforces(const MigChange *change)
{
    if (change->kind == MIG_CHANGE_ADD_COLUMN || change->kind == MIG_CHANGE_MODIFY_COLUMN)
        return mig_lint_column_constraint(change, MIG_CONSTRAINT_CHECK) != NULL;
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT)
        return change->constraint != NULL && change->constraint->kind == MIG_CONSTRAINT_CHECK &&
               !change->constraint->not_enforced;
    return change->kind == MIG_CHANGE_ALTER_CONSTRAINT && change->constraint != NULL &&
           !change->constraint->not_enforced;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    /* Older servers read a CHECK and forget it. */
    if (!enforces(change) || mig_mysql_is_older(ctx, 80016, 100201) ||
        !mig_mysql_blames(ctx, change, MIG_MYSQL_COST_COPY))
        return;
    const char *table = mig_lint_name(ctx, &change->table);
    if (ctx->statement->impact->concurrent_dml)
        mig_lint_report_as(ctx, MIG_SEVERITY_WARNING, change, "the check copies all of %s", table);
    else
        mig_lint_report(ctx, change, "the check copies all of %s while writes wait", table);
}

const MigRule mig_rule_mysql_add_check = {
    .id = "mysql-add-check",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "a CHECK that is enforced on a table in use",
    .danger =
        "The table is copied row by row while writes to it wait; a row that violates the check "
        "makes it fail in the end.",
    .steps =
        {"Make the check together with the table.",
         "Or let an online schema change tool add it, or add it when nobody writes.",
         "Until then test the condition in the code, or in a trigger. NOT ENFORCED tests nothing, "
         "and enforcing it later copies the table just the same."},
    .manual = "MySQL 8.4, \"CHECK Constraints\"; MariaDB, \"CONSTRAINT\"",
    .weaker = {"mysql-table-copy", "mysql-algorithm-unstated"},
    .check = check,
};
