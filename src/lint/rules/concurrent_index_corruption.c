/* SPDX-License-Identifier: MIT */
/* PostgreSQL 14.0 to 14.3 build broken indexes concurrently. */
#include "lint/rule.h"

enum { FIRST_BROKEN = 140000, FIRST_MENDED = 140004 };

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (!change->concurrently ||
        (change->kind != MIG_CHANGE_CREATE_INDEX && change->kind != MIG_CHANGE_REINDEX))
        return;
    /* "14" that somebody configured isn't 14.0; what a server says is. */
    if (ctx->version < FIRST_BROKEN || ctx->version >= FIRST_MENDED ||
        (ctx->version == FIRST_BROKEN && ctx->review->sizes == NULL))
        return;
    mig_lint_report(ctx, change,
                    "PostgreSQL 14.%d may leave rows out of an index that it builds "
                    "concurrently",
                    ctx->version - FIRST_BROKEN);
}

const MigRule mig_rule_concurrent_index_corruption = {
    .id = "concurrent-index-corruption",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "An index built concurrently on PostgreSQL 14.0 to 14.3",
    .danger =
        "Rows that are written meanwhile may be missing in the index without a word: queries don't "
        "find them, and a unique index lets duplicates in.",
    .steps = {"Upgrade the server to 14.4 or later first.",
              "Look for broken indexes with pg_amcheck --heapallindexed."},
    .manual = "PostgreSQL 14, \"Release Notes\", Release 14.4",
    .check = check,
};
