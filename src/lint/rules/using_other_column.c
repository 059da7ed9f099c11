/* SPDX-License-Identifier: MIT */
/* ALTER COLUMN ... USING an expression that leaves the column's own values out. */
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigExpr *value = change->expr;

    if (change->kind != MIG_CHANGE_ALTER_TYPE || value == NULL || change->name.name == NULL)
        return;
    /* NULL, also as NULL::int, says what is meant. */
    while (value->kind == MIG_EXPR_CAST && value->n_args == 1)
        value = value->args[0];
    if (value->kind == MIG_EXPR_NULL || mig_expr_mentions(value, change->name.name))
        return;
    mig_lint_report(ctx, change, "USING doesn't mention %s: its values in %s are thrown away",
                    change->name.name, mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_using_other_column = {
    .id = "using-other-column",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DATA,
    .fix = MIG_RULE_FIX_NO,
    .summary = "USING that doesn't mention its column",
    .danger = "The column's values are replaced in every row, and can't be had back.",
    .steps = {"Mention the column in USING; or write USING NULL if its values are to go."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", SET DATA TYPE",
    .check = check,
};
