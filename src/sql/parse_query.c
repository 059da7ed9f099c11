/* SPDX-License-Identifier: MIT */
/* SELECT, VALUES and TABLE, what joins them into one query, and WITH. */
#include "sql/parse_expression.h"

#include <string.h>

bool
mig_parser_at_query(const MigParser *p)
{
    if (p->token.kind != MIG_TOKEN_WORD)
        return false;
    if (mig_parser_is(p, "select") || mig_parser_is(p, "with"))
        return true;
    if (mig_parser_is(p, "values"))
        return p->engine != MIG_ENGINE_MYSQL || mig_parser_peek_is(p, "row");
    return p->engine == MIG_ENGINE_MYSQL && mig_parser_is(p, "table");
}

static MigQuery *
read_table(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigQuery *query = mig_arena_new0(p->arena, MigQuery, 1);

    mig_parser_expect(p, "table");
    query->from = mig_arena_new0(p->arena, MigRelation, 1);
    query->n_from = 1;
    query->from->name = mig_parser_name(p);
    query->targets = mig_arena_new0(p->arena, MigItem, 1);
    query->n_targets = 1;
    query->targets->value = mig_expr_new(p, MIG_EXPR_STAR, from);
    mig_parser_needs_by_engine(p, 0, 80019, 0, "TABLE", from);
    return query;
}

/* A query in parentheses that has more to it than an arm may have: SELECT * FROM (query). */
static MigQuery *
wrap(MigParser *p, const MigQuery *inner)
{
    MigQuery *query = mig_arena_new0(p->arena, MigQuery, 1);

    query->span = inner->span;
    query->from = mig_arena_new0(p->arena, MigRelation, 1);
    query->n_from = 1;
    query->from->query = inner;
    query->targets = mig_arena_new0(p->arena, MigItem, 1);
    query->n_targets = 1;
    query->targets->value = mig_expr_new(p, MIG_EXPR_STAR, inner->span.offset);
    return query;
}

/* One that may be given a next arm, an ORDER BY and a LIMIT. */
static MigQuery *
open_arm(MigParser *p, const MigQuery *inner)
{
    bool more =
        inner->next != NULL || inner->n_order_by > 0 || inner->limit != NULL || inner->n_ctes > 0;

    return more ? wrap(p, inner) : (MigQuery *)inner;
}

static MigQuery *
read_arm(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigQuery *query = NULL;

    if (mig_parser_is_mysql(p) && mig_parser_take_mark(p, "(")) {
        query = open_arm(p, mig_parser_query(p));
        mig_parser_expect_mark(p, ")");
        return query;
    }
    if (p->engine == MIG_ENGINE_MYSQL && mig_parser_is(p, "table"))
        return read_table(p);

    query = mig_arena_new0(p->arena, MigQuery, 1);
    if (mig_parser_take(p, "values")) {
        MigExprList rows = {0};

        mig_parser_rows(p, &rows);
        query->values = rows.items;
        query->n_values = rows.n;
        mig_parser_needs_by_engine(p, 0, 80019, 100300, "VALUES as a query", from);
    } else {
        mig_parser_select(p, query);
    }
    query->span = mig_parser_span(p, from);
    return query;
}

/* Returns: how the next arm is joined; %NULL if there is none */
static const char *
read_set_operator(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    const char *operator= NULL;

    if (mig_parser_take(p, "union")) {
        if (mig_parser_take(p, "all"))
            return "union all";
        operator= "union";
    } else if (mig_parser_take(p, "except")) {
        operator= "except";
    } else if (mig_parser_take(p, "intersect")) {
        operator= "intersect";
    } else {
        return NULL;
    }
    if (*operator!= 'u')
        mig_parser_needs_by_engine(p, 0, 80031, 100300, "EXCEPT and INTERSECT", from);
    if (mig_parser_is_mysql(p) && !mig_parser_take(p, "distinct"))
        mig_parser_take(p, "all");
    return operator;
}

static void
read_locking(MigParser *p, MigQuery *query)
{
    while (mig_parser_is_mysql(p)) {
        if (mig_parser_take_words(p, "lock in share mode")) {
            query->for_update = true;
        } else if (mig_parser_is(p, "for") &&
                   (mig_parser_peek_is(p, "update") || mig_parser_peek_is(p, "share"))) {
            bool more = false;

            mig_parser_next(p);
            mig_parser_next(p);
            query->for_update = true;
            for (more = mig_parser_take(p, "of"); more; more = mig_parser_take_mark(p, ","))
                mig_parser_name(p);
        } else {
            return;
        }
        if (mig_parser_take(p, "wait"))
            mig_parser_value(p);
        else if (!mig_parser_take(p, "nowait"))
            mig_parser_take_words(p, "skip locked");
    }
}

static void
read_tail(MigParser *p, MigQuery *query)
{
    if (mig_parser_is(p, "order"))
        query->order_by = mig_parser_order_by(p, &query->n_order_by);
    if (mig_parser_is_mysql(p))
        mig_parser_take_words(p, "with rollup");
    mig_parser_limit(p, query);
    mig_parser_skip_into(p);
    read_locking(p, query);
    mig_parser_skip_into(p);
}

static MigQuery *
read_arms(MigParser *p, MigQuery *first, size_t from)
{
    MigQuery *last = first;
    const char *operator= NULL;

    while ((operator= read_set_operator(p)) != NULL) {
        MigQuery *next = read_arm(p);

        last->op = operator;
        last->next = next;
        /* What was one in parentheses may have arms of its own. */
        while (next->next != NULL)
            next = (MigQuery *)next->next;
        last = next;
    }
    read_tail(p, first);
    first->span = mig_parser_span(p, from);
    return first;
}

const MigQuery *
mig_parser_query_on(MigParser *p, const MigQuery *first, size_t from)
{
    return read_arms(p, open_arm(p, first), from);
}

MigCte *
mig_parser_with(MigParser *p, size_t *out_n)
{
    g_autoptr(GArray) ctes = g_array_new(FALSE, TRUE, sizeof(MigCte));
    size_t from = mig_parser_mark(p);

    mig_parser_expect(p, "with");
    bool recursive = mig_parser_take(p, "recursive");
    do {
        /* SQLite doesn't need the word. */
        MigCte cte = {.recursive = recursive || p->engine == MIG_ENGINE_SQLITE};
        size_t n = 0;

        cte.name = mig_parser_identifier(p, NULL);
        if (mig_parser_is_mark(p, "("))
            mig_parser_names(p, &n);
        mig_parser_expect(p, "as");
        if (p->engine == MIG_ENGINE_SQLITE &&
            (mig_parser_take(p, "materialized") || mig_parser_take_words(p, "not materialized")))
            mig_parser_needs_by_engine(p, 33500, 0, 0, "MATERIALIZED", from);
        mig_parser_expect_mark(p, "(");
        cte.query = mig_parser_query(p);
        mig_parser_expect_mark(p, ")");
        if (p->engine == MIG_ENGINE_MARIADB && mig_parser_take(p, "cycle")) {
            do {
                mig_parser_identifier(p, NULL);
            } while (mig_parser_take_mark(p, ","));
            mig_parser_expect(p, "restrict");
        }
        g_array_append_val(ctes, cte);
    } while (mig_parser_take_mark(p, ","));
    mig_parser_needs_by_engine(p, 30803, 80000, 100201, "WITH", from);
    return mig_arena_take_array(p->arena, ctes, out_n);
}

MigQuery *
mig_parser_query(MigParser *p)
{
    size_t from = mig_parser_mark(p);

    if (!mig_parser_enter(p))
        return mig_arena_new0(p->arena, MigQuery, 1);

    MigCte *ctes = NULL;
    size_t n_ctes = 0;
    if (mig_parser_is(p, "with"))
        ctes = mig_parser_with(p, &n_ctes);
    if (!mig_parser_at_query(p) && !(mig_parser_is_mysql(p) && mig_parser_is_mark(p, "(")))
        mig_parser_fail(p, "expected SELECT");
    MigQuery *query = read_arms(p, read_arm(p), from);
    if (n_ctes > 0) {
        if (query->n_ctes > 0)
            query = wrap(p, query);
        query->ctes = ctes;
        query->n_ctes = n_ctes;
    }
    mig_parser_leave(p);
    return query;
}
