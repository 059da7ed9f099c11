/* SPDX-License-Identifier: MIT */
/* What expressions and queries mention, and which tables they read. */
#include <migrate/expression.h>

#include <migrate/change.h>
#include <string.h>

void
mig_expr_walk(const MigExpr *expr, MigExprVisit visit, gpointer data)
{
    if (expr == NULL || !visit(expr, data) || expr->n_args == 0)
        return;

    /* Not by recursion: a chain of operators is as deep as it is long. */
    g_autoptr(GPtrArray) left = g_ptr_array_new();

    for (;;) {
        for (size_t i = expr->n_args; i > 0; i--)
            g_ptr_array_add(left, expr->args[i - 1]);
        do {
            if (left->len == 0)
                return;
            expr = g_ptr_array_steal_index_fast(left, left->len - 1);
        } while (!visit(expr, data) || expr->n_args == 0);
    }
}

typedef struct {
    const char *column;
    bool found;
} Mention;

static bool
note_mention(const MigExpr *expr, gpointer data)
{
    Mention *mention = data;

    if (expr->kind == MIG_EXPR_COLUMN && g_ascii_strcasecmp(expr->name, mention->column) == 0)
        mention->found = true;
    return !mention->found;
}

bool
mig_expr_mentions(const MigExpr *expr, const char *column)
{
    Mention mention = {.column = column};

    mig_expr_walk(expr, note_mention, &mention);
    return mention.found;
}

/* The names that a WITH defines, and those of the queries round it. */
typedef struct Scope {
    const struct Scope *outer;
    const MigCte *ctes;
    size_t n_visible;
} Scope;

typedef struct {
    MigTableVisit visit;
    gpointer data;
    const Scope *scope;
} Search;

static void search_query(const Search *search, const MigQuery *query);

static bool
is_cte(const Scope *scope, const MigName *name)
{
    if (name->schema != NULL)
        return false;
    for (; scope != NULL; scope = scope->outer) {
        for (size_t i = 0; i < scope->n_visible; i++) {
            if (g_ascii_strcasecmp(scope->ctes[i].name, name->name) == 0)
                return true;
        }
    }
    return false;
}

static bool
search_node(const MigExpr *expr, gpointer data)
{
    if (expr->query != NULL)
        search_query(data, expr->query);
    return true;
}

static void
search_expr(const Search *search, const MigExpr *expr)
{
    mig_expr_walk(expr, search_node, (gpointer)search);
}

static void
search_exprs(const Search *search, MigExpr *const *exprs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        search_expr(search, exprs[i]);
}

static void
search_items(const Search *search, const MigItem *items, size_t n)
{
    for (size_t i = 0; i < n; i++)
        search_expr(search, items[i].value);
}

static void
search_relations(const Search *search, const MigRelation *relations, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const MigRelation *relation = &relations[i];

        if (relation->name.name != NULL && !is_cte(search->scope, &relation->name))
            search->visit(&relation->name, search->data);
        if (relation->query != NULL)
            search_query(search, relation->query);
        search_expr(search, relation->call);
        search_expr(search, relation->on);
    }
}

static void
search_change(const Search *search, const struct MigChange *change)
{
    search_relations(search, change->relations, change->n_relations);
    search_items(search, change->items, change->n_items);
    search_expr(search, change->expr);
    if (change->query != NULL)
        search_query(search, change->query);
}

/* A name of WITH is known to what follows it, and to itself if it is recursive. */
static void
search_ctes(const Search *search, Scope *scope)
{
    size_t n = scope->n_visible;
    Search inner = *search;

    inner.scope = scope;
    for (size_t i = 0; i < n; i++) {
        scope->n_visible = scope->ctes[i].recursive ? n : i;
        if (scope->ctes[i].query != NULL)
            search_query(&inner, scope->ctes[i].query);
        if (scope->ctes[i].change != NULL)
            search_change(&inner, scope->ctes[i].change);
    }
    scope->n_visible = n;
}

static void
search_arm(const Search *search, const MigQuery *query)
{
    search_items(search, query->targets, query->n_targets);
    search_relations(search, query->from, query->n_from);
    search_expr(search, query->where);
    search_exprs(search, query->group_by, query->n_group_by);
    search_expr(search, query->having);
    search_exprs(search, query->values, query->n_values);
    search_items(search, query->order_by, query->n_order_by);
    search_expr(search, query->limit);
    search_expr(search, query->offset);
}

static void
search_query(const Search *search, const MigQuery *query)
{
    Scope scope = {.outer = search->scope, .ctes = query->ctes, .n_visible = query->n_ctes};
    Search inner = *search;

    if (query->n_ctes > 0)
        search_ctes(search, &scope);
    inner.scope = &scope;
    search_arm(&inner, query);
    for (const MigQuery *arm = query->next; arm != NULL; arm = arm->next) {
        Scope own = {.outer = &scope, .ctes = arm->ctes, .n_visible = arm->n_ctes};
        Search in_arm = inner;

        if (arm->n_ctes > 0)
            search_ctes(&inner, &own);
        in_arm.scope = &own;
        search_arm(&in_arm, arm);
    }
}

void
mig_query_tables(const MigQuery *query, MigTableVisit visit, gpointer data)
{
    Search search = {.visit = visit, .data = data};

    if (query != NULL)
        search_query(&search, query);
}

void
mig_expr_tables(const MigExpr *expr, MigTableVisit visit, gpointer data)
{
    Search search = {.visit = visit, .data = data};

    search_expr(&search, expr);
}
