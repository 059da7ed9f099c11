/* SPDX-License-Identifier: MIT */
/* PostgreSQL's CREATE TABLE in all its forms. */
#include <string.h>

#include "sql/parse_postgres.h"

/* The bits of LIKE's options: parsenodes.h, TableLikeOption. */
#define LIKE_COMMENTS (1u << 0)
#define LIKE_COMPRESSION (1u << 1)
#define LIKE_CONSTRAINTS (1u << 2)
#define LIKE_DEFAULTS (1u << 3)
#define LIKE_GENERATED (1u << 4)
#define LIKE_IDENTITY (1u << 5)
#define LIKE_INDEXES (1u << 6)
#define LIKE_STATISTICS (1u << 7)
#define LIKE_STORAGE (1u << 8)

static void
read_like(PgReader *r, const PgQuery__TableLikeClause *node, MigCreateTable *create)
{
    size_t i = create->n_likes++;

    create->likes[i].table = mig_pg_range_name(r, node->relation);
    create->likes[i].comments = (node->options & LIKE_COMMENTS) != 0;
    create->likes[i].compression = (node->options & LIKE_COMPRESSION) != 0;
    create->likes[i].constraints = (node->options & LIKE_CONSTRAINTS) != 0;
    create->likes[i].defaults = (node->options & LIKE_DEFAULTS) != 0;
    create->likes[i].generated = (node->options & LIKE_GENERATED) != 0;
    create->likes[i].identity = (node->options & LIKE_IDENTITY) != 0;
    create->likes[i].indexes = (node->options & LIKE_INDEXES) != 0;
    create->likes[i].statistics = (node->options & LIKE_STATISTICS) != 0;
    create->likes[i].storage = (node->options & LIKE_STORAGE) != 0;
}

static size_t
count(const PgQuery__CreateStmt *stmt, PgQuery__Node__NodeCase kind)
{
    size_t n = 0;

    for (size_t i = 0; i < stmt->n_table_elts; i++)
        n += stmt->table_elts[i]->node_case == kind;
    return n;
}

/* A key of the table makes its columns NOT NULL, as one written with the column does. */
static void
apply_primary_key(MigCreateTable *create, const MigConstraint *key)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; i < key->n_columns; i++)
        g_hash_table_add(names, (gpointer)key->columns[i]);
    for (size_t i = 0; i < create->n_columns; i++) {
        if (g_hash_table_contains(names, create->columns[i].name))
            create->columns[i].not_null = true;
    }
}

static void
read_elements(PgReader *r, const PgQuery__CreateStmt *stmt, MigCreateTable *create)
{
    size_t n_columns = count(stmt, PG_QUERY__NODE__NODE_COLUMN_DEF);
    size_t n_constraints = count(stmt, PG_QUERY__NODE__NODE_CONSTRAINT);
    size_t n_likes = count(stmt, PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE);

    if (n_columns > 0)
        create->columns = mig_arena_new0(r->arena, MigColumn, n_columns);
    if (n_constraints > 0)
        create->constraints = mig_arena_new0(r->arena, MigConstraint, n_constraints);
    if (n_likes > 0)
        create->likes = mig_arena_alloc(r->arena, sizeof *create->likes * n_likes);
    for (size_t i = 0; i < stmt->n_table_elts; i++) {
        const PgNode *node = stmt->table_elts[i];

        if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF)
            mig_pg_read_column(r, node->column_def, &create->columns[create->n_columns++]);
        else if (node->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
            create->constraints[create->n_constraints++] =
                *mig_pg_table_constraint(r, node->constraint);
        else if (node->node_case == PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE)
            read_like(r, node->table_like_clause, create);
    }
    /* A second one is refused by the server. */
    for (size_t i = 0; i < create->n_constraints; i++) {
        if (create->constraints[i].kind == MIG_CONSTRAINT_PRIMARY_KEY) {
            apply_primary_key(create, &create->constraints[i]);
            break;
        }
    }
}

static void
read_parents(PgReader *r, const PgQuery__CreateStmt *stmt, MigCreateTable *create)
{
    if (stmt->partbound != NULL) {
        if (stmt->n_inh_relations > 0)
            create->partition_of = mig_pg_node_name(r, stmt->inh_relations[0], 0);
        mig_pg_read_bound(r, stmt->partbound, &create->bound);
        mig_pg_needs(r, 100000, "PARTITION OF", create->partition_of.span);
        return;
    }
    if (stmt->n_inh_relations == 0)
        return;
    create->inherits = mig_arena_new0(r->arena, MigName, stmt->n_inh_relations);
    for (size_t i = 0; i < stmt->n_inh_relations; i++)
        create->inherits[create->n_inherits++] = mig_pg_node_name(r, stmt->inh_relations[i], 0);
}

/* The parentheses behind the name. */
static MigSpan
body_span(PgReader *r, const PgQuery__RangeVar *relation)
{
    if (relation == NULL || !mig_pg_has_location(r, relation->location))
        return (MigSpan){0};

    size_t at = mig_pg_name_end(r, mig_pg_token_at(r, (size_t)relation->location));
    if (!mig_pg_token_is_mark(r, at, '('))
        return (MigSpan){0};
    return mig_pg_span_tokens(r, at, mig_pg_close(r, at));
}

static MigChange *
create_table(PgReader *r, const PgQuery__CreateStmt *stmt, MigCreateTable **out_create)
{
    MigCreateTable *create = mig_arena_new0(r->arena, MigCreateTable, 1);
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_TABLE);

    change->table = mig_pg_range_name(r, stmt->relation);
    change->if_not_exists = stmt->if_not_exists;
    if (stmt->relation != NULL && stmt->relation->relpersistence != NULL) {
        change->temporary = stmt->relation->relpersistence[0] == 't';
        create->unlogged = stmt->relation->relpersistence[0] == 'u';
    }
    create->body_span = body_span(r, stmt->relation);
    read_elements(r, stmt, create);
    read_parents(r, stmt, create);
    mig_pg_read_partition_by(r, stmt->partspec, &create->partition_by);
    if (stmt->of_typename != NULL) {
        PgNode of = {.node_case = PG_QUERY__NODE__NODE_TYPE_NAME, .type_name = stmt->of_typename};

        create->of_type = mig_pg_node_name(r, &of, 0);
    }
    create->tablespace = mig_pg_dup(r, stmt->tablespacename);
    create->access_method = mig_pg_dup(r, stmt->access_method);
    create->options = mig_pg_options(r, stmt->options, stmt->n_options, &create->n_options);
    change->create_table = create;
    if (create->access_method != NULL)
        mig_pg_needs(r, 120000, "table access methods", change->span);
    *out_create = create;
    return change;
}

void
mig_pg_create_table(PgReader *r, const PgNode *node)
{
    MigCreateTable *create = NULL;

    create_table(r, node->create_stmt, &create);
}

void
mig_pg_create_foreign_table(PgReader *r, const PgNode *node)
{
    const PgQuery__CreateForeignTableStmt *stmt = node->create_foreign_table_stmt;
    MigCreateTable *create = NULL;

    if (stmt->base_stmt == NULL)
        return;
    create_table(r, stmt->base_stmt, &create);
    create->foreign = true;
    create->options = mig_pg_options(r, stmt->options, stmt->n_options, &create->n_options);
}

MigCreateTable *
mig_pg_create_table_into(PgReader *r, const PgQuery__IntoClause *into)
{
    MigCreateTable *create = mig_arena_new0(r->arena, MigCreateTable, 1);

    create->as_columns = mig_pg_names(r, into->col_names, into->n_col_names, &create->n_as_columns);
    create->options = mig_pg_options(r, into->options, into->n_options, &create->n_options);
    create->tablespace = mig_pg_dup(r, into->table_space_name);
    create->access_method = mig_pg_dup(r, into->access_method);
    create->with_data = !into->skip_data;
    create->unlogged = into->rel != NULL && into->rel->relpersistence != NULL &&
                       into->rel->relpersistence[0] == 'u';
    return create;
}

/* CREATE TABLE AS EXECUTE has no query that could be read. */
static const MigQuery *
source_query(PgReader *r, const PgNode *node)
{
    if (node == NULL || node->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        return NULL;
    return mig_pg_query(r, node);
}

void
mig_pg_create_table_as(PgReader *r, const PgNode *node)
{
    const PgQuery__CreateTableAsStmt *stmt = node->create_table_as_stmt;
    const PgQuery__IntoClause *into = stmt->into;

    if (into == NULL || into->rel == NULL)
        return;
    if (stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW) {
        MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_MATERIALIZED_VIEW);

        change->table = mig_pg_range_name(r, into->rel);
        change->if_not_exists = stmt->if_not_exists;
        change->on = !into->skip_data;
        change->columns = mig_pg_names(r, into->col_names, into->n_col_names, &change->n_columns);
        change->options = mig_pg_options(r, into->options, into->n_options, &change->n_options);
        change->query = source_query(r, stmt->query);
        return;
    }

    MigCreateTable *create = mig_pg_create_table_into(r, into);
    MigChange *change = mig_pg_add(r, MIG_CHANGE_CREATE_TABLE);
    change->table = mig_pg_range_name(r, into->rel);
    change->if_not_exists = stmt->if_not_exists;
    change->temporary = into->rel->relpersistence != NULL && into->rel->relpersistence[0] == 't';
    create->query = source_query(r, stmt->query);
    if (create->query == NULL)
        create->query = mig_arena_new0(r->arena, MigQuery, 1);
    change->create_table = create;
}
