/* SPDX-License-Identifier: MIT */
/* ORDER BY, LIMIT and VALUES, which queries and data statements share. */
#include "sql/parse_expression.h"

#include <string.h>

/* Of a VALUES with more rows, those that have nothing but literals are left out: no rule asks for
 * the data itself, and a dump has millions. */
#define ROWS_KEPT 1000

MigItem *
mig_parser_order_by(MigParser *p, size_t *out_n)
{
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(MigItem));

    mig_parser_expect(p, "order");
    mig_parser_expect(p, "by");
    do {
        size_t from = mig_parser_mark(p);
        MigItem item = {.value = mig_parser_expression(p)};

        item.descending = mig_parser_take(p, "desc");
        if (!item.descending)
            mig_parser_take(p, "asc");
        if (p->engine == MIG_ENGINE_SQLITE && mig_parser_take(p, "nulls")) {
            if (!mig_parser_take(p, "first"))
                mig_parser_expect(p, "last");
            mig_parser_needs_by_engine(p, 33000, 0, 0, "NULLS FIRST and NULLS LAST", from);
        }
        item.span = mig_parser_span(p, from);
        g_array_append_val(items, item);
    } while (mig_parser_take_mark(p, ","));
    return mig_arena_take_array(p->arena, items, out_n);
}

/* MariaDB 10.6: OFFSET n ROWS, FETCH FIRST n ROWS ONLY. */
static void
read_fetch(MigParser *p, MigQuery *query)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_take(p, "offset")) {
        query->offset = mig_parser_expression(p);
        if (!mig_parser_take(p, "rows"))
            mig_parser_take(p, "row");
    }
    if (mig_parser_take(p, "fetch")) {
        if (!mig_parser_take(p, "first"))
            mig_parser_expect(p, "next");
        if (!mig_parser_is(p, "row") && !mig_parser_is(p, "rows"))
            query->limit = mig_parser_expression(p);
        if (!mig_parser_take(p, "rows"))
            mig_parser_expect(p, "row");
        if (!mig_parser_take(p, "only")) {
            mig_parser_expect(p, "with");
            mig_parser_expect(p, "ties");
        }
    }
    mig_parser_needs_by_engine(p, 0, 0, 100600, "OFFSET ... FETCH", from);
}

void
mig_parser_limit(MigParser *p, MigQuery *query)
{
    if (p->engine == MIG_ENGINE_MARIADB &&
        (mig_parser_is(p, "offset") || mig_parser_is(p, "fetch")))
        read_fetch(p, query);
    if (!mig_parser_take(p, "limit"))
        return;
    if (p->engine == MIG_ENGINE_MARIADB && mig_parser_take_words(p, "rows examined")) {
        mig_parser_expression(p);
        return;
    }
    query->limit = mig_parser_expression(p);
    if (mig_parser_take_mark(p, ",")) {
        query->offset = query->limit;
        query->limit = mig_parser_expression(p);
    } else if (mig_parser_take(p, "offset")) {
        query->offset = mig_parser_expression(p);
    }
    if (p->engine == MIG_ENGINE_MARIADB && mig_parser_take_words(p, "rows examined"))
        mig_parser_expression(p);
}

/* Goes behind a row of nothing but literals. Returns: false, having gone nowhere, if it isn't one */
static bool
skip_literal_row(MigParser *p)
{
    MigParser ahead = *p;

    if (mig_parser_is(&ahead, "row"))
        mig_parser_next(&ahead);
    do {
        /* This is the first "(", or a comma. */
        mig_parser_next(&ahead);
        if (mig_parser_is_mark(&ahead, "-"))
            mig_parser_next(&ahead);
        bool literal = ahead.token.kind == MIG_TOKEN_NUMBER ||
                       ahead.token.kind == MIG_TOKEN_STRING || mig_parser_is(&ahead, "null");
        if (!literal)
            return false;
        mig_parser_next(&ahead);
    } while (mig_parser_is_mark(&ahead, ","));
    if (!mig_parser_is_mark(&ahead, ")"))
        return false;
    mig_parser_next(&ahead);
    *p = ahead;
    return true;
}

static MigExpr *
read_row(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigExprList values = {0};

    if (mig_parser_is_mysql(p))
        mig_parser_take(p, "row");
    mig_parser_expect_mark(p, "(");
    /* INSERT INTO t VALUES () is a row of defaults in MySQL. */
    if (!mig_parser_is_mysql(p) || !mig_parser_is_mark(p, ")"))
        mig_expr_list_read(p, &values);
    mig_parser_expect_mark(p, ")");
    return mig_expr_new_with(p, MIG_EXPR_ROW, from, &values);
}

void
mig_parser_rows(MigParser *p, MigExprList *rows)
{
    do {
        if (rows->n < ROWS_KEPT || !skip_literal_row(p))
            mig_expr_list_add(p, rows, read_row(p));
    } while (mig_parser_take_mark(p, ","));
}
