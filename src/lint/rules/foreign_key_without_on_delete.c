/* SPDX-License-Identifier: MIT */
/* Foreign keys that don't say what becomes of the child. */
#include "lint/defined.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigChange *change, const MigConstraint *constraint)
{
    if (constraint->kind != MIG_CONSTRAINT_FOREIGN_KEY || constraint->on_delete != MIG_ACTION_NONE)
        return;
    mig_lint_report_part(ctx, mig_lint_severity(ctx), change, constraint->span,
                         "the foreign key to %s doesn't say what a DELETE there does",
                         mig_lint_name(ctx, &constraint->references));
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_constraint(ctx, change, look);
}

const MigRule mig_rule_foreign_key_without_on_delete = {
    .id = "foreign-key-without-on-delete",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .summary = "a foreign key without ON DELETE",
    .danger = "The parent's rows can't be deleted while it is referenced, and nobody knows whether "
              "that was meant.",
    .steps = {"ON DELETE RESTRICT between things of their own, CASCADE for parts and pairs, SET "
              "NULL where the link may go."},
    .check = check,
};
