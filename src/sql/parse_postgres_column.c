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

static void
read_generated(PgReader *r, const PgQuery__Constraint *node, MigSpan span, MigColumn *column)
{
    const PgFlag *virtual = mig_pg_flag(r, PG_FLAG_VIRTUAL, span);

    column->generated_as = mig_pg_expr(r, node->raw_expr);
    if (virtual == NULL) {
        column->generated = MIG_GENERATED_STORED;
        column->generated_said = true;
#if PG_VERSION_NUM >= 180000
        if (node->generated_kind != NULL && node->generated_kind[0] == 'v') {
            column->generated = MIG_GENERATED_VIRTUAL;
            column->generated_said = mig_pg_find_here(r, mig_pg_token_at(r, (size_t)node->location),
                                                      "virtual") != PG_NO_TOKEN;
            mig_pg_needs(r, 180000, "VIRTUAL generated columns", span);
        }
#endif
        if (column->generated == MIG_GENERATED_STORED)
            mig_pg_needs(r, 120000, "generated columns", span);
        return;
    }
    column->generated = MIG_GENERATED_VIRTUAL;
    column->generated_said = virtual->span.length > 0;
}

/* Returns: whether the constraint is one of those that are kept beside the column. */
static bool
read_clause(PgReader *r, const PgQuery__Constraint *node, MigSpan span, MigColumn *column)
{
    switch ((int)node->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        column->null_said = true;
        return false;
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        column->not_null = true;
        column->not_null_said = true;
        return (node->conname != NULL && *node->conname != '\0') || node->is_no_inherit ||
               mig_pg_flag(r, PG_FLAG_NO_INHERIT, span) != NULL ||
               mig_pg_flag(r, PG_FLAG_NOT_VALID, span) != NULL;
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        column->default_value = mig_pg_expr(r, node->raw_expr);
        column->default_span = span;
        return false;
    case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        column->identity = identity_of(node);
        column->not_null = true;
        mig_pg_needs(r, 100000, "identity columns", span);
        return false;
    case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
        read_generated(r, node, span, column);
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
        MigSpan span = mig_pg_span_tokens(r, first, end);
        if (!read_clause(r, node, span, column))
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
