/* SPDX-License-Identifier: MIT */
/* Another default: rows that are there keep what they have. */
#include "lint/compare.h"
#include "lint/rule.h"
#include "lint/within.h"
#include "locks/postgres_volatility.h"

static bool
is_value(const MigExpr *expr)
{
    return expr != NULL && expr->kind != MIG_EXPR_NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTableColumn *column = mig_lint_column(ctx, &change->table, change->name.name);
    const MigExpr *set = change->kind == MIG_CHANGE_SET_DEFAULT     ? change->expr
                         : change->kind == MIG_CHANGE_MODIFY_COLUMN ? change->column->default_value
                                                                    : NULL;

    if (!is_value(set) || column == NULL || mig_lint_is_new_moment(ctx, column->default_set) ||
        mig_lint_undoes(ctx, column->default_set) || mig_lint_is_new_moment(ctx, column->made))
        return;

    const char *name = mig_lint_name(ctx, &change->table);
    bool each = ctx->engine == MIG_ENGINE_POSTGRES && change->kind == MIG_CHANGE_SET_DEFAULT &&
                mig_postgres_volatility(set, ctx->catalog) == 'v';
    if (is_value(column->default_value)) {
        if (!mig_lint_same_expr(ctx, column->default_value, set))
            mig_lint_report(ctx, change, "rows that are in %s keep the old default of %s", name,
                            column->name);
    } else if (each && !column->not_null) {
        mig_lint_report(ctx, change, "rows that are in %s get no value for %s by its new default",
                        name, column->name);
    }
}

const MigRule mig_rule_change_default = {
    .id = "change-default",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a column gets another default",
    .danger =
        "Only new rows get it; ORMs that have read the defaults when they started write the old "
        "one until they are started again.",
    .steps = {"Update the rows that are there, in batches, if they should have it, too.",
              "Start again what caches the schema."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", SET DEFAULT",
    .check = check,
};
