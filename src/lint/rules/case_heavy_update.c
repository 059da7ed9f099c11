/* SPDX-License-Identifier: MIT */
/* An UPDATE that asks another table once for each row. */
#include "lint/queries.h"
#include "lint/rule.h"
#include "lint/data.h"

typedef struct {
    MigLintContext *ctx;
    const MigLintScope *scope;
    const MigName *target;
    const char *column; /* of the inner table, that is compared with the outer row */
    bool correlated;
} Search;

static bool
is_outer(const Search *search, const MigExpr *expr)
{
    return expr->kind == MIG_EXPR_COLUMN && !mig_lint_is_of_scope(search->ctx, search->scope, expr);
}

static bool
visit_condition(const MigExpr *expr, gpointer data)
{
    Search *search = data;

    if (expr->kind != MIG_EXPR_OPERATOR || g_strcmp0(expr->text, "=") != 0 || expr->n_args != 2)
        return true;
    for (size_t i = 0; i < 2; i++) {
        const MigExpr *inner = expr->args[1 - i];

        if (!is_outer(search, expr->args[i]) || inner->kind != MIG_EXPR_COLUMN ||
            is_outer(search, inner))
            continue;
        search->correlated = true;
        search->column = inner->name;
    }
    return true;
}

static bool
leads_index(const MigTable *table, const char *column)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);

        if (index->n_parts > 0 && g_strcmp0(index->parts[0].column, column) == 0)
            return true;
    }
    return false;
}

static void
judge(MigLintContext *ctx, const MigLintScope *outer, const MigExpr *expr)
{
    const MigQuery *query = expr->query;
    const MigLintScope scope = {.change = outer->change,
                                .query = query,
                                .from = query->from,
                                .n_from = query->n_from,
                                .ctes = query->ctes,
                                .n_ctes = query->n_ctes,
                                .outer = outer};
    Search search = {.ctx = ctx, .scope = &scope, .target = outer->target};

    if (query->n_from != 1 || query->where == NULL)
        return;
    mig_expr_walk(query->where, visit_condition, &search);

    const MigTable *inner = mig_lint_relation_table(ctx, &scope, &query->from[0]);
    if (!search.correlated || inner == NULL || inner->assumed || !inner->columns_known)
        return;

    const MigTable *target = mig_lint_table(ctx, outer->target);
    bool indexed = leads_index(inner, search.column);
    /* A search in an index for each row is fine, unless there are very many. */
    if (mig_lint_is_small(ctx, target) || (indexed && !mig_lint_is_large(ctx, target)) ||
        (!indexed && mig_lint_is_small(ctx, inner)))
        return;
    if (indexed)
        mig_lint_report_span(ctx, mig_lint_severity(ctx), outer, expr->span,
                             "%s is searched once for each row of %s",
                             mig_lint_table_name(ctx, inner), mig_lint_name(ctx, outer->target));
    else
        mig_lint_report_span(ctx, mig_lint_severity(ctx), outer, expr->span,
                             "%s is read as a whole for each row of %s, as it has no index on %s",
                             mig_lint_table_name(ctx, inner), mig_lint_name(ctx, outer->target),
                             search.column);
}

static bool
visit(MigLintContext *ctx, const MigLintScope *scope, const MigExpr *expr)
{
    bool update = scope->query == NULL && scope->outer == NULL && scope->target != NULL &&
                  scope->clause == MIG_LINT_CLAUSE_VALUE &&
                  scope->change->kind == MIG_CHANGE_UPDATE;

    if (update && expr->kind == MIG_EXPR_SUBQUERY && expr->query != NULL &&
        !mig_lint_made_here(ctx, scope->target) &&
        !mig_lint_is_pinned(ctx, scope->target, scope->change->expr, scope->change->query))
        judge(ctx, scope, expr);
    return true;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    static const MigLintQueryVisitor visitor = {.expr = visit};

    mig_lint_each_query(ctx, change, &visitor);
}

const MigRule mig_rule_case_heavy_update = {
    .id = "case-heavy-update",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "UPDATE with a subquery that is executed once for each row",
    .danger = "It takes as many searches as there are rows, while the rows that it has changed "
              "stay locked.",
    .steps =
        {"Join the tables, so that each is read once: UPDATE ... FROM (MySQL: UPDATE ... JOIN).",
         "Or add an index on what the subquery searches by, in a migration before."},
    .check = check,
    .check_body = check,
};
