/* SPDX-License-Identifier: MIT */
/* Tables that a crash empties. */
#include "lint/defined.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigCreateTable *create = mig_lint_created(ctx, change);
    bool made = create != NULL && create->unlogged;

    if (made || (change->kind == MIG_CHANGE_SET_PERSISTENCE && !change->on && !ctx->down))
        mig_lint_report(ctx, change, "a crash empties %s", mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_unlogged_table = {
    .id = "unlogged-table",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .summary = "an unlogged table",
    .danger = "After a crash it is empty, and replicas never have its rows.",
    .steps = {"Leave out UNLOGGED, unless its rows can be made again."},
    .manual = "PostgreSQL 18, \"CREATE TABLE\", UNLOGGED",
    .check = check,
};
