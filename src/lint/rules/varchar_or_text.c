/* SPDX-License-Identifier: MIT */
/* Strings of the kind that the project doesn't want. */
#include "lint/defined.h"
#include "lint/meaning.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    const MigType *type = &defined->column->type;
    bool text = g_strcmp0(mig_lint_text(ctx, "prefer"), "text") == 0;

    if (text && mig_lint_type_named(type, "character varying") && type->n_modifiers > 0) {
        MigFinding *finding =
            mig_lint_report_defined(ctx, mig_lint_severity(ctx), defined,
                                    "%s is a varchar, and text is preferred", defined->shown);
        mig_lint_fix_type(ctx, finding, defined, "text");
    }
    if (!text && mig_lint_type_named(type, "text") &&
        mig_name_ends(defined->name, "name username title code slug email phone status currency "
                                     "locale country city zip postcode sku color colour") &&
        mig_lint_defined_constraint(ctx, defined, MIG_CONSTRAINT_CHECK) == NULL)
        mig_lint_report_defined(ctx, mig_lint_severity(ctx), defined,
                                "%s holds something short, and has no length", defined->shown);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_varchar_or_text = {
    .id = "varchar-or-text",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .off = true,
    .fix = MIG_RULE_FIX_YES,
    .summary = "varchar where text is preferred, or text where varchar is",
    .danger = "Both are stored alike. varchar(n) needs a change of type to grow; text takes "
              "anything unless a CHECK bounds it.",
    .steps = {"With prefer = text: take text, with a CHECK of its length where one matters.",
              "With prefer = varchar: give short strings a length."},
    .manual = "PostgreSQL 18, \"Character Types\"",
    .check = check,
};
