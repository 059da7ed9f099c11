/* SPDX-License-Identifier: MIT */
/* Booleans with a third answer. */
#include "lint/defined.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    const MigColumn *column = defined->column;

    if (!defined->whole || mig_lint_values(ctx, &column->type) != MIG_VALUES_BOOLEAN ||
        column->type.dimensions > 0 || column->null_said || column->generated != MIG_GENERATED_NO ||
        defined->old != NULL || mig_lint_defined_not_null(ctx, defined) ||
        mig_lint_defined_constraint(ctx, defined, MIG_CONSTRAINT_CHECK) != NULL)
        return;
    mig_lint_report_defined(ctx, mig_lint_severity(ctx), defined,
                            "%s may be NULL, beside true and false", defined->shown);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_boolean_nullable = {
    .id = "boolean-nullable",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .summary = "a boolean that may be NULL",
    .danger =
        "NOT is_open leaves out the rows that are NULL, and so do both halves of a comparison.",
    .steps = {"Write NOT NULL DEFAULT false; or NULL, if \"not known\" is meant."},
    .check = check,
};
