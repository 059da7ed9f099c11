/* SPDX-License-Identifier: MIT */
/* A column may be NULL from now on. */
#include "lint/rule.h"
#include "lint/within.h"

static bool
is_dropped(const MigChange *change)
{
    if (change->kind == MIG_CHANGE_DROP_NOT_NULL)
        return true;
    return change->kind == MIG_CHANGE_MODIFY_COLUMN && !change->column->not_null;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTableColumn *column = mig_lint_column(ctx, &change->table, change->name.name);
    bool modify = change->kind == MIG_CHANGE_MODIFY_COLUMN;

    if (!is_dropped(change))
        return;
    /* MODIFY says all of the column: only what it was before tells what changes. */
    if (column == NULL ? modify : !column->not_null && (modify || column->not_null_known))
        return;
    if (column != NULL && (mig_lint_is_new_moment(ctx, column->nullability_set) ||
                           mig_lint_undoes(ctx, column->nullability_set)))
        return;
    mig_lint_report(ctx, change, "code that reads %s.%s may not expect NULL",
                    mig_lint_name(ctx, &change->table), change->name.name);
}

const MigRule mig_rule_drop_not_null = {
    .id = "drop-not-null",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a column may be NULL from now on",
    .danger =
        "Code that was written for a column without NULL fails on the first row that has one; "
        "MySQL writes the whole table anew.",
    .steps = {"Let all code that reads the column take NULL, and release that first."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", DROP NOT NULL",
    .check = check,
};
