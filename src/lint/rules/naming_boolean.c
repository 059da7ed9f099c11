/* SPDX-License-Identifier: MIT */
/* Booleans whose names are no questions. */
#include "lint/defined.h"
#include "lint/meaning.h"
#include "lint/naming.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    if (defined->old != NULL ||
        mig_lint_values(ctx, &defined->column->type) != MIG_VALUES_BOOLEAN ||
        defined->column->type.dimensions > 0)
        return;
    if (mig_name_begins(defined->name,
                        "is has can was were had could should shall will would may might must do "
                        "does did use uses allow allows needs require requires support supports "
                        "include includes show shows send enable disable accepts wants not no"))
        return;
    mig_lint_report_part(ctx, mig_lint_naming_severity(ctx), defined->change,
                         defined->column->name_span, "the name of the flag %s is no question",
                         defined->shown);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_naming_boolean = {
    .id = "naming-boolean",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_NAMING,
    .summary = "a boolean whose name is no question",
    .danger = "A reader can't tell a flag from a date, a number or a name.",
    .steps = {"Begin it with is_, has_ or can_."},
    .check = check,
};
