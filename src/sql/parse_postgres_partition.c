/* SPDX-License-Identifier: MIT */
/* PostgreSQL's partitions: what a table is partitioned by, and which rows a partition has. */
#include <string.h>

#include "sql/parse_postgres.h"

static MigExpr **
bound_exprs(PgReader *r, PgNode *const *list, size_t n, size_t *out_n)
{
    *out_n = 0;
    if (n == 0)
        return NULL;

    MigExpr **exprs = mig_arena_new0(r->arena, MigExpr *, n);
    for (size_t i = 0; i < n; i++) {
        const PgNode *node = list[i];
        MigExpr *expr = NULL;

        if (node->node_case == PG_QUERY__NODE__NODE_PARTITION_RANGE_DATUM) {
            const PgQuery__PartitionRangeDatum *datum = node->partition_range_datum;

            if (datum->kind == PG_QUERY__PARTITION_RANGE_DATUM_KIND__PARTITION_RANGE_DATUM_MINVALUE)
                expr = mig_pg_other_expr(r, "minvalue");
            else if (datum->kind ==
                     PG_QUERY__PARTITION_RANGE_DATUM_KIND__PARTITION_RANGE_DATUM_MAXVALUE)
                expr = mig_pg_other_expr(r, "maxvalue");
            else
                expr = mig_pg_expr(r, datum->value);
        } else {
            expr = mig_pg_expr(r, node);
        }
        if (expr == NULL)
            continue;
        /* Up to the analysis after the grammar, MINVALUE is a column of that name. */
        if (expr->kind == MIG_EXPR_COLUMN && expr->schema == NULL && expr->name != NULL &&
            (strcmp(expr->name, "minvalue") == 0 || strcmp(expr->name, "maxvalue") == 0)) {
            expr->kind = MIG_EXPR_OTHER;
            expr->text = expr->name;
            expr->name = NULL;
        }
        exprs[(*out_n)++] = expr;
    }
    return exprs;
}

void
mig_pg_read_bound(PgReader *r, const PgQuery__PartitionBoundSpec *spec, MigBound *bound)
{
    if (spec == NULL)
        return;
    if (spec->is_default) {
        bound->kind = MIG_BOUND_DEFAULT;
        mig_pg_needs(r, 110000, "DEFAULT partitions",
                     mig_pg_has_location(r, spec->location)
                         ? mig_pg_span_token(r, mig_pg_token_at(r, (size_t)spec->location))
                         : r->whole);
        return;
    }
    switch (spec->strategy == NULL ? '\0' : spec->strategy[0]) {
    case 'h':
        bound->kind = MIG_BOUND_HASH;
        bound->modulus = spec->modulus;
        bound->remainder = spec->remainder;
        mig_pg_needs(r, 110000, "hash partitions", r->whole);
        break;
    case 'l':
        bound->kind = MIG_BOUND_LIST;
        bound->from = bound_exprs(r, spec->listdatums, spec->n_listdatums, &bound->n_from);
        break;
    case 'r':
        bound->kind = MIG_BOUND_RANGE;
        bound->from = bound_exprs(r, spec->lowerdatums, spec->n_lowerdatums, &bound->n_from);
        bound->to = bound_exprs(r, spec->upperdatums, spec->n_upperdatums, &bound->n_to);
        break;
    default:
        break;
    }
}

static const char *
method_of(PgReader *r, const PgQuery__PartitionSpec *spec)
{
#if PG_VERSION_NUM >= 160000
    (void)r;
    switch ((int)spec->strategy) {
    case PG_QUERY__PARTITION_STRATEGY__PARTITION_STRATEGY_LIST:
        return "list";
    case PG_QUERY__PARTITION_STRATEGY__PARTITION_STRATEGY_HASH:
        return "hash";
    default:
        return "range";
    }
#else
    g_autofree char *lower = g_ascii_strdown(spec->strategy, -1);

    return mig_arena_strdup(r->arena, lower);
#endif
}

void
mig_pg_read_partition_by(PgReader *r, const PgQuery__PartitionSpec *spec, MigPartitionBy *by)
{
    if (spec == NULL)
        return;
    by->method = method_of(r, spec);
    mig_pg_needs(r, 100000, "PARTITION BY",
                 mig_pg_has_location(r, spec->location)
                     ? mig_pg_span_token(r, mig_pg_token_at(r, (size_t)spec->location))
                     : r->whole);
    if (spec->n_part_params == 0)
        return;
    by->key = mig_arena_new0(r->arena, MigKeyPart, spec->n_part_params);
    for (size_t i = 0; i < spec->n_part_params; i++) {
        if (spec->part_params[i]->node_case != PG_QUERY__NODE__NODE_PARTITION_ELEM)
            continue;

        const PgQuery__PartitionElem *elem = spec->part_params[i]->partition_elem;
        MigKeyPart *part = &by->key[by->n_key++];

        part->column = mig_pg_dup(r, elem->name);
        part->expr = mig_pg_expr(r, elem->expr);
        part->collation = mig_pg_last_name(r, elem->collation, elem->n_collation);
        part->opclass = mig_pg_last_name(r, elem->opclass, elem->n_opclass);
    }
}
