/* SPDX-License-Identifier: MIT */
/* SELECT, VALUES and TABLE, what joins them into one query, and WITH. */
#include "sql/parse_expression.h"

#include <string.h>

/* Of a VALUES with more rows, those that have nothing but literals are left out: no rule asks for
 * the data itself, and a dump has millions. */
#define ROWS_KEPT 1000

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

/* WINDOW w AS: on SQLite the word is a name where that doesn't follow. */
static bool
at_windows(const MigParser *p)
{
    MigToken token;

    if (!mig_parser_is(p, "window") || !mig_parser_peek(p, &token) ||
        (token.kind != MIG_TOKEN_WORD && token.kind != MIG_TOKEN_QUOTED))
        return false;

    MigParser ahead = *p;
    mig_parser_next(&ahead);
    return mig_parser_peek_is(&ahead, "as");
}

const char *
mig_parser_alias(MigParser *p)
{
    if (mig_parser_take(p, "as")) {
        if (mig_parser_is_mysql(p) && mig_parser_is_string(p))
            return mig_parser_string(p);
        return mig_parser_identifier(p, NULL);
    }
    if (mig_parser_is_mysql(p) && mig_parser_is_string(p))
        return mig_parser_string(p);
    if (mig_parser_is_quoted_string(p))
        return mig_parser_identifier(p, NULL);
    bool name = p->engine == MIG_ENGINE_SQLITE ? mig_parser_is_sqlite_id(p) : mig_parser_is_name(p);
    if (!name || at_windows(p))
        return NULL;
    return mig_parser_identifier(p, NULL);
}

/* t.*, and MySQL's s.t.* */
static MigExpr *
read_qualified_star(MigParser *p)
{
    MigParser ahead = *p;
    size_t from = mig_parser_mark(p);

    if (!mig_parser_is_name(p) || !mig_parser_peek_mark(p, "."))
        return NULL;
    const char *table = mig_parser_identifier(&ahead, NULL);
    mig_parser_take_mark(&ahead, ".");
    if (mig_parser_is_mysql(p) && ahead.token.kind != MIG_TOKEN_OPERATOR &&
        mig_parser_peek_mark(&ahead, ".")) {
        table = mig_parser_value(&ahead);
        mig_parser_take_mark(&ahead, ".");
    }
    if (!mig_parser_is_mark(&ahead, "*"))
        return NULL;
    mig_parser_next(&ahead);
    *p = ahead;
    MigExpr *star = mig_expr_new(p, MIG_EXPR_STAR, from);
    star->schema = table;
    return star;
}

static MigItem
read_target(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigItem item = {0};

    if (mig_parser_take_mark(p, "*")) {
        item.value = mig_expr_new(p, MIG_EXPR_STAR, from);
    } else {
        item.value = read_qualified_star(p);
        if (item.value == NULL) {
            item.value = mig_parser_expression(p);
            item.column = mig_parser_alias(p);
        }
    }
    item.span = mig_parser_span(p, from);
    return item;
}

MigItem *
mig_parser_targets(MigParser *p, size_t *out_n)
{
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(MigItem));

    do {
        MigItem item = read_target(p);
        g_array_append_val(items, item);
    } while (mig_parser_take_mark(p, ","));
    return mig_arena_take_array(p->arena, items, out_n);
}

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

static void
read_group_by(MigParser *p, MigQuery *query)
{
    MigExprList list = {0};

    mig_parser_expect(p, "by");
    do {
        mig_expr_list_add(p, &list, mig_parser_expression(p));
        if (mig_parser_is_mysql(p) && !mig_parser_take(p, "asc"))
            mig_parser_take(p, "desc");
    } while (mig_parser_take_mark(p, ","));
    if (mig_parser_is_mysql(p))
        mig_parser_take_words(p, "with rollup");
    query->group_by = list.items;
    query->n_group_by = list.n;
}

static void
read_windows(MigParser *p)
{
    MigExprList ignored = {0};

    if (!at_windows(p))
        return;
    mig_parser_needs_by_engine(p, 32800, 80000, 100200, "WINDOW", mig_parser_mark(p));
    mig_parser_next(p);
    do {
        mig_parser_identifier(p, NULL);
        mig_parser_expect(p, "as");
        mig_parser_window(p, &ignored);
    } while (mig_parser_take_mark(p, ","));
}

/* MySQL: INTO @a, b | OUTFILE 'f' ... | DUMPFILE 'f': no table is made. */
static void
skip_into(MigParser *p)
{
    static const char *const words[] = {
        "fields",  "columns",  "lines",     "terminated", "by",      "enclosed", "optionally",
        "escaped", "starting", "character", "set",        "charset", NULL};

    if (!mig_parser_is_mysql(p) || !mig_parser_take(p, "into"))
        return;
    if (mig_parser_take(p, "dumpfile")) {
        mig_parser_string(p);
        return;
    }
    if (!mig_parser_take(p, "outfile")) {
        do {
            mig_parser_value(p);
        } while (mig_parser_take_mark(p, ","));
        return;
    }
    mig_parser_string(p);
    while (mig_parser_is_any(p, words)) {
        bool charset = mig_parser_is(p, "set") || mig_parser_is(p, "charset");
        mig_parser_next(p);
        if (charset || mig_parser_is_string(p))
            mig_parser_value(p);
    }
}

static void
skip_select_options(MigParser *p, MigQuery *query)
{
    static const char *const options[] = {
        "high_priority",  "straight_join",       "sql_small_result",
        "sql_big_result", "sql_buffer_result",   "sql_cache",
        "sql_no_cache",   "sql_calc_found_rows", NULL};

    for (;;) {
        if (mig_parser_take(p, "distinct") ||
            (mig_parser_is_mysql(p) && mig_parser_take(p, "distinctrow")))
            query->distinct = true;
        else if (mig_parser_is(p, "all") ||
                 (mig_parser_is_mysql(p) && mig_parser_is_any(p, options)))
            mig_parser_next(p);
        else
            return;
        if (!mig_parser_is_mysql(p))
            return;
    }
}

static void
read_select(MigParser *p, MigQuery *query)
{
    mig_parser_expect(p, "select");
    skip_select_options(p, query);
    query->targets = mig_parser_targets(p, &query->n_targets);
    skip_into(p);
    if (mig_parser_take(p, "from")) {
        if (!mig_parser_is_mysql(p) || !mig_parser_take(p, "dual"))
            query->from = mig_parser_relations(p, &query->n_from);
    }
    if (mig_parser_take(p, "where"))
        query->where = mig_parser_expression(p);
    if (mig_parser_take(p, "group"))
        read_group_by(p, query);
    if (mig_parser_take(p, "having"))
        query->having = mig_parser_expression(p);
    read_windows(p);
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
        read_select(p, query);
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
    skip_into(p);
    read_locking(p, query);
    skip_into(p);
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
