/* SPDX-License-Identifier: MIT */
/* What a statement reads, writes or locks of a large table, and for how long. */
#include "lint/queries.h"
#include "lint/rule.h"

#include <string.h>

static const char *
amount(MigLintContext *ctx, const MigTable *table)
{
    const MigTableSize *size = mig_sizes_find(ctx->review->sizes, table->schema, table->name);
    g_autofree char *bytes =
        g_format_size_full((guint64)MAX(size->bytes, 0), G_FORMAT_SIZE_DEFAULT);

    return mig_lint_format(ctx, "about %" G_GINT64_FORMAT " rows, %s", size->rows, bytes);
}

static const char *
duration(MigLintContext *ctx)
{
    int64_t ms = ctx->statement->duration_ms;

    if (ms < 0)
        return "";
    if (ms < 1000)
        return ", less than a second";
    return ms < 120000 ? mig_lint_format(ctx, ", roughly %" G_GINT64_FORMAT " s", ms / 1000)
                       : mig_lint_format(ctx, ", roughly %" G_GINT64_FORMAT " min", ms / 60000);
}

static bool
blocks_writes(const MigLintContext *ctx, const MigTable *table)
{
    const GArray *locks = ctx->statement->impact->locks;

    for (guint i = 0; i < locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(locks, MigRelationLock, i);

        if (!lock->index && strcmp(lock->name, table->name) == 0 &&
            g_strcmp0(lock->schema, table->schema) == 0)
            return lock->blocks_writes;
    }
    return false;
}

static void
judge(MigLintContext *ctx, const MigRelationRef *relation, const char *verb, bool rewrites)
{
    const MigName name = {.schema = relation->schema, .name = relation->name};
    const MigTable *table = mig_lint_table(ctx, &name);
    const MigPlace place = {.statement = ctx->statement, .table = &name};

    if (table == NULL || !mig_lint_is_large(ctx, table))
        return;
    if (!rewrites && mig_lint_rewrites(ctx, table))
        return;
    bool blocks = blocks_writes(ctx, table);
    mig_lint_report_at(ctx, blocks ? mig_lint_severity(ctx) : MIG_SEVERITY_INFO, place,
                       "%s all of %s (%s%s)%s", verb, mig_lint_table_name(ctx, table),
                       amount(ctx, table), duration(ctx), blocks ? ", while writes wait" : "");
}

static void
check_statement(MigLintContext *ctx)
{
    const MigImpact *impact = ctx->statement->impact;

    if (ctx->review->sizes == NULL)
        return;
    for (guint i = 0; i < impact->rewrites->len; i++)
        judge(ctx, &g_array_index(impact->rewrites, MigRelationRef, i), "writes anew", true);
    for (guint i = 0; i < impact->scans->len; i++)
        judge(ctx, &g_array_index(impact->scans, MigRelationRef, i), "reads", false);
}

const MigRule mig_rule_live_large_table = {
    .id = "live-large-table",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A large table that is read or written as a whole",
    .danger = "It takes as long as the table is large; whoever waits for its lock waits as long.",
    .steps = {"Do it when little is going on, with lock_timeout set.",
              "See `migrate plan` for what is held, and for how long."},
    .check_statement = check_statement,
};
