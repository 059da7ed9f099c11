/* SPDX-License-Identifier: MIT */
/* What a query reads, and what its result looks like. */
#include "schema/reads.h"

#include <string.h>

#include "schema/naming.h"
#include "schema/session.h"

/* Queries in queries: deeper ones aren't looked into. */
#define DEEPEST 200
/* A result wider than any server's. */
#define WIDEST 8192

/* A member of FROM, or what WITH defines. */
typedef struct {
    const char *alias;
    const char *schema; /* of a relation; %NULL: derived from a query */
    const char *name;
    const MigTable *table; /* %NULL: not in the catalog, or derived */
    GArray *results;       /* (owned) MigReadsResult: of a derived one; %NULL */
    bool known;            /* all of its columns */
} Source;

typedef struct Scope {
    const struct Scope *outer;
    GPtrArray *sources; /* (owned) Source */
} Scope;

typedef struct {
    const MigCatalog *catalog;
    GPtrArray *reads; /* (borrowed) MigDependency */
    GHashTable *seen; /* (borrowed) of their keys */
    GPtrArray *ctes;  /* (borrowed) Source: those in sight */
    unsigned depth;
} Walk;

typedef struct {
    Walk *walk;
    const Scope *scope;
} Visit;

static bool walk_query(Walk *walk, const MigQuery *query, const Scope *outer, GArray *results);

static void
clear_results(GArray *results)
{
    for (guint i = 0; i < results->len; i++)
        g_free(g_array_index(results, MigReadsResult, i).owned_name);
    g_array_unref(results);
}

static void
free_source(gpointer data)
{
    Source *source = data;

    if (source->results != NULL)
        clear_results(source->results);
    g_free(source);
}

static void
add_read(Walk *walk, const char *schema, const char *table, const char *column)
{
    g_autofree char *key =
        g_strdup_printf("%s\n%s\n%s", schema, table, column != NULL ? column : "\n");

    if (!g_hash_table_add(walk->seen, g_steal_pointer(&key)))
        return;

    MigDependency *read = g_new0(MigDependency, 1);

    read->schema = schema;
    read->table = table;
    read->column = column;
    g_ptr_array_add(walk->reads, read);
}

static const MigReadsResult *
find_result(const GArray *results, MigEngine engine, const char *name)
{
    for (guint i = 0; i < results->len; i++) {
        const MigReadsResult *result = &g_array_index(results, MigReadsResult, i);

        if (mig_names_equal(engine, result->name, name))
            return result;
    }
    return NULL;
}

/* Whether the source has the column. */
static bool
read_column(Walk *walk, const Source *source, const char *name, MigReadsResult *out_result)
{
    const MigTableColumn *column =
        source->table != NULL ? mig_store_column(source->table, name) : NULL;

    if (source->results != NULL) {
        const MigReadsResult *result = find_result(source->results, walk->catalog->engine, name);

        if (result == NULL)
            return false;
        out_result->type = result->type;
        out_result->column = result->column;
        return true;
    }
    if (column == NULL)
        return false;
    add_read(walk, source->schema, source->name, column->name);
    out_result->type = &column->type;
    out_result->column = column;
    return true;
}

/* A column of a source of which not all columns are known may be any of them. */
static void
read_unknown(Walk *walk, const Scope *scope)
{
    for (guint i = 0; i < scope->sources->len; i++) {
        const Source *source = scope->sources->pdata[i];

        if (!source->known && source->schema != NULL)
            add_read(walk, source->schema, source->name, NULL);
    }
}

static void
read_all(Walk *walk, const Source *source)
{
    if (source->schema == NULL)
        return;
    if (!source->known)
        add_read(walk, source->schema, source->name, NULL);
    for (guint c = 0; source->table != NULL && c < source->table->columns->len; c++)
        add_read(walk, source->schema, source->name,
                 ((MigTableColumn *)source->table->columns->pdata[c])->name);
}

static const Source *
find_source(const Walk *walk, const Scope *scope, const char *alias)
{
    for (; scope != NULL; scope = scope->outer) {
        for (guint i = 0; i < scope->sources->len; i++) {
            const Source *source = scope->sources->pdata[i];

            if (mig_names_equal(walk->catalog->engine, source->alias, alias))
                return source;
        }
    }
    return NULL;
}

static MigReadsResult
resolve_column(Walk *walk, const Scope *scope, const MigExpr *expr)
{
    MigReadsResult result = {.name = expr->name};

    if (expr->name == NULL)
        return result;
    if (expr->schema != NULL) {
        const Source *source = find_source(walk, scope, expr->schema);

        if (source != NULL && !read_column(walk, source, expr->name, &result) && !source->known &&
            source->schema != NULL)
            add_read(walk, source->schema, source->name, NULL);
        return result;
    }
    for (const Scope *level = scope; level != NULL; level = level->outer) {
        bool found = false;

        for (guint i = 0; i < level->sources->len; i++)
            found = read_column(walk, level->sources->pdata[i], expr->name, &result) || found;
        if (found)
            return result;
    }

    /* A row as a whole, or a column that nobody knows. */
    const Source *row = find_source(walk, scope, expr->name);

    if (row != NULL)
        read_all(walk, row);
    for (const Scope *level = scope; row == NULL && level != NULL; level = level->outer)
        read_unknown(walk, level);
    return result;
}

static bool
visit(const MigExpr *expr, gpointer data)
{
    Visit *visit = data;

    if (expr->kind == MIG_EXPR_COLUMN)
        resolve_column(visit->walk, visit->scope, expr);
    if (expr->kind == MIG_EXPR_STAR && expr->schema != NULL) {
        const Source *source = find_source(visit->walk, visit->scope, expr->schema);

        if (source != NULL)
            read_all(visit->walk, source);
    }
    if (expr->query != NULL)
        walk_query(visit->walk, expr->query, visit->scope, NULL);
    return true;
}

static void
walk_expr(Walk *walk, const MigExpr *expr, const Scope *scope)
{
    Visit data = {.walk = walk, .scope = scope};

    if (expr != NULL)
        mig_expr_walk(expr, visit, &data);
}

static const Source *
find_cte(const Walk *walk, const MigName *name)
{
    for (guint i = walk->ctes->len; name->schema == NULL && i-- > 0;) {
        const Source *cte = walk->ctes->pdata[i];

        if (mig_names_equal(walk->catalog->engine, cte->alias, name->name))
            return cte;
    }
    return NULL;
}

static GArray *
copy_results(const GArray *results)
{
    GArray *copy = g_array_new(FALSE, TRUE, sizeof(MigReadsResult));

    for (guint i = 0; i < results->len; i++) {
        MigReadsResult result = g_array_index(results, MigReadsResult, i);

        if (result.owned_name != NULL) {
            result.owned_name = g_strdup(result.owned_name);
            result.name = result.owned_name;
        }
        g_array_append_val(copy, result);
    }
    return copy;
}

static void
add_source(Walk *walk, Scope *scope, const MigRelation *relation, const Scope *outer)
{
    Source *source = g_new0(Source, 1);
    const Source *cte = relation->name.name != NULL ? find_cte(walk, &relation->name) : NULL;

    g_ptr_array_add(scope->sources, source);
    source->alias = relation->alias != NULL ? relation->alias : relation->name.name;
    if (cte != NULL) {
        source->results = copy_results(cte->results);
        source->known = cte->known;
    } else if (relation->query != NULL) {
        source->results = g_array_new(FALSE, TRUE, sizeof(MigReadsResult));
        source->known =
            walk_query(walk, relation->query, relation->lateral ? scope : outer, source->results);
    } else if (relation->name.name != NULL) {
        source->table =
            mig_session_table(walk->catalog, relation->name.schema, relation->name.name);
        source->schema = source->table != NULL
                             ? source->table->schema
                             : mig_session_schema(walk->catalog, relation->name.schema, false);
        source->name = source->table != NULL ? source->table->name : relation->name.name;
        source->known = source->table != NULL && source->table->columns_known;
        add_read(walk, source->schema, source->name, "");
    }
    walk_expr(walk, relation->call, scope);
    walk_expr(walk, relation->on, scope);
}

static void
append(GArray *results, MigReadsResult result)
{
    if (results->len < WIDEST)
        g_array_append_val(results, result);
    else
        g_free(result.owned_name);
}

static bool
expand(const Source *source, GArray *results)
{
    if (source->results != NULL) {
        g_autoptr(GArray) copy = copy_results(source->results);

        for (guint i = 0; i < copy->len; i++)
            append(results, g_array_index(copy, MigReadsResult, i));
    }
    for (guint c = 0; source->table != NULL && c < source->table->columns->len; c++) {
        const MigTableColumn *column = source->table->columns->pdata[c];

        if (!column->invisible)
            append(results,
                   (MigReadsResult){.name = column->name, .type = &column->type, .column = column});
    }
    return source->known;
}

static bool
expand_star(Walk *walk, const Scope *scope, const MigQuery *query, const MigExpr *star,
            GArray *results)
{
    bool known = true;

    if (star->schema != NULL) {
        const Source *source = find_source(walk, scope, star->schema);

        if (source == NULL)
            return false;
        read_all(walk, source);
        return expand(source, results);
    }
    for (guint i = 0; i < scope->sources->len; i++) {
        read_all(walk, scope->sources->pdata[i]);
        known = expand(scope->sources->pdata[i], results) && known;
    }
    /* USING and NATURAL make two columns one. */
    for (size_t i = 0; i < query->n_from; i++)
        known = known && !(query->from[i].has_condition && query->from[i].on == NULL);
    return known;
}

static bool
add_target(Walk *walk, const Scope *scope, const MigQuery *query, const MigItem *item,
           GArray *results)
{
    MigReadsResult result = {0};
    const MigExpr *value = item->value;

    if (value == NULL)
        return false;
    if (value->kind == MIG_EXPR_STAR)
        return expand_star(walk, scope, query, value, results);
    if (value->kind == MIG_EXPR_COLUMN)
        result = resolve_column(walk, scope, value);
    if (value->kind == MIG_EXPR_CAST)
        result.type = value->type;
    if (item->column != NULL)
        result.name = item->column;
    if (result.name == NULL && walk->catalog->engine == MIG_ENGINE_POSTGRES) {
        result.owned_name = mig_naming_figure(value);
        if (result.owned_name == NULL)
            result.owned_name = g_strdup("?column?");
        result.name = result.owned_name;
    }

    bool named = result.name != NULL;

    append(results, result);
    return named;
}

static void
walk_exprs(Walk *walk, MigExpr *const *exprs, size_t n, const Scope *scope)
{
    for (size_t i = 0; i < n; i++)
        walk_expr(walk, exprs[i], scope);
}

static bool
walk_arm(Walk *walk, const MigQuery *query, const Scope *outer, GArray *results)
{
    g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func(free_source);
    Scope scope = {.outer = outer, .sources = sources};
    bool known = query->n_values == 0;

    for (size_t i = 0; i < query->n_from; i++)
        add_source(walk, &scope, &query->from[i], outer);
    for (size_t i = 0; i < query->n_targets; i++) {
        walk_expr(walk, query->targets[i].value, &scope);
        known = add_target(walk, &scope, query, &query->targets[i], results) && known;
    }
    walk_expr(walk, query->where, &scope);
    walk_exprs(walk, query->group_by, query->n_group_by, &scope);
    walk_expr(walk, query->having, &scope);
    for (size_t i = 0; i < query->n_order_by; i++)
        walk_expr(walk, query->order_by[i].value, &scope);
    walk_expr(walk, query->limit, &scope);
    walk_expr(walk, query->offset, &scope);
    walk_exprs(walk, query->values, query->n_values, &scope);
    return known;
}

static void
add_cte(Walk *walk, const MigCte *cte, const Scope *outer)
{
    Source *source = g_new0(Source, 1);

    source->alias = cte->name;
    source->results = g_array_new(FALSE, TRUE, sizeof(MigReadsResult));
    /* One that is recursive is in its own sight. */
    if (cte->recursive)
        g_ptr_array_add(walk->ctes, source);
    if (cte->query != NULL) {
        GArray *results = g_array_new(FALSE, TRUE, sizeof(MigReadsResult));

        source->known = walk_query(walk, cte->query, outer, results);
        clear_results(source->results);
        source->results = results;
    }
    if (!cte->recursive)
        g_ptr_array_add(walk->ctes, source);
}

static bool
walk_query(Walk *walk, const MigQuery *query, const Scope *outer, GArray *results)
{
    guint in_sight = walk->ctes->len;
    bool known = true;

    if (query == NULL || walk->depth >= DEEPEST)
        return false;
    walk->depth++;
    for (size_t i = 0; i < query->n_ctes; i++)
        add_cte(walk, &query->ctes[i], outer);
    for (const MigQuery *arm = query; arm != NULL; arm = arm->next) {
        GArray *own = g_array_new(FALSE, TRUE, sizeof(MigReadsResult));
        bool all = walk_arm(walk, arm, outer, own);

        if (arm == query) {
            known = all;
            for (guint i = 0; results != NULL && i < own->len; i++) {
                append(results, g_array_index(own, MigReadsResult, i));
                g_array_index(own, MigReadsResult, i).owned_name = NULL;
            }
        }
        clear_results(own);
    }
    g_ptr_array_set_size(walk->ctes, (gint)in_sight);
    walk->depth--;
    return known;
}

static GPtrArray *
run(const MigCatalog *catalog, const MigQuery *query, GArray *results, bool *out_known)
{
    GPtrArray *reads = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) ctes = g_ptr_array_new_with_free_func(free_source);
    Walk walk = {.catalog = catalog, .reads = reads, .seen = seen, .ctes = ctes};
    bool known = walk_query(&walk, query, NULL, results);

    if (out_known != NULL)
        *out_known = known;
    return reads;
}

bool
mig_reads_results(const MigCatalog *catalog, const MigQuery *query, GArray *out_results)
{
    bool known = false;
    g_autoptr(GPtrArray) reads = run(catalog, query, out_results, &known);

    return known && reads != NULL;
}

GPtrArray *
mig_reads_of_query(const MigCatalog *catalog, const MigQuery *query)
{
    return run(catalog, query, NULL, NULL);
}
