/* SPDX-License-Identifier: MIT */
/* Rows that a replica may fill with other values. */
#include "lint/data.h"
#include "lint/rule.h"

typedef struct {
    const char *found;
} Search;

static bool
find_call(const MigExpr *expr, gpointer data)
{
    static const char *const functions[] = {"uuid",         "uuid_short",  "rand",      "sysdate",
                                            "user",         "found_rows",  "row_count", "load_file",
                                            "session_user", "system_user", NULL};
    Search *search = data;
    g_autofree char *name =
        expr->kind == MIG_EXPR_CALL && expr->name != NULL ? g_ascii_strdown(expr->name, -1) : NULL;

    if (name != NULL && search->found == NULL && g_strv_contains(functions, name))
        search->found = expr->name;
    return search->found == NULL;
}

static void
look_into(const MigQuery *query, Search *search)
{
    for (size_t i = 0; i < query->n_targets && query->targets[i].value != NULL; i++)
        mig_expr_walk(query->targets[i].value, find_call, search);
    for (size_t i = 0; i < query->n_values; i++)
        mig_expr_walk(query->values[i], find_call, search);
    for (size_t i = 0; i < query->n_order_by && query->order_by[i].value != NULL; i++)
        mig_expr_walk(query->order_by[i].value, find_call, search);
    if (query->where != NULL)
        mig_expr_walk(query->where, find_call, search);
}

static void
judge(MigLintContext *ctx, const MigChange *change)
{
    Search search = {0};
    const MigQuery *query = change->query;
    const char *name = mig_lint_name(ctx, &change->table);

    for (size_t i = 0; i < change->n_items; i++) {
        if (change->items[i].value != NULL)
            mig_expr_walk(change->items[i].value, find_call, &search);
    }
    if (change->expr != NULL)
        mig_expr_walk(change->expr, find_call, &search);
    if (query != NULL)
        look_into(query, &search);
    if (search.found != NULL)
        mig_lint_report(ctx, change, "%s() gives another value on a replica of %s", search.found,
                        name);
    else if (query != NULL && query->limit != NULL && query->n_order_by == 0 &&
             (change->kind == MIG_CHANGE_INSERT || !mig_lint_is_always_true(ctx, change->expr)))
        mig_lint_report(ctx, change,
                        "LIMIT without ORDER BY may take other rows on a replica of %s", name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_write(ctx, change, judge);
}

const MigRule mig_rule_nondeterministic_data = {
    .id = "nondeterministic-data",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_SOURCE,
    .summary = "rows that a replica may fill with other values",
    .danger =
        "Where the binary log has statements, and not rows, replicas execute it again and differ "
        "from then on.",
    .steps = {"Compute the values once: write them out, or take them from a column.",
              "With LIMIT, give an ORDER BY that leaves no choice.",
              "Or see to it that binlog_format is ROW."},
    .manual = "MySQL 8.4, \"Determination of Safe and Unsafe Statements in Binary Logging\"",
    .check = check,
};
