/* SPDX-License-Identifier: MIT */
/* Keys that are meant to change. */
#include "lint/defined.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigChange *change, const MigConstraint *constraint)
{
    if (constraint->kind != MIG_CONSTRAINT_FOREIGN_KEY ||
        constraint->on_update != MIG_ACTION_CASCADE)
        return;
    mig_lint_report_part(ctx, mig_lint_severity(ctx), change, constraint->span,
                         "a changed key of %s is changed in all rows that reference it",
                         mig_lint_name(ctx, &constraint->references));
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_constraint(ctx, change, look);
}

const MigRule mig_rule_on_update_cascade = {
    .id = "on-update-cascade",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .summary = "ON UPDATE CASCADE",
    .danger = "One change of a parent's key writes all of its children anew, under locks.",
    .steps = {"Reference a key that never changes, such as an id."},
    .check = check,
};
