/* SPDX-License-Identifier: MIT */
/* A stored generated column that gets another expression. */
#include "lint/action.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_SET_EXPRESSION || !mig_lint_action_rewrites(ctx, change))
        return;
    mig_lint_report(ctx, change, "%s is computed anew for every row: all of %s is written anew",
                    mig_lint_name(ctx, &change->name), mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_set_generated_expression = {
    .id = "set-generated-expression",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_NO,
    .summary = "SET EXPRESSION on a stored generated column",
    .danger =
        "AccessExclusiveLock while the table and all of its indexes are written anew: reads and "
        "writes wait.",
    .steps = {"Add a new column with the new expression beside it, VIRTUAL where there is one.",
              "Let the readers use it; drop the old one in a later release."},
    .manual = "PostgreSQL 17, \"ALTER TABLE\", SET EXPRESSION AS",
    .check = check,
};
