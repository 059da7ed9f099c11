/* SPDX-License-Identifier: MIT */
/* Times that are rounded to seconds, and times of day with a zone. */
#include "lint/defined.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    const MigType *type = &defined->column->type;
    bool zoned = mig_lint_type_named(type, "timestamp with time zone");

    if (mig_lint_type_named(type, "time with time zone")) {
        MigFinding *finding = mig_lint_report_defined(
            ctx, mig_lint_severity(ctx), defined,
            "%s has an offset but no date, so nobody knows whether summer time holds",
            defined->shown);
        mig_lint_clear_steps(finding);
        mig_lint_step(finding, "Take timestamptz, or time with the zone's name beside it.");
        mig_lint_danger(finding, "An offset without a date is wrong for half of the year.");
        return;
    }
    if ((!zoned && !mig_lint_type_named(type, "timestamp without time zone")) ||
        type->n_modifiers == 0 || type->modifiers[0] != 0)
        return;
    MigFinding *finding =
        mig_lint_report_defined(ctx, mig_lint_severity(ctx), defined,
                                "%s is rounded up into the next second", defined->shown);
    mig_lint_fix_type(ctx, finding, defined, zoned ? "timestamptz" : "timestamp");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_timestamp_rounding = {
    .id = "timestamp-rounding",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_YES,
    .summary = "a timestamp of precision 0, or a timetz",
    .danger = "Fractions round up into the next second, and so at times into the next day or year.",
    .steps = {"Leave the precision out, and cut it where it is shown with date_trunc."},
    .manual = "PostgreSQL 18, \"Date/Time Types\"",
    .check = check,
};
