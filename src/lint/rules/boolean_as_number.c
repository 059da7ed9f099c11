/* SPDX-License-Identifier: MIT */
/* Answers of yes and no that aren't booleans. */
#include "lint/defined.h"
#include "lint/meaning.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    const MigType *type = &defined->column->type;
    MigValues values = mig_lint_values(ctx, type);
    bool number = values == MIG_VALUES_INTEGER && ctx->engine != MIG_ENGINE_SQLITE &&
                  !mig_lint_type_named(type, "tinyint");
    bool letter = values == MIG_VALUES_STRING && type->n_modifiers > 0 && type->modifiers[0] <= 5;

    if (!mig_name_means_flag(defined->name) || (!number && !letter) || type->dimensions > 0 ||
        mig_name_ends(defined->name, "count id"))
        return;
    MigFinding *finding = mig_lint_report_defined(ctx, mig_lint_severity(ctx), defined,
                                                  "%s is a flag, but no boolean", defined->shown);
    /* A default or a CHECK would have to change with it. */
    if (ctx->engine == MIG_ENGINE_POSTGRES && defined->column->default_value == NULL &&
        mig_lint_defined_constraint(ctx, defined, MIG_CONSTRAINT_CHECK) == NULL)
        mig_lint_fix_type(ctx, finding, defined, "boolean");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_boolean_as_number = {
    .id = "boolean-as-number",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_YES,
    .summary = "a flag of a number or string type",
    .danger = "It takes more than two values, and every reader has to know which of them mean yes.",
    .steps = {"Take boolean."},
    .weaker = {"char-padded", "integer-size"},
    .check = check,
};
