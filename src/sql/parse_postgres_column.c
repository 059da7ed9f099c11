/* SPDX-License-Identifier: MIT */
/* PostgreSQL's column definitions. */
#include <string.h>

#include "sql/parse_postgres.h"

/* Where a column's clause ends: before the next one, or with the column. */
static size_t
clause_end(PgReader *r, const PgQuery__ColumnDef *def, size_t clause, size_t column_end)
{
    int location = def->constraints[clause]->constraint->location;
    size_t end = column_end;

    for (size_t i = clause + 1; i < def->n_constraints; i++) {
        if (def->constraints[i]->node_case != PG_QUERY__NODE__NODE_CONSTRAINT)
            continue;

        const PgQuery__Constraint *next = def->constraints[i]->constraint;
        if (mig_pg_is_constraint_attribute(next) || next->location <= location)
            continue;
        end = MIN(end, mig_pg_token_at(r, (size_t)next->location));
        break;
    }
    if (def->coll_clause != NULL && def->coll_clause->location > location)
        end = MIN(end, mig_pg_token_at(r, (size_t)def->coll_clause->location));
    return end;
}

static MigIdentity
identity_of(const PgQuery__Constraint *node)
{
    return node->generated_when != NULL && node->generated_when[0] == 'd' ? MIG_IDENTITY_BY_DEFAULT
                                                                          : MIG_IDENTITY_ALWAYS;
}

/* Up to PostgreSQL 17 a generated column has to be STORED; without that word it is virtual. */
static void
read_generated(PgReader *r, const PgQuery__Constraint *node, size_t first, size_t end,
               MigColumn *column)
{
    MigSpan span = mig_pg_span_tokens(r, first, end);
    bool stored = mig_pg_find_within(r, first, end, "stored") != PG_NO_TOKEN;

    column->generated_as = mig_pg_expr(r, node->raw_expr);
    column->generated = stored ? MIG_GENERATED_STORED : MIG_GENERATED_VIRTUAL;
    column->generated_said = stored || mig_pg_find_within(r, first, end, "virtual") != PG_NO_TOKEN;
    if (stored)
        mig_pg_needs(r, 120000, "generated columns", span);
    else
        mig_pg_needs(r, 180000, "virtual generated columns", span);
}

/* A virtual generated column comes as one with a default. */
static bool
is_generated(PgReader *r, size_t first)
{
    size_t at = mig_pg_token_is(r, first, "constraint") ? first + 2 : first;

    return mig_pg_is_newer(r) && mig_pg_token_is(r, at, "generated");
}

#if PG_VERSION_NUM < 160000
/* STORAGE stands before the constraints, and only newer grammars know it. */
static void
read_storage(PgReader *r, size_t end, MigColumn *column)
{
    size_t at = mig_pg_token_at(r, column->name_span.offset - r->base);

    if (r->fixed || !mig_pg_is_newer(r))
        return;
    at = mig_pg_find_within(r, at + 1, end, "storage");
    if (at == PG_NO_TOKEN)
        return;

    const char *word = mig_pg_text(r, at + 1, at + 2);
    g_autofree char *lower = g_ascii_strdown(word == NULL ? "" : word, -1);
    column->storage = mig_arena_strdup(r->arena, lower);
    mig_pg_needs(r, 160000, "STORAGE in a column's definition", mig_pg_span_token(r, at));
}
#endif

/* Returns: whether the constraint is one of those that are kept beside the column. */
static bool
read_clause(PgReader *r, const PgQuery__Constraint *node, size_t first, size_t end,
            MigColumn *column)
{
    MigSpan span = mig_pg_span_tokens(r, first, end);

    switch ((int)node->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        column->null_said = true;
        return false;
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        column->not_null = true;
        column->not_null_said = true;
        return (node->conname != NULL && *node->conname != '\0') || node->is_no_inherit ||
               (mig_pg_is_newer(r) && mig_pg_find_within(r, first, end, "inherit") != PG_NO_TOKEN);
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        if (is_generated(r, first)) {
            read_generated(r, node, first, end, column);
            return false;
        }
        column->default_value = mig_pg_expr(r, node->raw_expr);
        column->default_span = span;
        return false;
    case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        column->identity = identity_of(node);
        column->not_null = true;
        mig_pg_needs(r, 100000, "identity columns", span);
        return false;
    case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
        read_generated(r, node, first, end, column);
        return false;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        column->not_null = true;
        return true;
    default:
        return true;
    }
}

static void
read_clauses(PgReader *r, const PgQuery__ColumnDef *def, size_t column_end, MigColumn *column)
{
    MigConstraint *last = NULL;

    if (def->n_constraints == 0)
        return;
    column->constraints = mig_arena_new0(r->arena, MigConstraint, def->n_constraints);
    for (size_t i = 0; i < def->n_constraints; i++) {
        if (def->constraints[i]->node_case != PG_QUERY__NODE__NODE_CONSTRAINT)
            continue;

        const PgQuery__Constraint *node = def->constraints[i]->constraint;
        if (mig_pg_is_constraint_attribute(node)) {
            if (last != NULL)
                mig_pg_constraint_attribute(node, last);
            continue;
        }

        size_t first =
            mig_pg_has_location(r, node->location) ? mig_pg_token_at(r, (size_t)node->location) : 0;
        size_t end = clause_end(r, def, i, column_end);
        if (!read_clause(r, node, first, end, column))
            continue;
        last = &column->constraints[column->n_constraints++];
        mig_pg_read_constraint(r, node, first, end, last);
        last->of_column = true;
        if (last->n_columns > 0)
            continue;
        last->columns = mig_arena_new0(r->arena, const char *, 1);
        last->columns[0] = column->name;
        last->n_columns = 1;
    }
}

static bool
is_serial(const MigType *type)
{
    return type->name != NULL && type->schema == NULL &&
           (strcmp(type->name, "serial") == 0 || strcmp(type->name, "bigserial") == 0 ||
            strcmp(type->name, "smallserial") == 0);
}

void
mig_pg_read_column(PgReader *r, const PgQuery__ColumnDef *def, MigColumn *column)
{
    size_t end = 0;

    column->name = mig_pg_dup(r, def->colname);
    if (mig_pg_has_location(r, def->location)) {
        size_t first = mig_pg_token_at(r, (size_t)def->location);
        const MigToken *name = mig_pg_token(r, first);

        end = mig_pg_piece_end(r, first);
        column->span = mig_pg_span_tokens(r, first, end);
        column->name_span = mig_pg_span_token(r, first);
        column->quoted = name != NULL && name->kind == MIG_TOKEN_QUOTED;
    }
    column->type = mig_pg_type(r, def->type_name);
    if (def->coll_clause != NULL)
        column->type.collation =
            mig_pg_last_name(r, def->coll_clause->collname, def->coll_clause->n_collname);
    column->compression = mig_pg_dup(r, def->compression);
#if PG_VERSION_NUM >= 160000
    column->storage = mig_pg_dup(r, def->storage_name);
    if (column->storage != NULL)
        mig_pg_needs(r, 160000, "STORAGE in a column's definition", column->span);
#else
    read_storage(r, end, column);
#endif
    if (column->compression != NULL)
        mig_pg_needs(r, 140000, "COMPRESSION", column->span);
    read_clauses(r, def, end, column);
    if (is_serial(&column->type))
        column->not_null = true;
}

MigColumn *
mig_pg_column(PgReader *r, const PgQuery__ColumnDef *def)
{
    MigColumn *column = mig_arena_new0(r->arena, MigColumn, 1);

    mig_pg_read_column(r, def, column);
    return column;
}
