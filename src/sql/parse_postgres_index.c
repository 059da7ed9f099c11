/* SPDX-License-Identifier: MIT */
/* PostgreSQL's indexes: CREATE INDEX, REINDEX, and the parts of keys. */
#include <string.h>

#include "sql/parse_postgres.h"

void
mig_pg_read_key_part(PgReader *r, const PgQuery__IndexElem *elem, MigKeyPart *part)
{
    part->column = mig_pg_dup(r, elem->name);
    part->expr = mig_pg_expr(r, elem->expr);
    part->collation = mig_pg_last_name(r, elem->collation, elem->n_collation);
    part->opclass = mig_pg_last_name(r, elem->opclass, elem->n_opclass);
    part->descending = elem->ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    part->nulls_first = elem->nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST;
    part->nulls_last = elem->nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST;
}

MigKeyPart *
mig_pg_key_parts(PgReader *r, PgNode *const *list, size_t n, size_t *out_n)
{
    *out_n = 0;
    if (n == 0)
        return NULL;

    MigKeyPart *parts = mig_arena_new0(r->arena, MigKeyPart, n);
    for (size_t i = 0; i < n; i++) {
        if (list[i]->node_case == PG_QUERY__NODE__NODE_INDEX_ELEM)
            mig_pg_read_key_part(r, list[i]->index_elem, &parts[(*out_n)++]);
    }
    return parts;
}

static const char **
included_columns(PgReader *r, const PgQuery__IndexStmt *node, size_t *out_n)
{
    size_t n = node->n_index_including_params;

    *out_n = 0;
    if (n == 0)
        return NULL;

    const char **columns = mig_arena_new0(r->arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        const PgNode *elem = node->index_including_params[i];

        if (elem->node_case == PG_QUERY__NODE__NODE_INDEX_ELEM && *elem->index_elem->name != '\0')
            columns[(*out_n)++] = mig_arena_strdup(r->arena, elem->index_elem->name);
    }
    return columns;
}

void
mig_pg_create_index(PgReader *r, const PgNode *node)
{
    const PgQuery__IndexStmt *stmt = node->index_stmt;
    MigIndex *index = mig_arena_new0(r->arena, MigIndex, 1);
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_INDEX);

    change->table = mig_pg_range_name(r, stmt->relation);
    change->only = stmt->relation != NULL && !stmt->relation->inh;
    change->concurrently = stmt->concurrent;
    change->if_not_exists = stmt->if_not_exists;
    index->name = mig_pg_plain_name(r, stmt->idxname, 2);
    index->name.schema = change->table.schema;
    index->span = change->span;
    index->parts = mig_pg_key_parts(r, stmt->index_params, stmt->n_index_params, &index->n_parts);
    index->include = included_columns(r, stmt, &index->n_include);
    index->where = mig_pg_expr(r, stmt->where_clause);
    /* The grammar fills in btree; only what is written says so. */
    if (mig_pg_find_here(r, 2, "using") != PG_NO_TOKEN)
        index->method = mig_pg_dup(r, stmt->access_method);
    index->tablespace = mig_pg_dup(r, stmt->table_space);
    index->options = mig_pg_options(r, stmt->options, stmt->n_options, &index->n_options);
    index->unique = stmt->unique;
    index->nulls_not_distinct = stmt->nulls_not_distinct;
    change->name = index->name;
    change->index = index;

    if (index->nulls_not_distinct) {
        size_t at = mig_pg_find(r, 0, "nulls");

        mig_pg_needs(r, 150000, "NULLS NOT DISTINCT", mig_pg_span_tokens(r, at, at + 3));
    }
    if (index->n_include > 0)
        mig_pg_needs(r, 110000, "INCLUDE", mig_pg_span_token(r, mig_pg_find(r, 0, "include")));
}

void
mig_pg_reindex(PgReader *r, const PgNode *node)
{
    const PgQuery__ReindexStmt *stmt = node->reindex_stmt;
    MigChange *change = mig_pg_add(r, MIG_CHANGE_REINDEX);

    switch ((int)stmt->kind) {
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX:
        change->object_type = MIG_TYPE_OF_INDEX;
        change->name = mig_pg_range_name(r, stmt->relation);
        break;
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_TABLE:
        change->object_type = MIG_TYPE_OF_TABLE;
        change->table = mig_pg_range_name(r, stmt->relation);
        break;
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA:
        change->object_type = MIG_TYPE_OF_SCHEMA;
        change->name = mig_pg_plain_name(r, stmt->name, 2);
        break;
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_DATABASE:
        change->object_type = MIG_TYPE_OF_DATABASE;
        change->name = mig_pg_plain_name(r, stmt->name, 2);
        break;
    default:
        change->object_type = MIG_TYPE_OF_OTHER;
        change->name = mig_pg_plain_name(r, stmt->name, 2);
        break;
    }
    change->options = mig_pg_options(r, stmt->params, stmt->n_params, &change->n_options);
    change->concurrently = mig_pg_option_is_on(stmt->params, stmt->n_params, "concurrently");
    if (change->concurrently)
        mig_pg_needs(r, 120000, "REINDEX CONCURRENTLY",
                     mig_pg_span_token(r, mig_pg_find(r, 0, "concurrently")));
}
