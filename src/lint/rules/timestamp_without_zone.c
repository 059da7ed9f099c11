/* SPDX-License-Identifier: MIT */
/* Instants without their time zone. */
#include "lint/defined.h"
#include "lint/meaning.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    const MigType *type = &defined->column->type;

    if (!mig_lint_type_named(type, "timestamp without time zone") ||
        mig_name_ends(defined->name, "local"))
        return;
    MigFinding *finding =
        mig_lint_report_defined(ctx, mig_lint_severity(ctx), defined,
                                "%s doesn't say of which time zone it is", defined->shown);
    mig_lint_fix_type(ctx, finding, defined,
                      type->n_modifiers > 0
                          ? mig_lint_format(ctx, "timestamptz(%lld)", type->modifiers[0])
                          : "timestamptz");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_timestamp_without_zone = {
    .id = "timestamp-without-zone",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_YES,
    .summary = "a column of type timestamp without time zone",
    .danger = "The value says nothing of its zone: sessions in other zones read another instant, "
              "and hours are lost or doubled when clocks change.",
    .steps = {"Take timestamptz: it stores the instant, in as many bytes.",
              "If local time is meant, end its name with _local."},
    .manual = "PostgreSQL 18, \"Date/Time Types\", Time Stamps",
    .check = check,
};
