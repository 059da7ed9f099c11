/* SPDX-License-Identifier: MIT */
/* What a statement writes into rows that are there, and how many of them. */
#include "lint/data.h"

#include "schema/store.h"

#include <string.h>

/* So many keys in a list, or between two of them, are few. */
#define FEW_KEYS 1000
#define FEW_ROWS 10000

static bool
writes_rows(const MigChange *change)
{
    if (g_strcmp0(change->text, "explain") == 0)
        return false;
    if (change->kind == MIG_CHANGE_COPY)
        return change->on;
    return change->kind == MIG_CHANGE_INSERT || change->kind == MIG_CHANGE_UPDATE ||
           change->kind == MIG_CHANGE_DELETE || change->kind == MIG_CHANGE_MERGE;
}

static void
visit_ctes(MigLintContext *ctx, const MigCte *ctes, size_t n, MigLintWriteFunc func)
{
    for (size_t i = 0; i < n; i++) {
        if (ctes[i].change != NULL && writes_rows(ctes[i].change))
            func(ctx, ctes[i].change);
    }
}

void
mig_lint_each_write(MigLintContext *ctx, const MigChange *change, MigLintWriteFunc func)
{
    if (g_strcmp0(change->text, "explain") == 0)
        return;
    if (writes_rows(change))
        func(ctx, change);
    visit_ctes(ctx, change->ctes, change->n_ctes, func);
    if (change->query != NULL)
        visit_ctes(ctx, change->query->ctes, change->query->n_ctes, func);
}

static bool
is_true_literal(const MigLintContext *ctx, const MigExpr *expr)
{
    if (expr->kind != MIG_EXPR_LITERAL || expr->string || expr->text == NULL)
        return false;
    if (g_ascii_strcasecmp(expr->text, "true") == 0)
        return true;
    return ctx->engine != MIG_ENGINE_POSTGRES && g_ascii_strtod(expr->text, NULL) != 0;
}

bool
mig_lint_is_always_true(const MigLintContext *ctx, const MigExpr *where)
{
    if (where == NULL || is_true_literal(ctx, where))
        return true;
    if (where->kind == MIG_EXPR_AND || where->kind == MIG_EXPR_OR) {
        bool all = where->kind == MIG_EXPR_AND;
        for (size_t i = 0; i < where->n_args; i++) {
            if (mig_lint_is_always_true(ctx, where->args[i]) != all)
                return !all;
        }
        return all;
    }
    if (where->kind != MIG_EXPR_OPERATOR || where->n_args != 2 || g_strcmp0(where->text, "=") != 0)
        return false;

    const MigExpr *left = where->args[0];
    const MigExpr *right = where->args[1];
    return left->kind == MIG_EXPR_LITERAL && right->kind == MIG_EXPR_LITERAL &&
           left->string == right->string && g_strcmp0(left->text, right->text) == 0;
}

static bool
is_joined(const MigChange *change)
{
    for (size_t i = 0; i < change->n_relations; i++) {
        const MigRelation *relation = &change->relations[i];
        if (relation->has_condition && relation->join != MIG_JOIN_LEFT)
            return true;
    }
    return false;
}

bool
mig_lint_reaches_all(const MigLintContext *ctx, const MigChange *change)
{
    bool limited = change->query != NULL && change->query->limit != NULL;

    return mig_lint_is_always_true(ctx, change->expr) && !limited && !is_joined(change);
}

static bool
find_column(const MigExpr *expr, gpointer data)
{
    bool *found = data;

    *found = *found || expr->kind == MIG_EXPR_COLUMN || expr->kind == MIG_EXPR_STAR;
    return !*found;
}

static bool
is_constant(const MigExpr *expr)
{
    bool found = false;

    mig_expr_walk(expr, find_column, &found);
    return !found;
}

static bool
is_few(const MigExpr *low, const MigExpr *high)
{
    if (low->kind != MIG_EXPR_LITERAL || high->kind != MIG_EXPR_LITERAL || low->text == NULL ||
        high->text == NULL)
        return false;

    double between = g_ascii_strtod(high->text, NULL) - g_ascii_strtod(low->text, NULL);
    return between < FEW_ROWS;
}

static bool
is_limited(const MigQuery *query)
{
    if (query == NULL || query->limit == NULL)
        return false;
    /* A limit that isn't written as a number is somebody's thought-out batch. */
    return query->limit->kind != MIG_EXPR_LITERAL || query->limit->text == NULL ||
           g_ascii_strtod(query->limit->text, NULL) <= FEW_ROWS;
}

/* Returns: the column of which the term leaves only few values; NULL: it does no such thing */
static const char *
pinned_column(const MigExpr *term)
{
    const MigExpr *left = term->n_args > 0 ? term->args[0] : NULL;
    const MigExpr *right = term->n_args > 1 ? term->args[1] : NULL;

    if (left == NULL)
        return NULL;
    if (term->kind == MIG_EXPR_OPERATOR && right != NULL && g_strcmp0(term->text, "=") == 0) {
        if (left->kind == MIG_EXPR_COLUMN && is_constant(right))
            return left->name;
        return right->kind == MIG_EXPR_COLUMN && is_constant(left) ? right->name : NULL;
    }
    if (left->kind != MIG_EXPR_COLUMN)
        return NULL;
    if (term->kind == MIG_EXPR_BETWEEN && term->n_args == 3)
        return is_few(right, term->args[2]) ? left->name : NULL;
    if (term->kind != MIG_EXPR_IN)
        return NULL;
    if (term->query != NULL)
        return is_limited(term->query) ? left->name : NULL;
    for (size_t i = 1; i < term->n_args; i++) {
        if (!is_constant(term->args[i]))
            return NULL;
    }
    return term->n_args <= FEW_KEYS ? left->name : NULL;
}

static bool
has_name(const MigLintContext *ctx, const GPtrArray *names, const char *name)
{
    for (guint i = 0; i < names->len; i++) {
        if (mig_names_equal(ctx->engine, g_ptr_array_index(names, i), name))
            return true;
    }
    return false;
}

static bool
covers_key(const MigLintContext *ctx, const MigTableIndex *index, const GPtrArray *pinned)
{
    if (!index->unique && !index->primary)
        return false;
    for (size_t i = 0; i < index->n_parts; i++) {
        if (index->parts[i].column == NULL || !has_name(ctx, pinned, index->parts[i].column))
            return false;
    }
    return index->n_parts > 0;
}

static bool
covers_constraint(const MigLintContext *ctx, const MigTableConstraint *key, const GPtrArray *pinned)
{
    if (key->kind != MIG_CONSTRAINT_PRIMARY_KEY && key->kind != MIG_CONSTRAINT_UNIQUE)
        return false;
    for (size_t i = 0; i < key->n_columns; i++) {
        if (!has_name(ctx, pinned, key->columns[i]))
            return false;
    }
    return key->n_columns > 0;
}

/* What people call the columns by which one row is meant, for tables whose keys aren't known. */
static bool
is_like_key(const GPtrArray *pinned)
{
    static const char *const keys[] = {"id",      "uuid",  "key",   "code",     "name",
                                       "slug",    "email", "login", "username", "rowid",
                                       "_rowid_", "oid",   NULL};

    for (guint i = 0; i < pinned->len; i++) {
        g_autofree char *name = g_ascii_strdown(g_ptr_array_index(pinned, i), -1);
        if (g_strv_contains(keys, name))
            return true;
    }
    return false;
}

static bool
is_key(const MigLintContext *ctx, const MigName *name, const GPtrArray *pinned)
{
    const MigTable *table = mig_lint_table(ctx, name);

    if (pinned->len == 0)
        return false;
    if (table == NULL || table->assumed || !table->columns_known)
        return is_like_key(pinned);
    for (guint i = 0; i < table->indexes->len; i++) {
        if (covers_key(ctx, g_ptr_array_index(table->indexes, i), pinned))
            return true;
    }
    for (guint i = 0; i < table->constraints->len; i++) {
        if (covers_constraint(ctx, g_ptr_array_index(table->constraints, i), pinned))
            return true;
    }
    return table->engine == MIG_ENGINE_SQLITE && has_name(ctx, pinned, "rowid");
}

static bool
is_false(const MigExpr *expr)
{
    return expr->kind == MIG_EXPR_LITERAL && !expr->string && expr->text != NULL &&
           (g_ascii_strcasecmp(expr->text, "false") == 0 || strcmp(expr->text, "0") == 0);
}

static bool
is_pinned(const MigLintContext *ctx, const MigName *name, const MigExpr *where)
{
    g_autoptr(GPtrArray) pinned = g_ptr_array_new();
    const MigExpr *const *terms = &where;
    size_t n = 1;

    if (where == NULL)
        return false;
    if (where->kind == MIG_EXPR_OR) {
        for (size_t i = 0; i < where->n_args; i++) {
            if (!is_pinned(ctx, name, where->args[i]))
                return false;
        }
        return where->n_args > 0;
    }
    if (where->kind == MIG_EXPR_AND) {
        terms = (const MigExpr *const *)where->args;
        n = where->n_args;
    }
    for (size_t i = 0; i < n; i++) {
        const char *column = pinned_column(terms[i]);

        if (is_false(terms[i]) || g_strcmp0(terms[i]->text, "current of") == 0)
            return true;
        if (terms[i]->kind == MIG_EXPR_OR && is_pinned(ctx, name, terms[i]))
            return true;
        if (terms[i]->kind == MIG_EXPR_IN && is_limited(terms[i]->query))
            return true;
        if (column != NULL)
            g_ptr_array_add(pinned, (gpointer)(uintptr_t)column);
    }
    return is_key(ctx, name, pinned);
}

bool
mig_lint_is_pinned(const MigLintContext *ctx, const MigName *name, const MigExpr *where,
                   const MigQuery *query)
{
    return is_limited(query) || is_pinned(ctx, name, where);
}

bool
mig_lint_fills_new_columns(const MigLintContext *ctx, const MigChange *change)
{
    for (size_t i = 0; i < change->n_items; i++) {
        if (!mig_lint_is_new_column(ctx, &change->table, change->items[i].column))
            return false;
    }
    return change->n_items > 0;
}

bool
mig_lint_is_backfill(const MigLintContext *ctx)
{
    const MigStatement *statement =
        ctx->statement != NULL
            ? mig_script_statement(ctx->step->step->script, ctx->statement->index)
            : NULL;

    for (guint i = 0;
         statement != NULL && statement->directives != NULL && i < statement->directives->len;
         i++) {
        const MigDirective *directive = g_ptr_array_index(statement->directives, i);
        if (strcmp(directive->name, "backfill") == 0)
            return true;
    }
    return false;
}

const char *
mig_lint_assuming(MigLintContext *ctx, const MigName *name)
{
    if (name->name == NULL || !mig_lint_is_unknown(ctx, name))
        return "";
    return mig_lint_format(ctx, ", assuming that %s exists", mig_lint_name(ctx, name));
}

bool
mig_lint_is_old(const MigLintContext *ctx, const MigName *name)
{
    const MigTable *table = mig_lint_table(ctx, name);

    if (name->name == NULL || (name->schema != NULL && g_str_has_prefix(name->schema, "pg_temp")))
        return false;
    if (table == NULL)
        return mig_lint_is_unknown(ctx, name);
    return !table->temporary && !mig_lint_is_new(ctx, table);
}

static bool
is_cte(const MigQuery *query, const MigName *name)
{
    for (size_t i = 0; i < query->n_ctes; i++) {
        if (name->schema == NULL && g_strcmp0(query->ctes[i].name, name->name) == 0)
            return true;
    }
    return false;
}

/* One row comes of a table, however long it is. */
static bool
is_aggregate(const MigQuery *query)
{
    static const char *const functions[] = {"count", "sum", "min", "max", "avg", NULL};

    if (query->n_targets == 0 || query->n_group_by > 0)
        return false;
    for (size_t i = 0; i < query->n_targets; i++) {
        const MigExpr *value = query->targets[i].value;
        if (value == NULL || value->kind != MIG_EXPR_CALL || value->name == NULL)
            return false;
        g_autofree char *name = g_ascii_strdown(value->name, -1);
        if (!g_strv_contains(functions, name))
            return false;
    }
    return true;
}

static bool
arm_reads_old(const MigLintContext *ctx, const MigQuery *arm, const MigQuery *whole,
              const MigName **out_name)
{
    if (is_aggregate(arm) || is_limited(arm) || is_limited(whole))
        return false;
    for (size_t i = 0; i < arm->n_from; i++) {
        const MigRelation *from = &arm->from[i];

        if (from->query != NULL && mig_lint_reads_old(ctx, from->query, out_name))
            return true;
        if (from->name.name == NULL || is_cte(whole, &from->name) || is_cte(arm, &from->name) ||
            !mig_lint_is_old(ctx, &from->name))
            continue;
        if (mig_lint_is_pinned(ctx, &from->name, arm->where, NULL) ||
            mig_lint_is_small(ctx, mig_lint_table(ctx, &from->name)))
            continue;
        *out_name = &from->name;
        return true;
    }
    return false;
}

bool
mig_lint_reads_old(const MigLintContext *ctx, const MigQuery *query, const MigName **out_name)
{
    for (const MigQuery *arm = query; arm != NULL; arm = arm->next) {
        if (arm_reads_old(ctx, arm, query, out_name))
            return true;
    }
    for (size_t i = 0; query != NULL && i < query->n_ctes; i++) {
        if (query->ctes[i].query != NULL && mig_lint_reads_old(ctx, query->ctes[i].query, out_name))
            return true;
    }
    return false;
}
