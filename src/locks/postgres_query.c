/* SPDX-License-Identifier: MIT */
/* What PostgreSQL locks and reads for a query, and for a query that is only written down. */
#include <string.h>

#include "locks/postgres.h"

enum { MAX_QUERY_DEPTH = 60, MAX_VIEW_DEPTH = 12 };

/* A query being looked at, within those that its names may come from. */
typedef struct Reader {
    MigWork *work;
    const struct Reader *outer;
    const MigQuery *query;
    const MigCte *ctes; /* of a statement around it */
    size_t n_ctes;
    MigLockMode mode;
    bool run; /* false: it is only written down, in a view or a function */
    unsigned depth;
} Reader;

static void read_query(const Reader *reader);

static bool
is_cte(const Reader *reader, const MigName *name)
{
    if (name->schema != NULL)
        return false;
    for (const Reader *level = reader; level != NULL; level = level->outer) {
        const MigCte *ctes = level->query != NULL ? level->query->ctes : level->ctes;
        size_t n = level->query != NULL ? level->query->n_ctes : level->n_ctes;
        for (size_t i = 0; i < n; i++) {
            if (g_strcmp0(ctes[i].name, name->name) == 0)
                return true;
        }
    }
    return false;
}

static bool
has_column(const MigExpr *expr)
{
    if (expr->kind == MIG_EXPR_COLUMN || expr->kind == MIG_EXPR_STAR || expr->query != NULL)
        return true;
    for (size_t i = 0; i < expr->n_args; i++) {
        if (has_column(expr->args[i]))
            return true;
    }
    return false;
}

static bool
leads_index(const MigTable *table, const char *alias, const MigExpr *expr)
{
    if (expr->kind != MIG_EXPR_COLUMN ||
        (expr->schema != NULL && g_strcmp0(expr->schema, alias) != 0 &&
         g_strcmp0(expr->schema, table->name) != 0))
        return false;
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        if (index->valid && index->where == NULL && index->n_parts > 0 &&
            g_strcmp0(index->parts[0].column, expr->name) == 0)
            return true;
    }
    return false;
}

/* Whether a condition can be looked up: a first column of an index against what isn't a column. */
bool
mig_postgres_uses_index(const MigTable *table, const char *alias, const MigExpr *where)
{
    static const char *const operators[] = {"=", "<", "<=", ">", ">="};

    if (where == NULL)
        return false;
    if (where->kind == MIG_EXPR_AND) {
        for (size_t i = 0; i < where->n_args; i++) {
            if (where->args[i]->kind != MIG_EXPR_AND &&
                mig_postgres_uses_index(table, alias, where->args[i]))
                return true;
        }
        return false;
    }
    if (where->n_args == 0)
        return false;
    if (where->kind == MIG_EXPR_IN || where->kind == MIG_EXPR_BETWEEN) {
        for (size_t i = 1; i < where->n_args; i++) {
            if (has_column(where->args[i]))
                return false;
        }
        return where->query == NULL && leads_index(table, alias, where->args[0]);
    }
    if (where->kind != MIG_EXPR_OPERATOR || where->n_args != 2 || where->text == NULL ||
        !mig_work_has_name(operators, G_N_ELEMENTS(operators), where->text))
        return false;
    return (leads_index(table, alias, where->args[0]) && !has_column(where->args[1])) ||
           (leads_index(table, alias, where->args[1]) && !has_column(where->args[0]));
}

void
mig_postgres_read_table(MigWork *work, const MigTable *table, MigLockMode mode)
{
    mig_work_lock(work, table, mode);
    /* A partitioned table's own indexes are looked at by the planner since 15. */
    if (table->kind != MIG_RELATION_PARTITIONED || work->major >= 15)
        mig_work_lock_indexes(work, table, mode);
}

/* A constant that the condition says the partition key is equal to; %NULL. */
static const MigExpr *
key_constant(const MigTable *table, const MigExpr *where)
{
    const MigPartitionBy *by = table->partition_by;
    const MigExpr *const *terms = &where;
    size_t n = 1;

    if (where == NULL || by == NULL || by->n_key != 1 || by->key[0].column == NULL)
        return NULL;
    if (where->kind == MIG_EXPR_AND) {
        terms = (const MigExpr *const *)where->args;
        n = where->n_args;
    }
    for (size_t i = 0; i < n; i++) {
        const MigExpr *term = terms[i];
        if (term->kind == MIG_EXPR_OPERATOR && term->n_args == 2 &&
            g_strcmp0(term->text, "=") == 0 && term->args[0]->kind == MIG_EXPR_COLUMN &&
            g_strcmp0(term->args[0]->name, by->key[0].column) == 0 &&
            term->args[1]->kind == MIG_EXPR_LITERAL)
            return term->args[1];
    }
    return NULL;
}

/* The view's tables are read in its place. */
static void
read_view(const Reader *reader, const MigTable *view, bool limited, unsigned depth)
{
    for (guint i = 0; depth < MAX_VIEW_DEPTH && i < view->depends_on->len; i++) {
        const MigDependency *needed = g_ptr_array_index(view->depends_on, i);
        const MigTable *table = mig_work_named(reader->work, needed->schema, needed->table, true);

        if (table == NULL || table == view)
            continue;
        if (table->kind == MIG_RELATION_VIEW) {
            mig_work_lock(reader->work, table, reader->mode);
            read_view(reader, table, limited, depth + 1);
            continue;
        }
        mig_postgres_read_table(reader->work, table, reader->mode);
        if (!limited)
            mig_work_scan(reader->work, table);
    }
}

static void
read_relation(const Reader *reader, const MigTable *table, const char *alias, const MigExpr *where,
              bool limited)
{
    g_autoptr(GPtrArray) tables = NULL;
    const MigExpr *key = key_constant(table, where);

    mig_work_lock(reader->work, table, reader->mode);
    if (!reader->run)
        return;
    if (table->kind == MIG_RELATION_VIEW) {
        read_view(reader, table, limited, 0);
        return;
    }
    tables = mig_work_tree(table, false);
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *part = g_ptr_array_index(tables, i);
        if (part != table && key != NULL && !mig_postgres_bound_takes(part->bound, key))
            continue;
        mig_postgres_read_table(reader->work, part, reader->mode);
        if (!limited && !mig_postgres_uses_index(part, alias, where))
            mig_work_scan(reader->work, part);
    }
}

static bool
visit_expr(const MigExpr *expr, gpointer data)
{
    const Reader *reader = data;

    if (expr->query != NULL && reader->depth < MAX_QUERY_DEPTH) {
        const Reader inner = {
            .work = reader->work,
            .outer = reader,
            .query = expr->query,
            .mode = AS,
            .run = reader->run,
            .depth = reader->depth + 1,
        };
        read_query(&inner);
    }
    return true;
}

static void
read_expr(const Reader *reader, const MigExpr *expr)
{
    if (expr != NULL)
        mig_expr_walk(expr, visit_expr, (gpointer)reader);
}

static bool
is_limited(const MigQuery *query)
{
    return query->limit != NULL && query->where == NULL && query->n_order_by == 0 &&
           query->n_group_by == 0 && !query->distinct && query->n_from == 1;
}

static void
read_ctes(const Reader *reader, const MigCte *ctes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        Reader inner = {
            .work = reader->work,
            .outer = reader,
            .query = ctes[i].query,
            .mode = AS,
            .run = reader->run,
            .depth = reader->depth + 1,
        };
        if (ctes[i].query != NULL) {
            read_query(&inner);
        } else if (ctes[i].change != NULL && reader->run) {
            const MigChanges one = {
                .changes = (MigChange *)ctes[i].change,
                .n_changes = 1,
            };
            mig_postgres_changes(reader->work, &one);
        }
    }
}

static void
read_from(const Reader *reader, const MigQuery *query, const MigRelation *relation)
{
    if (relation->query != NULL) {
        const Reader inner = {
            .work = reader->work,
            .outer = reader,
            .query = relation->query,
            .mode = reader->mode,
            .run = reader->run,
            .depth = reader->depth + 1,
        };
        read_query(&inner);
    } else if (relation->name.name != NULL && !is_cte(reader, &relation->name)) {
        const MigTable *table = mig_work_table(reader->work, &relation->name, false);
        if (table != NULL)
            read_relation(reader, table, relation->alias, query->where, is_limited(query));
    }
    read_expr(reader, relation->on);
    read_expr(reader, relation->call);
}

static void
read_arm(const Reader *reader, const MigQuery *query)
{
    read_ctes(reader, query->ctes, query->n_ctes);
    for (size_t i = 0; i < query->n_from; i++)
        read_from(reader, query, &query->from[i]);
    for (size_t i = 0; i < query->n_targets; i++)
        read_expr(reader, query->targets[i].value);
    for (size_t i = 0; i < query->n_values; i++)
        read_expr(reader, query->values[i]);
    for (size_t i = 0; i < query->n_group_by; i++)
        read_expr(reader, query->group_by[i]);
    for (size_t i = 0; i < query->n_order_by; i++)
        read_expr(reader, query->order_by[i].value);
    read_expr(reader, query->where);
    read_expr(reader, query->having);
}

static void
read_query(const Reader *reader)
{
    if (reader->depth >= MAX_QUERY_DEPTH)
        return;
    for (const MigQuery *arm = reader->query; arm != NULL; arm = arm->next) {
        Reader here = *reader;
        here.query = reader->query;
        here.mode = arm->for_update ? MAX(reader->mode, RS) : reader->mode;
        read_arm(&here, arm);
    }
}

void
mig_postgres_query(MigWork *work, const MigQuery *query, bool run)
{
    const Reader reader = {.work = work, .query = query, .mode = AS, .run = run};

    if (query != NULL)
        read_query(&reader);
}

void
mig_postgres_define(MigWork *work, const MigQuery *query)
{
    mig_postgres_query(work, query, false);
}

void
mig_postgres_define_expr(MigWork *work, const MigExpr *expr)
{
    const Reader reader = {.work = work, .mode = AS};

    read_expr(&reader, expr);
}

void
mig_postgres_read_around(MigWork *work, const MigChange *change)
{
    Reader reader = {
        .work = work,
        .ctes = change->ctes,
        .n_ctes = change->n_ctes,
        .mode = AS,
        .run = true,
    };
    const MigQuery around = {.where = change->expr};

    read_ctes(&reader, change->ctes, change->n_ctes);
    for (size_t i = 0; i < change->n_relations; i++)
        read_from(&reader, &around, &change->relations[i]);
    for (size_t i = 0; i < change->n_items; i++)
        read_expr(&reader, change->items[i].value);
    read_expr(&reader, change->expr);
    if (change->query != NULL) {
        const Reader inner = {
            .work = work,
            .outer = &reader,
            .query = change->query,
            .mode = AS,
            .run = true,
            .depth = 1,
        };
        read_query(&inner);
    }
}
