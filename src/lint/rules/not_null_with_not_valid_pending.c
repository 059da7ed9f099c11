/* SPDX-License-Identifier: MIT */
/* SET NOT NULL on a column whose NOT NULL only waits to be validated. */
#include "lint/edit.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_SET_NOT_NULL || change->name.name == NULL)
        return;
    const MigTableColumn *column = mig_lint_column(ctx, &change->table, change->name.name);
    if (column == NULL || !column->not_null_not_valid || column->not_null_name == NULL)
        return;

    MigFinding *finding = mig_lint_report(
        ctx, change,
        "%s only waits to be validated, and SET NOT NULL does so while reads and writes "
        "of %s wait",
        column->not_null_name, mig_lint_name(ctx, &change->table));
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "ALTER TABLE %s VALIDATE CONSTRAINT %s.",
                  mig_lint_name(ctx, &change->table), column->not_null_name);
    if (!change->nested)
        mig_lint_fix(ctx, finding, change->span,
                     mig_lint_format(ctx, "VALIDATE CONSTRAINT %s",
                                     mig_lint_ident(ctx, column->not_null_name)));
}

const MigRule mig_rule_not_null_with_not_valid_pending = {
    .id = "not-null-with-not-valid-pending",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_YES,
    .summary = "SET NOT NULL where VALIDATE CONSTRAINT would do",
    .danger = "AccessExclusiveLock while every row is read; VALIDATE CONSTRAINT does the same work "
              "while reads and writes go on.",
    .steps = {"VALIDATE CONSTRAINT instead."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", SET NOT NULL",
    .check = check,
};
