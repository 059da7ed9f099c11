/* SPDX-License-Identifier: MIT */
/* PostgreSQL's constraints, of a table, a column or a domain. */
#include <string.h>

#include "sql/parse_postgres.h"

static MigConstraintKind
kind_of(const PgQuery__Constraint *node)
{
    switch ((int)node->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        return MIG_CONSTRAINT_NOT_NULL;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        return MIG_CONSTRAINT_PRIMARY_KEY;
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
        return MIG_CONSTRAINT_UNIQUE;
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        return MIG_CONSTRAINT_EXCLUDE;
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        return MIG_CONSTRAINT_FOREIGN_KEY;
    default:
        return MIG_CONSTRAINT_CHECK;
    }
}

/* The grammar's letters; "a", NO ACTION, is also what stands where nothing was written. */
static MigReferentialAction
action_of(const char *letter, bool said)
{
    switch (letter == NULL ? '\0' : letter[0]) {
    case 'a':
        return said ? MIG_ACTION_NO_ACTION : MIG_ACTION_NONE;
    case 'r':
        return MIG_ACTION_RESTRICT;
    case 'c':
        return MIG_ACTION_CASCADE;
    case 'n':
        return MIG_ACTION_SET_NULL;
    case 'd':
        return MIG_ACTION_SET_DEFAULT;
    default:
        return MIG_ACTION_NONE;
    }
}

/* Whether the words "on delete" or "on update" stand within. */
static bool
says_on(PgReader *r, size_t first, size_t end, const char *what)
{
    for (size_t at = first; (at = mig_pg_find_within(r, at, end, "on")) != PG_NO_TOKEN; at++) {
        if (mig_pg_token_is(r, at + 1, what))
            return true;
    }
    return false;
}

static void
read_foreign_key(PgReader *r, const PgQuery__Constraint *node, size_t first, size_t end,
                 MigConstraint *out)
{
    out->references = mig_pg_range_name(r, node->pktable);
    if (node->n_fk_attrs > 0)
        out->columns = mig_pg_names(r, node->fk_attrs, node->n_fk_attrs, &out->n_columns);
    out->ref_columns = mig_pg_names(r, node->pk_attrs, node->n_pk_attrs, &out->n_ref_columns);
    out->on_delete = action_of(node->fk_del_action, says_on(r, first, end, "delete"));
    out->on_update = action_of(node->fk_upd_action, says_on(r, first, end, "update"));
    if (mig_pg_find_within(r, first, end, "match") == PG_NO_TOKEN || node->fk_matchtype == NULL)
        return;
    out->match = node->fk_matchtype[0] == 'f'   ? "full"
                 : node->fk_matchtype[0] == 'p' ? "partial"
                                                : "simple";
}

/* UNIQUE and PRIMARY KEY have plain columns. */
static void
read_keys(PgReader *r, const PgQuery__Constraint *node, MigConstraint *out)
{
    out->columns = mig_pg_names(r, node->keys, node->n_keys, &out->n_columns);
    if (out->n_columns == 0)
        return;
    out->parts = mig_arena_new0(r->arena, MigKeyPart, out->n_columns);
    out->n_parts = out->n_columns;
    for (size_t i = 0; i < out->n_columns; i++)
        out->parts[i].column = out->columns[i];
}

/* EXCLUDE (element WITH operator, ...) */
static void
read_exclusions(PgReader *r, const PgQuery__Constraint *node, MigConstraint *out)
{
    size_t n = node->n_exclusions;

    if (n == 0)
        return;
    out->parts = mig_arena_new0(r->arena, MigKeyPart, n);
    out->columns = mig_arena_new0(r->arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        const PgNode *pair = node->exclusions[i];

        if (pair->node_case != PG_QUERY__NODE__NODE_LIST || pair->list->n_items < 2 ||
            pair->list->items[0]->node_case != PG_QUERY__NODE__NODE_INDEX_ELEM)
            continue;

        MigKeyPart *part = &out->parts[out->n_parts++];
        mig_pg_read_key_part(r, pair->list->items[0]->index_elem, part);
        part->with = mig_pg_dup(r, mig_pg_string(pair->list->items[1]));
        if (part->column != NULL)
            out->columns[out->n_columns++] = part->column;
    }
}

/* ADD CONSTRAINT name NOT NULL column comes as CHECK (column). */
static void
read_not_null(PgReader *r, size_t first, MigConstraint *out)
{
    size_t at = mig_pg_token_is(r, first, "constraint") ? first + 2 : first;

    if (out->kind != MIG_CONSTRAINT_CHECK || out->expr == NULL ||
        out->expr->kind != MIG_EXPR_COLUMN || !mig_pg_token_is(r, at, "not"))
        return;
    out->kind = MIG_CONSTRAINT_NOT_NULL;
    out->columns = mig_arena_new0(r->arena, const char *, 1);
    out->columns[0] = out->expr->name;
    out->n_columns = 1;
    out->expr = NULL;
    mig_pg_needs(r, 180000, "NOT NULL as a table's constraint", out->span);
}

/* WITHOUT OVERLAPS and PERIOD stand in a key's parentheses. */
static size_t
find_period(PgReader *r, size_t first, size_t end)
{
    while (first < end && !mig_pg_token_is(r, first, "overlaps") &&
           !mig_pg_token_is(r, first, "period"))
        first++;
    return first;
}

/* What was blanked out, as newer than the grammar. */
static void
read_newer(PgReader *r, size_t first, size_t end, MigConstraint *out)
{
    size_t at = mig_pg_find_within(r, first, end, "enforced");

    if (at != PG_NO_TOKEN) {
        out->not_enforced = mig_pg_token_is(r, at - 1, "not");
        mig_pg_needs(r, 180000, "[NOT] ENFORCED", mig_pg_span_token(r, at));
    }
    at = find_period(r, first, end);
    if (at < end &&
        (out->kind == MIG_CONSTRAINT_FOREIGN_KEY || out->kind == MIG_CONSTRAINT_PRIMARY_KEY ||
         out->kind == MIG_CONSTRAINT_UNIQUE)) {
        out->without_overlaps = true;
        mig_pg_needs(r, 180000, "WITHOUT OVERLAPS and PERIOD", mig_pg_span_token(r, at));
    }
    at = mig_pg_find_within(r, first, end, "inherit");
    if (at != PG_NO_TOKEN)
        out->no_inherit = mig_pg_token_is(r, at - 1, "no");
    read_not_null(r, first, out);
}

void
mig_pg_read_constraint(PgReader *r, const PgQuery__Constraint *node, size_t first, size_t end,
                       MigConstraint *out)
{
    MigSpan span = mig_pg_span_tokens(r, first, end);

    out->kind = kind_of(node);
    out->span = span;
    out->name = mig_pg_plain_name(r, node->conname, first);
    out->deferrable = node->deferrable;
    out->initially_deferred = node->initdeferred;
    out->no_inherit = node->is_no_inherit;
    out->nulls_not_distinct = node->nulls_not_distinct;
    out->not_valid =
        node->skip_validation && mig_pg_find_within(r, first, end, "valid") != PG_NO_TOKEN;
    out->using_index = mig_pg_dup(r, node->indexname);
    out->include = mig_pg_names(r, node->including, node->n_including, &out->n_include);

    switch ((int)out->kind) {
    case MIG_CONSTRAINT_FOREIGN_KEY:
        read_foreign_key(r, node, first, end, out);
        break;
    case MIG_CONSTRAINT_CHECK:
        out->expr = mig_pg_expr(r, node->raw_expr);
        break;
    case MIG_CONSTRAINT_EXCLUDE:
        read_exclusions(r, node, out);
        out->expr = mig_pg_expr(r, node->where_clause);
        if (mig_pg_find_within(r, first, end, "using") != PG_NO_TOKEN)
            out->method = mig_pg_dup(r, node->access_method);
        break;
    default:
        read_keys(r, node, out);
        break;
    }
    if (mig_pg_is_newer(r))
        read_newer(r, first, end, out);
#if PG_VERSION_NUM >= 180000
    out->not_enforced =
        out->not_enforced ||
        ((out->kind == MIG_CONSTRAINT_CHECK || out->kind == MIG_CONSTRAINT_FOREIGN_KEY) &&
         !node->is_enforced);
    out->without_overlaps = out->without_overlaps || node->without_overlaps || node->fk_with_period;
#endif
    if (out->nulls_not_distinct)
        mig_pg_needs(r, 150000, "NULLS NOT DISTINCT", span);
    if (out->n_include > 0)
        mig_pg_needs(r, 110000, "INCLUDE", span);
}

MigConstraint *
mig_pg_table_constraint(PgReader *r, const PgQuery__Constraint *node)
{
    MigConstraint *constraint = mig_arena_new0(r->arena, MigConstraint, 1);
    size_t first =
        mig_pg_has_location(r, node->location) ? mig_pg_token_at(r, (size_t)node->location) : 0;

    mig_pg_read_constraint(r, node, first, mig_pg_piece_end(r, first), constraint);
    return constraint;
}

bool
mig_pg_is_constraint_attribute(const PgQuery__Constraint *node)
{
    switch ((int)node->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE:
        return true;
    default:
#if PG_VERSION_NUM >= 180000
        return node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_ENFORCED ||
               node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_ENFORCED;
#else
        return false;
#endif
    }
}

void
mig_pg_constraint_attribute(const PgQuery__Constraint *node, MigConstraint *constraint)
{
    switch ((int)node->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
        constraint->deferrable = true;
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
        /* INITIALLY DEFERRED alone implies DEFERRABLE. */
        constraint->deferrable = true;
        constraint->initially_deferred = true;
        break;
    default:
#if PG_VERSION_NUM >= 180000
        if (node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_ENFORCED)
            constraint->not_enforced = true;
#endif
        break;
    }
}
