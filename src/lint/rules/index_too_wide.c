/* SPDX-License-Identifier: MIT */
/* Indexes of many columns. */
#include "lint/rule.h"

#include <string.h>

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind == MIG_CHANGE_CREATE_INDEX && change->index != NULL && !ctx->down &&
        !change->index->unique && change->index->n_parts > 3 &&
        (change->index->method == NULL || strcmp(change->index->method, "btree") == 0))
        mig_lint_report(ctx, change, "an index of %s has %zu columns",
                        mig_lint_name(ctx, &change->table), change->index->n_parts);
}

const MigRule mig_rule_index_too_wide = {
    .id = "index-too-wide",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .summary = "an index of more than three columns",
    .danger =
        "It is large, each write pays for it, and only queries that name its first columns use it.",
    .steps = {"Keep the columns that pick most; on PostgreSQL put those that are only read into "
              "INCLUDE."},
    .check = check,
};
