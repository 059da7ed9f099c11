/* SPDX-License-Identifier: MIT */
/* A comparison with NULL, which is never true. */
#include "lint/queries.h"
#include "lint/rule.h"

static bool
is_null(const MigExpr *expr)
{
    return expr->kind == MIG_EXPR_NULL ||
           (expr->kind == MIG_EXPR_CAST && expr->n_args == 1 && is_null(expr->args[0]));
}

static bool
is_equality(const MigExpr *expr)
{
    return expr->kind == MIG_EXPR_OPERATOR && expr->n_args == 2 &&
           (g_strcmp0(expr->text, "=") == 0 || g_strcmp0(expr->text, "<>") == 0 ||
            g_strcmp0(expr->text, "!=") == 0 || g_strcmp0(expr->text, "==") == 0);
}

typedef struct {
    const char *column;
    bool found;
} Mention;

static bool
visit_mention(const MigExpr *expr, gpointer data)
{
    Mention *mention = data;

    if (expr->kind == MIG_EXPR_IS_NULL || expr->kind == MIG_EXPR_OR)
        return false;
    if (expr->kind == MIG_EXPR_COLUMN && g_strcmp0(expr->name, mention->column) == 0)
        mention->found = true;
    return true;
}

/* Any other condition on the column keeps its NULLs out. */
static bool
filters(const MigQuery *query, const char *column)
{
    Mention mention = {.column = column};

    if (query->where != NULL)
        mig_expr_walk(query->where, visit_mention, &mention);
    for (size_t i = 0; i < query->n_from; i++) {
        if (query->from[i].on != NULL)
            mig_expr_walk(query->from[i].on, visit_mention, &mention);
    }
    return mention.found;
}

static void
judge_subquery(MigLintContext *ctx, const MigLintScope *outer, const MigExpr *expr)
{
    const MigQuery *query = expr->query;
    const MigLintScope scope = {.change = outer->change,
                                .query = query,
                                .from = query->from,
                                .n_from = query->n_from,
                                .ctes = query->ctes,
                                .n_ctes = query->n_ctes,
                                .outer = outer};
    const MigTableColumn *column = NULL;

    if (query->n_targets != 1 || query->next != NULL || query->targets[0].value == NULL ||
        query->targets[0].value->kind != MIG_EXPR_COLUMN)
        return;

    const MigName *name = mig_lint_resolve(ctx, &scope, query->targets[0].value, &column);
    if (column == NULL || !column->not_null_known || column->not_null ||
        filters(query, column->name))
        return;
    MigFinding *finding =
        mig_lint_report_span(ctx, MIG_SEVERITY_WARNING, outer, expr->span,
                             "NOT IN is never true once %s.%s, which may be NULL, has one",
                             mig_lint_name(ctx, name), column->name);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding,
                  "NOT EXISTS (SELECT 1 FROM %s WHERE ...), or leave the NULLs out: WHERE %s "
                  "IS NOT NULL.",
                  mig_lint_name(ctx, name), column->name);
}

static void
judge_list(MigLintContext *ctx, const MigLintScope *scope, const MigExpr *expr)
{
    for (size_t i = 1; i < expr->n_args; i++) {
        if (!is_null(expr->args[i]))
            continue;
        mig_lint_report_span(ctx, mig_lint_severity(ctx), scope, expr->span,
                             "NOT IN is never true with a NULL in its list");
        return;
    }
}

static bool
visit(MigLintContext *ctx, const MigLintScope *scope, const MigExpr *expr)
{
    if (is_equality(expr) && (is_null(expr->args[0]) || is_null(expr->args[1])))
        mig_lint_report_span(ctx, mig_lint_severity(ctx), scope, expr->span,
                             "a comparison with NULL by %s is never true", expr->text);
    if (expr->kind == MIG_EXPR_NOT_IN && expr->query != NULL)
        judge_subquery(ctx, scope, expr);
    else if (expr->kind == MIG_EXPR_NOT_IN)
        judge_list(ctx, scope, expr);
    return true;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    static const MigLintQueryVisitor visitor = {.expr = visit};

    mig_lint_each_query(ctx, change, &visitor);
}

const MigRule mig_rule_equals_null = {
    .id = "equals-null",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A comparison with NULL, which is never true",
    .danger =
        "The condition is neither true nor false: no row is found, and a CHECK keeps nothing out.",
    .steps = {"Write IS NULL or IS NOT NULL; IS DISTINCT FROM (MySQL: <=>) compares with what may "
              "be NULL."},
    .manual = "PostgreSQL 16, \"Comparison Functions and Operators\"; MySQL 8.0, \"Working with "
              "NULL Values\"",
    .check = check,
    .check_body = check,
};
