/* SPDX-License-Identifier: MIT */
/* Deep copies of expressions, queries, types and what consists of them. */
#include "schema/copy.h"

/* Parsers nest less deep than this; it bounds the stack all the same. */
#define DEEPEST 2000

static MigExpr *copy_expr(MigArena *arena, const MigExpr *expr, unsigned depth);
static MigQuery *copy_query(MigArena *arena, const MigQuery *query, unsigned depth);

const char **
mig_copy_strings(MigArena *arena, const char *const *strings, size_t n)
{
    if (n == 0)
        return NULL;

    const char **copy = mig_arena_new0(arena, const char *, n);

    for (size_t i = 0; i < n; i++)
        copy[i] = mig_arena_strdup(arena, strings[i]);
    return copy;
}

MigType
mig_copy_type(MigArena *arena, const MigType *type)
{
    MigType copy = *type;

    copy.name = mig_arena_strdup(arena, type->name);
    copy.schema = mig_arena_strdup(arena, type->schema);
    copy.charset = mig_arena_strdup(arena, type->charset);
    copy.collation = mig_arena_strdup(arena, type->collation);
    copy.fields = mig_arena_strdup(arena, type->fields);
    copy.values = mig_copy_strings(arena, type->values, type->n_values);
    return copy;
}

static MigName
copy_name(MigArena *arena, const MigName *name)
{
    return (MigName){
        .schema = mig_arena_strdup(arena, name->schema),
        .name = mig_arena_strdup(arena, name->name),
        .quoted = name->quoted,
        .span = name->span,
    };
}

static MigExpr **
copy_exprs(MigArena *arena, MigExpr *const *exprs, size_t n, unsigned depth)
{
    if (n == 0)
        return NULL;

    MigExpr **copy = mig_arena_new0(arena, MigExpr *, n);

    for (size_t i = 0; i < n; i++)
        copy[i] = copy_expr(arena, exprs[i], depth);
    return copy;
}

static MigExpr *
copy_expr(MigArena *arena, const MigExpr *expr, unsigned depth)
{
    if (expr == NULL)
        return NULL;

    MigExpr *copy = mig_arena_new0(arena, MigExpr, 1);

    copy->kind = expr->kind;
    copy->span = expr->span;
    if (depth > DEEPEST) {
        copy->kind = MIG_EXPR_OTHER;
        return copy;
    }
    copy->text = mig_arena_strdup(arena, expr->text);
    copy->name = mig_arena_strdup(arena, expr->name);
    copy->schema = mig_arena_strdup(arena, expr->schema);
    copy->string = expr->string;
    copy->quoted = expr->quoted;
    copy->distinct = expr->distinct;
    copy->parenthesised = expr->parenthesised;
    if (expr->type != NULL) {
        MigType *type = mig_arena_new0(arena, MigType, 1);

        *type = mig_copy_type(arena, expr->type);
        copy->type = type;
    }
    copy->query = copy_query(arena, expr->query, depth + 1);
    copy->args = copy_exprs(arena, expr->args, expr->n_args, depth + 1);
    copy->n_args = expr->n_args;
    return copy;
}

static MigItem *
copy_items(MigArena *arena, const MigItem *items, size_t n, unsigned depth)
{
    if (n == 0)
        return NULL;

    MigItem *copy = mig_arena_new0(arena, MigItem, n);

    for (size_t i = 0; i < n; i++) {
        copy[i] = items[i];
        copy[i].column = mig_arena_strdup(arena, items[i].column);
        copy[i].value = copy_expr(arena, items[i].value, depth);
    }
    return copy;
}

static MigRelation *
copy_relations(MigArena *arena, const MigRelation *relations, size_t n, unsigned depth)
{
    if (n == 0)
        return NULL;

    MigRelation *copy = mig_arena_new0(arena, MigRelation, n);

    for (size_t i = 0; i < n; i++) {
        copy[i] = relations[i];
        copy[i].name = copy_name(arena, &relations[i].name);
        copy[i].alias = mig_arena_strdup(arena, relations[i].alias);
        copy[i].query = copy_query(arena, relations[i].query, depth);
        copy[i].call = copy_expr(arena, relations[i].call, depth);
        copy[i].on = copy_expr(arena, relations[i].on, depth);
    }
    return copy;
}

/* A query that changes data isn't one that a catalog keeps: no view has such a WITH. */
static MigCte *
copy_ctes(MigArena *arena, const MigCte *ctes, size_t n, unsigned depth)
{
    if (n == 0)
        return NULL;

    MigCte *copy = mig_arena_new0(arena, MigCte, n);

    for (size_t i = 0; i < n; i++) {
        copy[i].name = mig_arena_strdup(arena, ctes[i].name);
        copy[i].query = copy_query(arena, ctes[i].query, depth);
        copy[i].recursive = ctes[i].recursive;
    }
    return copy;
}

static MigQuery *
copy_arm(MigArena *arena, const MigQuery *query, unsigned depth)
{
    MigQuery *copy = mig_arena_new0(arena, MigQuery, 1);

    *copy = *query;
    copy->targets = copy_items(arena, query->targets, query->n_targets, depth);
    copy->from = copy_relations(arena, query->from, query->n_from, depth);
    copy->where = copy_expr(arena, query->where, depth);
    copy->group_by = copy_exprs(arena, query->group_by, query->n_group_by, depth);
    copy->having = copy_expr(arena, query->having, depth);
    copy->order_by = copy_items(arena, query->order_by, query->n_order_by, depth);
    copy->limit = copy_expr(arena, query->limit, depth);
    copy->offset = copy_expr(arena, query->offset, depth);
    copy->values = copy_exprs(arena, query->values, query->n_values, depth);
    copy->op = mig_arena_strdup(arena, query->op);
    copy->ctes = copy_ctes(arena, query->ctes, query->n_ctes, depth);
    copy->into = copy_name(arena, &query->into);
    copy->next = NULL;
    return copy;
}

/* The arms of a UNION are a list, which may be as long as a statement. */
static MigQuery *
copy_query(MigArena *arena, const MigQuery *query, unsigned depth)
{
    MigQuery *first = NULL;
    MigQuery *last = NULL;

    if (depth > DEEPEST)
        return NULL;
    for (; query != NULL; query = query->next) {
        MigQuery *copy = copy_arm(arena, query, depth + 1);

        if (last == NULL)
            first = copy;
        else
            last->next = copy;
        last = copy;
    }
    return first;
}

MigExpr *
mig_copy_expr(MigArena *arena, const MigExpr *expr)
{
    return copy_expr(arena, expr, 0);
}

MigQuery *
mig_copy_query(MigArena *arena, const MigQuery *query)
{
    return copy_query(arena, query, 0);
}

MigKeyPart *
mig_copy_key_parts(MigArena *arena, const MigKeyPart *parts, size_t n)
{
    if (n == 0)
        return NULL;

    MigKeyPart *copy = mig_arena_new0(arena, MigKeyPart, n);

    for (size_t i = 0; i < n; i++) {
        copy[i] = parts[i];
        copy[i].column = mig_arena_strdup(arena, parts[i].column);
        copy[i].expr = copy_expr(arena, parts[i].expr, 0);
        copy[i].opclass = mig_arena_strdup(arena, parts[i].opclass);
        copy[i].with = mig_arena_strdup(arena, parts[i].with);
        copy[i].collation = mig_arena_strdup(arena, parts[i].collation);
    }
    return copy;
}

static MigBound
copy_bound(MigArena *arena, const MigBound *bound)
{
    MigBound copy = *bound;

    copy.from = copy_exprs(arena, bound->from, bound->n_from, 0);
    copy.to = copy_exprs(arena, bound->to, bound->n_to, 0);
    return copy;
}

MigBound *
mig_copy_bound(MigArena *arena, const MigBound *bound)
{
    if (bound == NULL)
        return NULL;

    MigBound *copy = mig_arena_new0(arena, MigBound, 1);

    *copy = copy_bound(arena, bound);
    return copy;
}

MigPartitionBy *
mig_copy_partition_by(MigArena *arena, const MigPartitionBy *by)
{
    if (by == NULL || by->method == NULL)
        return NULL;

    MigPartitionBy *copy = mig_arena_new0(arena, MigPartitionBy, 1);

    *copy = *by;
    copy->method = mig_arena_strdup(arena, by->method);
    copy->key = mig_copy_key_parts(arena, by->key, by->n_key);
    copy->sub = mig_copy_partition_by(arena, by->sub);
    copy->partitions =
        by->n_partitions == 0 ? NULL : mig_arena_new0(arena, MigPartition, by->n_partitions);
    for (size_t i = 0; i < by->n_partitions; i++) {
        copy->partitions[i].name = copy_name(arena, &by->partitions[i].name);
        copy->partitions[i].bound = copy_bound(arena, &by->partitions[i].bound);
    }
    return copy;
}

MigRoutine *
mig_copy_routine(MigArena *arena, const MigRoutine *routine)
{
    if (routine == NULL)
        return NULL;

    MigRoutine *copy = mig_arena_new0(arena, MigRoutine, 1);

    *copy = *routine;
    copy->language = mig_arena_strdup(arena, routine->language);
    copy->body = routine->body == NULL
                     ? NULL
                     : mig_arena_strndup(arena, routine->body, routine->body_length);
    copy->calls = copy_name(arena, &routine->calls);
    copy->arguments = mig_arena_strdup(arena, routine->arguments);
    copy->returns = mig_arena_strdup(arena, routine->returns);
    copy->parameters = mig_copy_strings(arena, routine->parameters, routine->n_parameters);
    copy->definer = mig_arena_strdup(arena, routine->definer);
    copy->events = mig_copy_strings(arena, routine->events, routine->n_events);
    copy->options =
        routine->n_options == 0 ? NULL : mig_arena_new0(arena, MigOption, routine->n_options);
    for (size_t i = 0; i < routine->n_options; i++) {
        copy->options[i].name = mig_arena_strdup(arena, routine->options[i].name);
        copy->options[i].value = mig_arena_strdup(arena, routine->options[i].value);
        copy->options[i].span = routine->options[i].span;
    }
    return copy;
}
