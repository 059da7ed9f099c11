/* SPDX-License-Identifier: MIT */
/* count(*) of a large table. */
#include "lint/queries.h"
#include "lint/rule.h"

static bool
is_count(const MigExpr *expr)
{
    return expr != NULL && expr->kind == MIG_EXPR_CALL && expr->name != NULL &&
           g_ascii_strcasecmp(expr->name, "count") == 0 && !expr->distinct && expr->n_args <= 1 &&
           (expr->n_args == 0 || expr->args[0]->kind == MIG_EXPR_STAR ||
            expr->args[0]->kind == MIG_EXPR_LITERAL);
}

static void
visit(MigLintContext *ctx, const MigLintScope *scope)
{
    const MigQuery *query = scope->query;

    if (!mig_lint_is_kept(scope) || query->n_from != 1 || query->where != NULL ||
        query->n_group_by > 0)
        return;

    const MigTable *table = mig_lint_relation_table(ctx, scope, &query->from[0]);
    if (table == NULL || !mig_lint_is_large(ctx, table))
        return;
    for (size_t i = 0; i < query->n_targets; i++) {
        if (is_count(query->targets[i].value))
            mig_lint_report_span(ctx, mig_lint_severity(ctx), scope, query->targets[i].value->span,
                                 "count(*) reads all of %s, about %" G_GINT64_FORMAT " rows",
                                 mig_lint_table_name(ctx, table), mig_lint_rows(ctx, table));
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    static const MigLintQueryVisitor visitor = {.query = visit};

    mig_lint_each_query(ctx, change, &visitor);
}

const MigRule mig_rule_count_all = {
    .id = "count-all",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "count(*) of a large table in a view or a function",
    .danger = "No engine keeps that number for a table in use: each call reads a whole index, or "
              "the table.",
    .steps = {"Take the estimate of the statistics where that will do: pg_class.reltuples, "
              "information_schema.tables.",
              "Or keep a counter that triggers, or the application, bring up to date."},
    .check = check,
    .check_body = check,
};
