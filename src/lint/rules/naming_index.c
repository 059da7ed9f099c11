/* SPDX-License-Identifier: MIT */
/* Indexes whose names don't say whose they are. */
#include "lint/defined.h"
#include "lint/naming.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_CREATE_INDEX || change->index == NULL || ctx->down ||
        change->index->name.name == NULL || change->table.name == NULL || change->index->unique)
        return;
    if (!mig_lint_name_fits(ctx, change->index->name.name, "idx_", change->table.name))
        mig_lint_report_part(ctx, mig_lint_naming_severity(ctx), change, change->index->name.span,
                             "the index %s doesn't say that it is of %s", change->index->name.name,
                             mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_naming_index = {
    .id = "naming-index",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_NAMING,
    .summary = "an index whose name doesn't say its table",
    .danger = "Whoever reads it has to look up what it belongs to.",
    .steps = {"Call it idx_{table}_{columns}."},
    .check = check,
};
