/* SPDX-License-Identifier: MIT */
/* Times whose names don't say so. */
#include "lint/defined.h"
#include "lint/meaning.h"
#include "lint/naming.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    MigValues values = mig_lint_values(ctx, &defined->column->type);
    bool instant = values == MIG_VALUES_TIMESTAMP;
    const char *good = "at on date time datetime timestamp ts until since from to after before "
                       "start end begin local day expires expiry deadline";

    if (defined->old != NULL ||
        (instant ? mig_name_ends(defined->name, good)
                 : values != MIG_VALUES_DATE || !mig_name_ends(defined->name, "at")))
        return;
    mig_lint_report_part(ctx, mig_lint_naming_severity(ctx), defined->change,
                         defined->column->name_span,
                         instant ? "the name of the instant %s doesn't end with _at"
                                 : "the name of the date %s ends as an instant's does",
                         defined->shown);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_naming_timestamp = {
    .id = "naming-timestamp",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_NAMING,
    .summary = "an instant or a date whose name doesn't say so",
    .danger = "A reader can't tell a date from an instant, or from what is no time at all.",
    .steps = {"End instants with _at, dates with _on or _date."},
    .check = check,
};
