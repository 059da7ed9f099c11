/* SPDX-License-Identifier: MIT */
/* One SELECT: its results, and its clauses up to WINDOW. */
#include "sql/parse_expression.h"

#include <string.h>

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
void
mig_parser_skip_into(MigParser *p)
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

void
mig_parser_select(MigParser *p, MigQuery *query)
{
    mig_parser_expect(p, "select");
    skip_select_options(p, query);
    query->targets = mig_parser_targets(p, &query->n_targets);
    mig_parser_skip_into(p);
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
