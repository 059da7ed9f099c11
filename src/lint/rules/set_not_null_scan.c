/* SPDX-License-Identifier: MIT */
/* SET NOT NULL that reads the whole table. */
#include "lint/action.h"
#include "lint/edit.h"
#include "lint/rule.h"

/* (borrowed) the column that becomes NOT NULL; NULL: the action does nothing of the kind. */
static const char *
find_column(const MigChange *change)
{
    const MigConstraint *constraint = change->constraint;

    if (change->kind == MIG_CHANGE_SET_NOT_NULL)
        return change->name.name;
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT && constraint != NULL &&
        constraint->kind == MIG_CONSTRAINT_NOT_NULL && !constraint->not_valid &&
        constraint->n_columns == 1)
        return constraint->columns[0];
    return NULL;
}

static void
add_steps(MigLintContext *ctx, MigFinding *finding, const MigChange *change, const char *column)
{
    const char *table = mig_lint_name(ctx, &change->table);
    const char *name = mig_lint_format(ctx, "%s_%s_not_null", change->table.name, column);
    bool newest = !mig_lint_is_before(ctx, 180000);

    mig_lint_clear_steps(finding);
    if (newest)
        mig_lint_step(finding, "ALTER TABLE %s ADD CONSTRAINT %s NOT NULL %s NOT VALID.", table,
                      name, mig_lint_ident(ctx, column));
    else
        mig_lint_step(finding, "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID.",
                      table, name, mig_lint_ident(ctx, column));
    mig_lint_step(finding, "Fill %s in batches where it is NULL.", column);
    mig_lint_step(finding, "In the next migration: ALTER TABLE %s VALIDATE CONSTRAINT %s.", table,
                  name);
    if (newest)
        return;
    if (mig_lint_is_before(ctx, 120000)) {
        mig_lint_step(finding,
                      "Keep the CHECK: before PostgreSQL 12 SET NOT NULL reads the table all "
                      "the same.");
        return;
    }
    mig_lint_step(finding, "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL, which then reads nothing.",
                  table, mig_lint_ident(ctx, column));
    mig_lint_step(finding, "In a statement of its own: ALTER TABLE %s DROP CONSTRAINT %s.", table,
                  name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *name = find_column(change);

    if (name == NULL || !mig_lint_action_scans(ctx, change))
        return;
    /* Validating what is there already is advised by not-null-with-not-valid-pending. */
    const MigTableColumn *column = mig_lint_column(ctx, &change->table, name);
    if (column != NULL && column->not_null_not_valid && column->not_null_name != NULL)
        return;

    bool filled = column != NULL && mig_lint_is_new_moment(ctx, column->made) &&
                  column->default_value != NULL && column->default_value->kind != MIG_EXPR_NULL;
    MigFinding *finding =
        mig_lint_report_as(ctx, filled ? MIG_SEVERITY_INFO : mig_lint_severity(ctx), change,
                           "every row of %s is read for NULLs in %s while reads and writes wait",
                           mig_lint_name(ctx, &change->table), name);
    if (filled) {
        mig_lint_clear_steps(finding);
        mig_lint_step(finding,
                      "Write NOT NULL with the ADD COLUMN: with a constant default it takes no "
                      "time.");
        return;
    }
    add_steps(ctx, finding, change, name);
}

const MigRule mig_rule_set_not_null_scan = {
    .id = "set-not-null-scan",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "SET NOT NULL that reads the whole table",
    .danger = "AccessExclusiveLock while every row is read: reads and writes wait.",
    .steps = {"ADD CONSTRAINT ... CHECK (column IS NOT NULL) NOT VALID.",
              "Fill the column in batches where it is NULL.",
              "In the next migration: VALIDATE CONSTRAINT; then SET NOT NULL, which reads nothing.",
              "In a statement of its own: DROP CONSTRAINT."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", SET NOT NULL",
    .check = check,
};
