/* SPDX-License-Identifier: MIT */
/* Constraints that the server will name. */
#include "lint/defined.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigChange *change, const MigConstraint *constraint)
{
    if (constraint->name.name != NULL || constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY ||
        constraint->kind == MIG_CONSTRAINT_NOT_NULL || constraint->using_index != NULL)
        return;
    mig_lint_report_part(ctx, mig_lint_severity(ctx), change, constraint->span,
                         "a %s of %s has no name",
                         constraint->kind == MIG_CONSTRAINT_CHECK         ? "CHECK"
                         : constraint->kind == MIG_CONSTRAINT_UNIQUE      ? "unique key"
                         : constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY ? "foreign key"
                                                                          : "constraint",
                         mig_lint_name(ctx, &change->table));
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_constraint(ctx, change, look);
}

const MigRule mig_rule_constraint_unnamed = {
    .id = "constraint-unnamed",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .summary = "a constraint without a name",
    .danger =
        "Engines and versions choose other names, so a later migration that drops it has to guess.",
    .steps = {"Write CONSTRAINT name before it."},
    .check = check,
};
