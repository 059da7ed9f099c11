/* SPDX-License-Identifier: MIT */
/* A nullable column loses its default: rows get NULL from now on. */
#include "lint/rule.h"
#include "lint/within.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTableColumn *column = mig_lint_column(ctx, &change->table, change->name.name);
    bool drops = change->kind == MIG_CHANGE_DROP_DEFAULT ||
                 (change->kind == MIG_CHANGE_MODIFY_COLUMN &&
                  change->column->default_value == NULL && !change->column->not_null) ||
                 (change->kind == MIG_CHANGE_SET_DEFAULT && change->expr != NULL &&
                  change->expr->kind == MIG_EXPR_NULL);

    /* On a NOT NULL column it is worse, and has a rule of its own. */
    if (!drops || column == NULL || column->not_null || column->default_value == NULL ||
        column->default_value->kind == MIG_EXPR_NULL)
        return;
    if (mig_lint_is_new_moment(ctx, column->default_set) ||
        mig_lint_undoes(ctx, column->default_set))
        return;
    mig_lint_report(ctx, change, "rows of code that doesn't write %s.%s get NULL from now on",
                    mig_lint_name(ctx, &change->table), column->name);
}

const MigRule mig_rule_drop_default = {
    .id = "drop-default",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a nullable column loses its default",
    .danger = "INSERTs that leave the column out give NULL, where they gave a value.",
    .steps = {"Let all code that inserts write the column, and release that first."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", DROP DEFAULT",
    .check = check,
};
