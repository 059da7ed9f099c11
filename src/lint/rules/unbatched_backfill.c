/* SPDX-License-Identifier: MIT */
/* One statement that writes very many rows of a table in use. */
#include "lint/data.h"
#include "lint/rule.h"

#define DEFAULT_ROWS 100000

static MigSeverity
severity(const MigLintContext *ctx, const MigName *name)
{
    int64_t rows = mig_lint_rows(ctx, mig_lint_table(ctx, name));

    return rows > mig_lint_number(ctx, "backfill-rows", DEFAULT_ROWS) ? MIG_SEVERITY_ERROR
                                                                      : mig_lint_severity(ctx);
}

static const char *
describe(MigLintContext *ctx, const MigName *name)
{
    int64_t rows = mig_lint_rows(ctx, mig_lint_table(ctx, name));

    return rows >= 0 ? mig_lint_format(ctx, " (about %" G_GINT64_FORMAT " rows)", rows) : "";
}

static void
say_danger(const MigLintContext *ctx, MigFinding *finding)
{
    if (ctx->engine == MIG_ENGINE_SQLITE)
        mig_lint_danger(finding, "No other connection can write to the database until it commits.");
    else if (ctx->engine != MIG_ENGINE_POSTGRES)
        mig_lint_danger(
            finding, "The rows, and the gaps between them, are locked until the commit; undo grows "
                     "and replicas fall behind for as long as it took.");
}

static void
judge_insert(MigLintContext *ctx, const MigChange *change)
{
    const MigName *source = NULL;

    if (change->query == NULL || change->query->n_values > 0 ||
        !mig_lint_reads_old(ctx, change->query, &source))
        return;
    /* Nobody waits for a table that is being made; only MySQL locks the rows that it reads. */
    if (!mig_lint_is_old(ctx, &change->table) && (ctx->engine & MIG_ENGINE_MYSQL_FAMILY) == 0)
        return;

    const MigPlace place = {.statement = ctx->statement,
                            .span = change->span,
                            .table = source,
                            .nested = change->nested};
    say_danger(ctx, mig_lint_report_at(ctx, severity(ctx, source), place,
                                       "copying %s%s into %s is one long transaction%s",
                                       mig_lint_name(ctx, source), describe(ctx, source),
                                       mig_lint_name(ctx, &change->table),
                                       mig_lint_assuming(ctx, source)));
}

static void
judge(MigLintContext *ctx, const MigChange *change)
{
    if (mig_lint_is_backfill(ctx))
        return;
    if (change->kind == MIG_CHANGE_INSERT) {
        judge_insert(ctx, change);
        return;
    }
    if (change->kind != MIG_CHANGE_UPDATE && change->kind != MIG_CHANGE_DELETE)
        return;
    if (mig_lint_is_small(ctx, mig_lint_table(ctx, &change->table)) ||
        mig_lint_is_pinned(ctx, &change->table, change->expr, change->query))
        return;
    say_danger(ctx,
               mig_lint_report_as(ctx, severity(ctx, &change->table), change,
                                  "%s %s%s is one long transaction%s",
                                  change->kind == MIG_CHANGE_UPDATE ? "updating" : "deleting from",
                                  mig_lint_name(ctx, &change->table), describe(ctx, &change->table),
                                  mig_lint_assuming(ctx, &change->table)));
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_write(ctx, change, judge);
}

const MigRule mig_rule_unbatched_backfill = {
    .id = "unbatched-backfill",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DATA,
    .summary = "one statement that writes very many rows of a table in use",
    .danger =
        "All rows that it changes are locked until the commit; the table bloats, the log grows, "
        "and replicas fall behind for as long as it took.",
    .steps = {"Put -- migrate:backfill before it: it then runs over ranges of the key, each in a "
              "transaction of its own, and waits for replicas.",
              "Let WHERE leave out the rows that are done, so that it can be repeated."},
    .manual = "PostgreSQL 16, \"Populating a Database\"; MySQL 8.4, \"Locks Set by Different SQL "
              "Statements in InnoDB\"",
    .check = check,
};
