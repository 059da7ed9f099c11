/* SPDX-License-Identifier: MIT */
/* Strings that are filled up with blanks. */
#include "lint/defined.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    const MigType *type = &defined->column->type;
    bool bare = mig_lint_type_named(type, "bpchar") && type->n_modifiers == 0;

    if (!mig_lint_type_named(type, "character") && !mig_lint_type_named(type, "bpchar"))
        return;
    MigFinding *finding = mig_lint_report_defined(
        ctx, mig_lint_severity(ctx), defined,
        bare ? "trailing blanks of %s don't count in comparisons" : "%s is padded with blanks",
        defined->shown);
    mig_lint_fix_type(ctx, finding, defined,
                      bare ? "text"
                           : mig_lint_format(ctx, "varchar(%lld)",
                                             type->n_modifiers > 0 ? type->modifiers[0] : 1));
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_char_padded = {
    .id = "char-padded",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_YES,
    .summary = "a column of type char(n)",
    .danger = "Values are padded with blanks to their full length, which comparisons with text, "
              "LIKE and regular expressions see.",
    .steps = {"Take varchar(n), or text with a CHECK of its length."},
    .manual = "PostgreSQL 18, \"Character Types\"",
    .check = check,
};
