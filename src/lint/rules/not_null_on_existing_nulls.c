/* SPDX-License-Identifier: MIT */
/* SET NOT NULL, and no statement so far has filled the column. */
#include "lint/rule.h"
#include "lint/within.h"

static bool
is_set(MigMoment moment)
{
    return moment.migration > 0 || moment.statement > 0;
}

static bool
is_default(const MigExpr *expr)
{
    return expr != NULL && expr->kind != MIG_EXPR_NULL;
}

/* Whether nothing in the history leaves a NULL in it, or something has filled it. */
static bool
has_no_nulls(const MigTable *table, const MigTableColumn *column)
{
    bool by_default = is_default(column->default_value) &&
                      column->default_set.migration == column->made.migration &&
                      column->default_set.statement == column->made.statement &&
                      is_set(column->made);

    return column->not_null || by_default || is_set(column->filled) ||
           column->generated != MIG_GENERATED_NO || column->identity != MIG_IDENTITY_NO ||
           mig_table_proves_not_null(table, column->name, NULL);
}

static bool
fills(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigChange *set = data;

    if (change->kind != MIG_CHANGE_UPDATE || !mig_lint_same_name(ctx, &change->table, &set->table))
        return false;
    for (size_t i = 0; i < change->n_items; i++) {
        if (mig_lint_same_word(ctx, change->items[i].column, set->name.name))
            return true;
    }
    return false;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const MigTableColumn *column = mig_lint_column(ctx, &change->table, change->name.name);
    bool modify = change->kind == MIG_CHANGE_MODIFY_COLUMN && change->column->not_null;

    if (change->kind != MIG_CHANGE_SET_NOT_NULL && !modify)
        return;
    /* MODIFY says all of the column: without the old one nobody knows whether anything changes. */
    if (column == NULL && (modify || (table != NULL && table->columns_known)))
        return;
    if (mig_lint_is_new(ctx, table) || (table != NULL && table->temporary) ||
        mig_lint_rows(ctx, table) == 0 || (column != NULL && has_no_nulls(table, column)) ||
        mig_lint_before(ctx, fills, change) != NULL)
        return;

    const char *name = mig_lint_name(ctx, &change->table);
    MigFinding *finding = mig_lint_report(
        ctx, change, "it fails if a row of %s has no %s, and nothing has filled it%s", name,
        change->name.name,
        column == NULL ? mig_lint_format(ctx, ", assuming that %s exists", name) : "");
    mig_lint_clear_steps(finding);
    mig_lint_step(finding,
                  "UPDATE %s SET %s = ... WHERE %s IS NULL, in batches, in an earlier "
                  "migration.",
                  name, change->name.name, change->name.name);
    mig_lint_step(finding, "Let no code write NULL any more.");
}

const MigRule mig_rule_not_null_on_existing_nulls = {
    .id = "not-null-on-existing-nulls",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "NOT NULL for a column that nothing has filled",
    .danger =
        "One row with NULL makes it fail, after all rows were read; MySQL without strict mode puts "
        "an invented value there instead.",
    .steps = {"Fill the column in an earlier migration."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", SET NOT NULL",
    .check = check,
};
