/* SPDX-License-Identifier: MIT */
/* CREATE INDEX CONCURRENTLY IF NOT EXISTS takes a half-built index for a whole one. */
#include "lint/action.h"
#include "lint/edit.h"
#include "lint/rule.h"

#include <string.h>

static bool
is_dropped_before(const MigLintContext *ctx, const char *index)
{
    const GPtrArray *statements = ctx->step->statements;

    for (guint i = 0; i < statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(statements, i);
        for (size_t j = 0; j < statement->changes->n_changes; j++) {
            const MigChange *change = &statement->changes->changes[j];
            if (change->kind == MIG_CHANGE_DROP_INDEX && change->name.name != NULL &&
                strcmp(change->name.name, index) == 0)
                return true;
        }
    }
    return false;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *index = change->kind == MIG_CHANGE_CREATE_INDEX ? change->index->name.name : NULL;

    if (index == NULL || !change->concurrently || !change->if_not_exists ||
        is_dropped_before(ctx, index))
        return;

    /* Our runner drops what a failed run has left; another tool, or a hand, doesn't. */
    MigFinding *finding = mig_lint_report_as(
        ctx, MIG_SEVERITY_INFO, change,
        "IF NOT EXISTS takes what a failed build of %s leaves for the index", index);
    const char *written = mig_lint_written(ctx, &change->index->name);
    if (finding == NULL || written == NULL || change->table.schema != NULL ||
        !mig_lint_can_leave_transaction(ctx, change))
        return;
    g_autofree char *drop = g_strdup_printf("DROP INDEX CONCURRENTLY IF EXISTS %s;\n", written);
    mig_lint_fix(ctx, finding, (MigSpan){0, 0}, drop);
}

const MigRule mig_rule_concurrent_index_leftover = {
    .id = "concurrent-index-leftover",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_YES,
    .summary = "CREATE INDEX CONCURRENTLY IF NOT EXISTS",
    .danger = "A build that fails leaves an invalid index of that name: no query uses it and every "
              "write pays for it, while the next attempt skips it and succeeds.",
    .steps =
        {"DROP INDEX CONCURRENTLY IF EXISTS of the same name before it, or leave IF NOT EXISTS "
         "out: the runner drops what a failed run of its own has left.",
         "Look at pg_index.indisvalid afterwards."},
    .manual = "PostgreSQL 16, \"CREATE INDEX\", Building Indexes Concurrently",
    .check = check,
};
