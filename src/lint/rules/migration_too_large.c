/* SPDX-License-Identifier: MIT */
/* A migration of very many statements. */
#include "lint/rule.h"

#define DEFAULT_STATEMENTS 50

static void
check(MigLintContext *ctx)
{
    int64_t most = mig_lint_number(ctx, "max-statements", DEFAULT_STATEMENTS);
    guint n = ctx->step->statements->len;

    if (!ctx->down && n > most)
        mig_lint_report_at(ctx, mig_lint_severity(ctx), (MigPlace){0},
                           "the migration has %u statements, more than %" G_GINT64_FORMAT, n, most);
}

const MigRule mig_rule_migration_too_large = {
    .id = "migration-too-large",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_SOURCE,
    .summary = "a migration of very many statements",
    .danger =
        "Nobody reviews all of it with care; its locks are held together, and it is reverted as a "
        "whole or not at all.",
    .steps = {"Split it, a feature or a table at a time.", "Or set max-statements in [lint]."},
    .check_end = check,
};
