/* SPDX-License-Identifier: MIT */
/* ALTER TYPE ... ADD VALUE in a transaction, before PostgreSQL 12. */
#include "lint/rule.h"
#include "lint/within.h"

static bool
has_company(const MigLintContext *ctx)
{
    return ctx->step->step->units->len > 1;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_ADD_ENUM_VALUE || ctx->version == 0 || ctx->version >= 120000)
        return;
    if (mig_lint_in_transaction(ctx))
        mig_lint_report(ctx, change, "before PostgreSQL 12 %s gets no new value in a transaction",
                        mig_lint_name(ctx, &change->name));
    else if (has_company(ctx))
        mig_lint_report_as(
            ctx, MIG_SEVERITY_INFO, change, "%s",
            "this runs outside of the transaction: the file isn't done as a whole or "
            "not at all");
}

const MigRule mig_rule_enum_value_in_transaction = {
    .id = "enum-value-in-transaction",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "ALTER TYPE ... ADD VALUE in a transaction, before PostgreSQL 12",
    .danger = "The server refuses the statement, and the migration stops there.",
    .steps = {"Put it into a migration of its own, without BEGIN."},
    .manual = "PostgreSQL 11, \"ALTER TYPE\", Notes",
    .check = check,
};
