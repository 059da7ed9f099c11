/* SPDX-License-Identifier: MIT */
/* Amounts of money in binary fractions. */
#include "lint/defined.h"
#include "lint/meaning.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    bool money = mig_name_means_money(defined->name);

    if (mig_lint_values(ctx, &defined->column->type) != MIG_VALUES_FLOAT)
        return;
    /* What else is measured may well be a float; of these only its owner knows. */
    if (!money && !mig_name_ends(defined->name, "discount credit debit budget payout commission"))
        return;
    MigFinding *finding =
        mig_lint_report_defined(ctx, money ? mig_lint_severity(ctx) : MIG_SEVERITY_INFO, defined,
                                "%s %s an amount of money, and its type can't hold cents exactly",
                                defined->shown, money ? "is" : "looks like");
    if (money && ctx->engine != MIG_ENGINE_SQLITE && !defined->column->type.is_unsigned)
        mig_lint_fix_type(ctx, finding, defined,
                          ctx->engine == MIG_ENGINE_POSTGRES ? "numeric(12,2)" : "decimal(12,2)");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_float_money = {
    .id = "float-money",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_YES,
    .summary = "an amount of money in a float column",
    .danger =
        "Binary fractions can't hold 0.10: sums drift by cents, and comparisons for equality fail.",
    .steps = {"Take numeric(12,2), or whole cents in a bigint.",
              "In SQLite, keep whole cents in an INTEGER."},
    .manual = "PostgreSQL 18, \"Numeric Types\", Floating-Point Types",
    .check = check,
};
