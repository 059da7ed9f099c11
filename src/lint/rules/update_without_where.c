/* SPDX-License-Identifier: MIT */
/* UPDATE that reaches every row of a table. */
#include "lint/data.h"
#include "lint/rule.h"

static const char *
list_columns(MigLintContext *ctx, const MigChange *change)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (size_t i = 0; i < change->n_items; i++) {
        const char *column = change->items[i].column;
        if (column != NULL && !g_ptr_array_find_with_equal_func(names, column, g_str_equal, NULL))
            g_ptr_array_add(names, (gpointer)(uintptr_t)column);
    }
    return names->len > 0 ? mig_lint_list(ctx, (const char *const *)names->pdata, names->len)
                          : "columns";
}

static bool
is_unordered(const MigLintContext *ctx, const MigChange *change)
{
    return (ctx->engine & MIG_ENGINE_MYSQL_FAMILY) != 0 && change->query != NULL &&
           change->query->limit != NULL && change->query->n_order_by == 0;
}

static void
judge(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_UPDATE || mig_lint_is_backfill(ctx) ||
        mig_lint_is_small(ctx, mig_lint_table(ctx, &change->table)) ||
        mig_lint_fills_new_columns(ctx, change))
        return;

    const char *name = mig_lint_name(ctx, &change->table);
    const char *assuming = mig_lint_assuming(ctx, &change->table);
    if (mig_lint_reaches_all(ctx, change))
        mig_lint_report(ctx, change, "updating %s without a condition overwrites %s in every row%s",
                        name, list_columns(ctx, change), assuming);
    else if (is_unordered(ctx, change) && mig_lint_is_always_true(ctx, change->expr))
        mig_lint_report_as(ctx, MIG_SEVERITY_WARNING, change,
                           "which rows of %s are updated is left to chance%s", name, assuming);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_write(ctx, change, judge);
}

const MigRule mig_rule_update_without_where = {
    .id = "update-without-where",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DATA,
    .summary = "UPDATE that reaches every row of a table",
    .danger = "The old values of every row are gone; every row is locked until the commit, and "
              "written anew.",
    .steps =
        {"Say which rows are meant: WHERE, with the old value or IS NULL, so that it can be "
         "repeated.",
         "Put -- migrate:backfill before it: it then runs in batches, each in a transaction of "
         "its own."},
    .manual = "PostgreSQL 16, \"UPDATE\"; MySQL 8.4, \"UPDATE Statement\"; SQLite, \"UPDATE\"",
    .weaker = {"unbatched-backfill"},
    .check = check,
};
