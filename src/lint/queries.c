/* SPDX-License-Identifier: MIT */
/* Every query and expression that a change has, and the tables that their columns are of. */
#include "lint/queries.h"

#include "lint/within.h"

#include <string.h>

#define LARGE_TABLE 100000

typedef struct {
    MigLintContext *ctx;
    const MigLintQueryVisitor *visitor;
    const MigLintScope *scope;
} Walk;

static void walk_query(Walk *walk, const MigQuery *query, const MigLintScope *outer, bool exists);
static void walk_change(Walk *walk, const MigChange *change, const MigLintScope *outer);

static bool
visit_expr(const MigExpr *expr, gpointer data)
{
    Walk *walk = data;

    if (walk->visitor->expr != NULL && !walk->visitor->expr(walk->ctx, walk->scope, expr))
        return false;
    if (expr->query != NULL)
        walk_query(walk, expr->query, walk->scope, expr->kind == MIG_EXPR_EXISTS);
    return true;
}

static void
walk_expr(Walk *walk, MigLintScope *scope, MigLintClause clause, const MigExpr *expr)
{
    const MigLintScope *before = walk->scope;

    if (expr == NULL)
        return;
    scope->clause = clause;
    walk->scope = scope;
    mig_expr_walk(expr, visit_expr, walk);
    walk->scope = before;
}

static void
walk_items(Walk *walk, MigLintScope *scope, MigLintClause clause, const MigItem *items, size_t n)
{
    for (size_t i = 0; i < n; i++)
        walk_expr(walk, scope, clause, items[i].value);
}

static void
walk_from(Walk *walk, MigLintScope *scope, const MigRelation *from, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (from[i].query != NULL)
            walk_query(walk, from[i].query, scope, false);
        walk_expr(walk, scope, MIG_LINT_CLAUSE_VALUE, from[i].call);
        walk_expr(walk, scope, MIG_LINT_CLAUSE_FILTER, from[i].on);
    }
}

static void
walk_ctes(Walk *walk, MigLintScope *scope, const MigCte *ctes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (ctes[i].query != NULL)
            walk_query(walk, ctes[i].query, scope, false);
        if (ctes[i].change != NULL)
            walk_change(walk, ctes[i].change, scope);
    }
}

static void
walk_arm(Walk *walk, const MigQuery *query, MigLintScope *scope)
{
    if (walk->visitor->query != NULL)
        walk->visitor->query(walk->ctx, scope);
    walk_from(walk, scope, query->from, query->n_from);
    walk_items(walk, scope, MIG_LINT_CLAUSE_VALUE, query->targets, query->n_targets);
    walk_expr(walk, scope, MIG_LINT_CLAUSE_FILTER, query->where);
    for (size_t i = 0; i < query->n_group_by; i++)
        walk_expr(walk, scope, MIG_LINT_CLAUSE_VALUE, query->group_by[i]);
    walk_expr(walk, scope, MIG_LINT_CLAUSE_FILTER, query->having);
    walk_items(walk, scope, MIG_LINT_CLAUSE_ORDER, query->order_by, query->n_order_by);
    for (size_t i = 0; i < query->n_values; i++)
        walk_expr(walk, scope, MIG_LINT_CLAUSE_VALUE, query->values[i]);
    walk_expr(walk, scope, MIG_LINT_CLAUSE_VALUE, query->limit);
    walk_expr(walk, scope, MIG_LINT_CLAUSE_VALUE, query->offset);
}

/* What WITH defines is known in all arms of the UNION behind it. */
static void
walk_query(Walk *walk, const MigQuery *query, const MigLintScope *outer, bool exists)
{
    MigLintScope with = {.change = outer->change,
                         .use = outer->use,
                         .query = query,
                         .ctes = query->ctes,
                         .n_ctes = query->n_ctes,
                         .outer = outer};

    walk_ctes(walk, &with, query->ctes, query->n_ctes);
    for (const MigQuery *arm = query; arm != NULL; arm = arm->next) {
        MigLintScope scope = with;

        scope.query = arm;
        scope.from = arm->from;
        scope.n_from = arm->n_from;
        scope.exists = exists;
        walk_arm(walk, arm, &scope);
    }
}

static MigLintUse
use_of(const MigChange *change)
{
    if (change->in_body)
        return MIG_LINT_OF_ROUTINE;
    switch ((int)change->kind) {
    case MIG_CHANGE_CREATE_VIEW:
    case MIG_CHANGE_CREATE_MATERIALIZED_VIEW:
        return MIG_LINT_OF_VIEW;
    case MIG_CHANGE_INSERT:
    case MIG_CHANGE_UPDATE:
    case MIG_CHANGE_DELETE:
    case MIG_CHANGE_MERGE:
    case MIG_CHANGE_CREATE_TABLE:
        return MIG_LINT_OF_DATA;
    case MIG_CHANGE_ADD_CONSTRAINT:
    case MIG_CHANGE_ADD_COLUMN:
    case MIG_CHANGE_MODIFY_COLUMN:
    case MIG_CHANGE_CREATE_POLICY:
    case MIG_CHANGE_ALTER_POLICY:
    case MIG_CHANGE_CREATE_TRIGGER:
    case MIG_CHANGE_CREATE_INDEX:
    case MIG_CHANGE_CREATE_DOMAIN:
    case MIG_CHANGE_ALTER_DOMAIN:
        return MIG_LINT_OF_RULE;
    default:
        return MIG_LINT_OF_READ;
    }
}

static void
walk_constraints(Walk *walk, MigLintScope *scope, const MigConstraint *constraints, size_t n)
{
    for (size_t i = 0; i < n; i++)
        walk_expr(walk, scope, MIG_LINT_CLAUSE_FILTER, constraints[i].expr);
}

static void
walk_column(Walk *walk, MigLintScope *scope, const MigColumn *column)
{
    walk_constraints(walk, scope, column->constraints, column->n_constraints);
    walk_expr(walk, scope, MIG_LINT_CLAUSE_VALUE, column->default_value);
    walk_expr(walk, scope, MIG_LINT_CLAUSE_VALUE, column->generated_as);
}

/* The conditions that a table is given. */
static void
walk_definition(Walk *walk, MigLintScope *scope, const MigChange *change)
{
    MigLintScope rule = *scope;

    rule.use = MIG_LINT_OF_RULE;
    if (change->create_table != NULL) {
        const MigCreateTable *table = change->create_table;

        for (size_t i = 0; i < table->n_columns; i++)
            walk_column(walk, &rule, &table->columns[i]);
        walk_constraints(walk, &rule, table->constraints, table->n_constraints);
        if (table->query != NULL)
            walk_query(walk, table->query, scope, false);
    }
    if (change->column != NULL)
        walk_column(walk, &rule, change->column);
    if (change->constraint != NULL)
        walk_constraints(walk, &rule, change->constraint, 1);
    if (change->index != NULL)
        walk_expr(walk, &rule, MIG_LINT_CLAUSE_FILTER, change->index->where);
}

static void
walk_change(Walk *walk, const MigChange *change, const MigLintScope *outer)
{
    bool of_table = change->table.name != NULL && change->kind != MIG_CHANGE_INSERT &&
                    change->kind != MIG_CHANGE_CREATE_VIEW &&
                    change->kind != MIG_CHANGE_CREATE_MATERIALIZED_VIEW &&
                    change->create_table == NULL;
    MigLintScope scope = {
        .change = outer != NULL ? outer->change : change,
        .use = outer != NULL ? outer->use : use_of(change),
        .target = of_table ? &change->table : NULL,
        .from = change->relations,
        .n_from = change->n_relations,
        .ctes = change->ctes,
        .n_ctes = change->n_ctes,
        .outer = outer,
    };

    walk_ctes(walk, &scope, change->ctes, change->n_ctes);
    walk_from(walk, &scope, change->relations, change->n_relations);
    walk_definition(walk, &scope, change);
    if (change->query != NULL)
        walk_query(walk, change->query, &scope, false);
    walk_items(walk, &scope, MIG_LINT_CLAUSE_VALUE, change->items, change->n_items);
    bool filters = change->kind == MIG_CHANGE_UPDATE || change->kind == MIG_CHANGE_DELETE ||
                   change->kind == MIG_CHANGE_MERGE || change->kind == MIG_CHANGE_CREATE_POLICY ||
                   change->kind == MIG_CHANGE_ALTER_POLICY ||
                   change->kind == MIG_CHANGE_CREATE_TRIGGER;
    walk_expr(walk, &scope, filters ? MIG_LINT_CLAUSE_FILTER : MIG_LINT_CLAUSE_VALUE, change->expr);
    walk_expr(walk, &scope, MIG_LINT_CLAUSE_FILTER, change->check);
}

void
mig_lint_each_query(MigLintContext *ctx, const MigChange *change,
                    const MigLintQueryVisitor *visitor)
{
    Walk walk = {.ctx = ctx, .visitor = visitor};
    bool data = change->kind == MIG_CHANGE_INSERT || change->kind == MIG_CHANGE_UPDATE ||
                change->kind == MIG_CHANGE_DELETE || change->kind == MIG_CHANGE_MERGE ||
                change->kind == MIG_CHANGE_SELECT;

    if (data && g_strcmp0(change->text, "explain") == 0)
        return;
    walk_change(&walk, change, NULL);
}

static bool
is_cte(const MigLintScope *scope, const char *name)
{
    for (; scope != NULL; scope = scope->outer) {
        for (size_t i = 0; i < scope->n_ctes; i++) {
            if (g_strcmp0(scope->ctes[i].name, name) == 0)
                return true;
        }
    }
    return false;
}

bool
mig_lint_is_stored(const MigLintScope *scope, const MigRelation *relation)
{
    return relation->name.name != NULL && relation->query == NULL && relation->call == NULL &&
           (relation->name.schema != NULL || !is_cte(scope, relation->name.name));
}

const MigTable *
mig_lint_relation_table(const MigLintContext *ctx, const MigLintScope *scope,
                        const MigRelation *relation)
{
    return mig_lint_is_stored(scope, relation) ? mig_lint_table(ctx, &relation->name) : NULL;
}

bool
mig_lint_is_large(const MigLintContext *ctx, const MigTable *table)
{
    return mig_lint_rows(ctx, table) >= mig_lint_number(ctx, "large-table", LARGE_TABLE);
}

bool
mig_lint_speed_matters(const MigLintContext *ctx, const MigLintScope *scope, const MigTable *table)
{
    if (table == NULL)
        return false;
    if (mig_lint_is_kept(scope))
        return !mig_lint_is_small(ctx, table) && !table->temporary;
    return scope->use == MIG_LINT_OF_DATA && mig_lint_is_large(ctx, table);
}

/* Whether the relation has, or may have, a column of that name. */
static bool
may_have(const MigLintContext *ctx, const MigLintScope *scope, const MigRelation *relation,
         const char *column)
{
    const MigTable *table = mig_lint_relation_table(ctx, scope, relation);

    return table == NULL || !table->columns_known || table->assumed ||
           mig_table_column(table, column) != NULL;
}

static bool
is_called(const MigLintContext *ctx, const MigRelation *relation, const char *qualifier)
{
    return mig_lint_same_word(ctx, relation->alias != NULL ? relation->alias : relation->name.name,
                              qualifier);
}

/* How many relations of the scope the column may be of; @out_name: the last of them. */
static size_t
count_owners(const MigLintContext *ctx, const MigLintScope *scope, const MigExpr *column,
             const MigName **out_name)
{
    size_t n = 0;

    for (size_t i = 0; i < scope->n_from; i++) {
        const MigRelation *relation = &scope->from[i];

        if (column->schema != NULL ? !is_called(ctx, relation, column->schema)
                                   : !may_have(ctx, scope, relation, column->name))
            continue;
        n++;
        *out_name = mig_lint_is_stored(scope, relation) ? &relation->name : NULL;
    }
    if (scope->target == NULL)
        return n;

    const MigRelation target = {.name = *scope->target};
    /* The target's alias isn't kept: a qualifier that nothing else has is it. */
    if (column->schema != NULL ? n == 0 : may_have(ctx, scope, &target, column->name)) {
        n++;
        *out_name = scope->target;
    }
    return n;
}

bool
mig_lint_is_of_scope(const MigLintContext *ctx, const MigLintScope *scope, const MigExpr *column)
{
    const MigName *name = NULL;

    return count_owners(ctx, scope, column, &name) > 0;
}

const MigName *
mig_lint_resolve(const MigLintContext *ctx, const MigLintScope *scope, const MigExpr *column,
                 const MigTableColumn **out_column)
{
    const MigName *name = NULL;

    if (out_column != NULL)
        *out_column = NULL;
    /* A trigger's row is no table's. */
    if (column->schema != NULL && (g_ascii_strcasecmp(column->schema, "new") == 0 ||
                                   g_ascii_strcasecmp(column->schema, "old") == 0))
        return NULL;
    for (; scope != NULL; scope = scope->outer) {
        size_t n = count_owners(ctx, scope, column, &name);

        if (n > 1)
            return NULL;
        if (n == 1)
            break;
    }
    if (scope == NULL || name == NULL)
        return NULL;
    if (out_column != NULL)
        *out_column = mig_lint_column(ctx, name, column->name);
    return name;
}

static bool
visit_constant(const MigExpr *expr, gpointer data)
{
    bool *constant = data;

    if (expr->kind == MIG_EXPR_COLUMN || expr->kind == MIG_EXPR_STAR || expr->query != NULL)
        *constant = false;
    return *constant;
}

bool
mig_lint_is_constant(const MigExpr *expr)
{
    bool constant = true;

    mig_expr_walk(expr, visit_constant, &constant);
    return constant;
}

MigFinding *
mig_lint_report_span(MigLintContext *ctx, MigSeverity severity, const MigLintScope *scope,
                     MigSpan span, const char *format, ...)
{
    va_list args;
    const MigPlace place = {
        .statement = ctx->statement,
        .span = mig_lint_span(span, scope->change->span),
        .nested = scope->change->nested,
    };

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    return mig_lint_report_at(ctx, severity, place, "%s", message);
}
