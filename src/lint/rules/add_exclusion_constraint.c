/* SPDX-License-Identifier: MIT */
/* An exclusion constraint, which has no online form at all. */
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigConstraint *constraint = change->constraint;

    if (change->kind != MIG_CHANGE_ADD_CONSTRAINT || constraint == NULL ||
        constraint->kind != MIG_CONSTRAINT_EXCLUDE)
        return;
    mig_lint_report(
        ctx, change,
        "the exclusion constraint%s%s builds its index while reads and writes of %s wait",
        constraint->name.name != NULL ? " " : "",
        constraint->name.name != NULL ? constraint->name.name : "",
        mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_add_exclusion_constraint = {
    .id = "add-exclusion-constraint",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_NO,
    .summary = "An exclusion constraint on a table in use",
    .danger = "AccessExclusiveLock while its index is built over the whole table: reads and writes "
              "wait. There is neither NOT VALID nor USING INDEX for it.",
    .steps = {"Make a new table that has the constraint, copy the rows in batches, and swap the "
              "names.",
              "Or let a trigger keep new rows apart while the old ones are cleaned up, and add the "
              "constraint in a maintenance window."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", ADD table_constraint",
    .check = check,
};
