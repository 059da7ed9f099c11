/* SPDX-License-Identifier: MIT */
/* A CHECK that tests every row while the table is locked. */
#include "lint/action.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigConstraint *constraint = NULL;
    bool column = mig_lint_adds_column(ctx, change);

    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
        change->constraint->kind == MIG_CONSTRAINT_CHECK)
        constraint = change->constraint;
    else if (column)
        constraint = mig_lint_column_constraint(change, MIG_CONSTRAINT_CHECK);
    if (constraint == NULL || constraint->not_valid || constraint->not_enforced ||
        !mig_lint_action_scans(ctx, change))
        return;

    const char *table = mig_lint_name(ctx, &change->table);
    const char *wanted = constraint->name.name != NULL
                             ? constraint->name.name
                             : mig_lint_format(ctx, "chk_%s_%s", change->table.name,
                                               column ? change->column->name : "valid");
    MigFinding *finding = mig_lint_report(
        ctx, change, "the CHECK is tested on every row of %s while reads and writes wait%s", table,
        column ? ", though the new column is the same in all of them" : "");
    mig_lint_clear_steps(finding);
    if (column)
        mig_lint_step(finding, "ADD COLUMN %s without the CHECK.", change->column->name);
    mig_lint_step(finding, "ALTER TABLE %s ADD CONSTRAINT %s CHECK (...) NOT VALID.", table,
                  wanted);
    mig_lint_step(finding,
                  "In the next migration: ALTER TABLE %s VALIDATE CONSTRAINT %s, while reads "
                  "and writes go on.",
                  table, wanted);
}

const MigRule mig_rule_add_check_validated = {
    .id = "add-check-validated",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "A CHECK without NOT VALID",
    .danger = "AccessExclusiveLock while every row is read: reads and writes wait.",
    .steps = {"ADD CONSTRAINT ... CHECK (...) NOT VALID.",
              "In the next migration: VALIDATE CONSTRAINT, while reads and writes go on."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", Notes",
    .check = check,
};
