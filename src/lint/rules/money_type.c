/* SPDX-License-Identifier: MIT */
/* The type money, whose currency is a setting. */
#include "lint/defined.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    if (!mig_lint_type_named(&defined->column->type, "money"))
        return;
    MigFinding *finding =
        mig_lint_report_defined(ctx, mig_lint_severity(ctx), defined,
                                "what %s means depends on lc_monetary", defined->shown);
    mig_lint_fix_type(ctx, finding, defined, "numeric(12,2)");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_money_type = {
    .id = "money-type",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_YES,
    .summary = "a column of type money",
    .danger = "Currency and the number of decimals follow lc_monetary: a dump read under another "
              "locale gives other amounts.",
    .steps = {"Take numeric(12,2), and keep the currency in a column of its own."},
    .manual = "PostgreSQL 18, \"Monetary Types\"",
    .check = check,
};
