/* SPDX-License-Identifier: MIT */
/* DELETE that reaches every row of a table. */
#include "lint/data.h"
#include "lint/rule.h"

static bool
is_unordered(const MigLintContext *ctx, const MigChange *change)
{
    return (ctx->engine & MIG_ENGINE_MYSQL_FAMILY) != 0 && change->query != NULL &&
           change->query->limit != NULL && change->query->n_order_by == 0;
}

static void
judge(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_DELETE || mig_lint_is_backfill(ctx) ||
        mig_lint_is_small(ctx, mig_lint_table(ctx, &change->table)))
        return;

    const char *name = mig_lint_name(ctx, &change->table);
    const char *assuming = mig_lint_assuming(ctx, &change->table);
    if (mig_lint_reaches_all(ctx, change))
        mig_lint_report(ctx, change, "deleting from %s without a condition removes every row%s",
                        name, assuming);
    else if (is_unordered(ctx, change) && mig_lint_is_always_true(ctx, change->expr))
        mig_lint_report_as(ctx, MIG_SEVERITY_WARNING, change,
                           "which rows of %s are deleted is left to chance%s", name, assuming);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_write(ctx, change, judge);
}

const MigRule mig_rule_delete_without_where = {
    .id = "delete-without-where",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DATA,
    .summary = "DELETE that reaches every row of a table",
    .danger = "Every row is gone; until the commit every row is locked, and triggers and foreign "
              "keys run for each.",
    .steps =
        {"Say which rows are meant, by WHERE.",
         "If all of them must go: take a backup, and say so by migrate:allow with the reason."},
    .manual = "PostgreSQL 16, \"DELETE\"; MySQL 8.4, \"DELETE Statement\"; SQLite, \"DELETE\"",
    .weaker = {"unbatched-backfill"},
    .check = check,
};
