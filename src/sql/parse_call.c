/* SPDX-License-Identifier: MIT */
/* Expressions: functions, those with a grammar of their own, and windows. */
#include "sql/parse_expression.h"

#include <string.h>

/* What may stand between the arguments of one function or another in place of a comma. */
static const char *const separators[] = {"from", "for", "in", NULL};

static void
read_order(MigParser *p, MigExprList *list)
{
    size_t n = 0;
    const MigItem *items = mig_parser_order_by(p, &n);

    for (size_t i = 0; i < n; i++)
        mig_expr_list_add(p, list, (MigExpr *)items[i].value);
}

/* MySQL: what some functions take behind an argument. */
static void
skip_argument_words(MigParser *p)
{
    if (mig_parser_take(p, "using"))
        mig_parser_value(p);
    if (mig_parser_take(p, "separator"))
        mig_parser_value(p);
    if (mig_parser_is(p, "as") || mig_parser_is(p, "returning")) {
        mig_parser_next(p);
        mig_parse_mysql_cast_type(p);
        mig_parser_take(p, "array");
    }
    while (mig_parser_is(p, "null") || mig_parser_is(p, "error") || mig_parser_is(p, "default")) {
        /* JSON_VALUE: NULL | ERROR | DEFAULT value ON EMPTY | ERROR */
        if (mig_parser_take(p, "default"))
            mig_parser_operand(p);
        else
            mig_parser_next(p);
        mig_parser_expect(p, "on");
        if (!mig_parser_take(p, "empty"))
            mig_parser_expect(p, "error");
    }
    if (mig_parser_take(p, "limit")) {
        mig_parser_number(p);
        if (mig_parser_take_mark(p, ","))
            mig_parser_number(p);
    }
}

/* TRIM(LEADING FROM ...), TIMESTAMPADD(DAY, ...): words that aren't columns. */
static void
skip_leading_word(MigParser *p, const char *name)
{
    static const char *const sides[] = {"leading", "trailing", "both", NULL};

    if (g_ascii_strcasecmp(name, "trim") == 0 && mig_parser_is_any(p, sides)) {
        mig_parser_next(p);
        mig_parser_take(p, "from");
        return;
    }
    bool unit = g_ascii_strcasecmp(name, "extract") == 0 ||
                g_ascii_strcasecmp(name, "timestampadd") == 0 ||
                g_ascii_strcasecmp(name, "timestampdiff") == 0 ||
                g_ascii_strcasecmp(name, "get_format") == 0;
    if (unit && p->token.kind == MIG_TOKEN_WORD) {
        mig_parser_next(p);
        if (!mig_parser_take(p, "from"))
            mig_parser_expect_mark(p, ",");
    }
}

static MigExpr *
read_argument(MigParser *p, const char *name)
{
    size_t from = mig_parser_mark(p);

    if (mig_parser_take_mark(p, "*"))
        return mig_expr_new(p, MIG_EXPR_STAR, from);
    /* POSITION(a IN b) */
    if (mig_parser_is_mysql(p) && g_ascii_strcasecmp(name, "position") == 0)
        return mig_parser_climb(p, MIG_LEVEL_BIT_OR);
    if (mig_parser_is_mysql(p) && mig_parser_at_query(p) && !mig_parser_is(p, "values")) {
        MigExpr *expr = mig_expr_new(p, MIG_EXPR_SUBQUERY, from);
        expr->query = mig_parser_query(p);
        return expr;
    }
    return mig_parser_expression(p);
}

static void
read_arguments(MigParser *p, const char *name, MigExprList *args)
{
    bool mysql = mig_parser_is_mysql(p);
    bool more = false;

    if (mysql)
        skip_leading_word(p, name);
    do {
        mig_expr_list_add(p, args, read_argument(p, name));
        if (mysql)
            skip_argument_words(p);
        more = mig_parser_take_mark(p, ",");
        if (!more && mysql && mig_parser_is_any(p, separators))
            more = mig_parser_next(p);
    } while (more);
}

MigExpr *
mig_parser_call(MigParser *p, const char *schema, const char *name, size_t from)
{
    MigExprList args = {0};
    bool distinct = false;

    if (!mig_parser_enter(p))
        return mig_expr_new(p, MIG_EXPR_OTHER, from);
    mig_parser_expect_mark(p, "(");
    if (!mig_parser_is_mark(p, ")")) {
        distinct = mig_parser_take(p, "distinct");
        if (!distinct)
            mig_parser_take(p, "all");
        read_arguments(p, name, &args);
        if (mig_parser_is(p, "order")) {
            mig_parser_needs_by_engine(p, 34400, 0, 0, "ORDER BY in an aggregate", from);
            read_order(p, &args);
        }
        if (mig_parser_is_mysql(p))
            skip_argument_words(p);
    }
    mig_parser_expect_mark(p, ")");
    mig_parser_leave(p);

    MigExpr *expr = mig_expr_new_with(p, MIG_EXPR_CALL, from, &args);
    expr->schema = schema;
    expr->name = name;
    expr->distinct = distinct;
    return expr;
}

static void
read_bound(MigParser *p, MigExprList *list)
{
    if (mig_parser_take_words(p, "current row"))
        return;
    if (!mig_parser_take(p, "unbounded"))
        mig_expr_list_add(p, list, mig_parser_expression(p));
    if (!mig_parser_take(p, "preceding"))
        mig_parser_expect(p, "following");
}

static void
read_frame(MigParser *p, MigExprList *list)
{
    static const char *const kinds[] = {"rows", "range", "groups", NULL};

    if (!mig_parser_is_any(p, kinds))
        return;
    mig_parser_next(p);
    if (mig_parser_take(p, "between")) {
        read_bound(p, list);
        mig_parser_expect(p, "and");
    }
    read_bound(p, list);
    if (!mig_parser_take(p, "exclude"))
        return;
    if (mig_parser_take_words(p, "no others") || mig_parser_take_words(p, "current row") ||
        mig_parser_take(p, "group"))
        return;
    mig_parser_expect(p, "ties");
}

void
mig_parser_window(MigParser *p, MigExprList *list)
{
    static const char *const first[] = {"partition", "order", "rows", "range", "groups", NULL};

    mig_parser_expect_mark(p, "(");
    if (!mig_parser_is_any(p, first) && !mig_parser_is_mark(p, ")"))
        mig_parser_identifier(p, NULL);
    if (mig_parser_take(p, "partition")) {
        mig_parser_expect(p, "by");
        mig_expr_list_read(p, list);
    }
    if (mig_parser_is(p, "order"))
        read_order(p, list);
    read_frame(p, list);
    mig_parser_expect_mark(p, ")");
}

/* MySQL: [FROM FIRST] [RESPECT NULLS]; MariaDB: WITHIN GROUP (ORDER BY ...). */
static MigExpr *
read_mysql_suffix(MigParser *p, MigExpr *call)
{
    MigExprList args = {0};

    if (!mig_parser_take_words(p, "from first"))
        mig_parser_take_words(p, "from last");
    if (!mig_parser_take_words(p, "respect nulls"))
        mig_parser_take_words(p, "ignore nulls");
    if (!mig_parser_take_words(p, "within group"))
        return call;
    mig_expr_list_add(p, &args, call);
    mig_parser_window(p, &args);
    return mig_expr_new_text(p, MIG_EXPR_OTHER, call->span.offset, "within group", &args);
}

/* On SQLite OVER is a name where neither a "(" nor a window's name follows. */
static bool
at_over(const MigParser *p)
{
    MigToken token;

    if (!mig_parser_is(p, "over") || !mig_parser_peek(p, &token) || token.kind == MIG_TOKEN_ERROR)
        return false;

    MigParser ahead = *p;
    mig_parser_next(&ahead);
    return mig_parser_is_mark(&ahead, "(") || mig_parser_is_name(&ahead) ||
           mig_parser_is_quoted_string(&ahead);
}

MigExpr *
mig_parser_window_of(MigParser *p, MigExpr *call)
{
    size_t from = call->span.offset;

    if (mig_parser_is_mysql(p))
        call = read_mysql_suffix(p, call);
    if (p->engine == MIG_ENGINE_SQLITE && mig_parser_is(p, "filter") &&
        mig_parser_peek_mark(p, "(")) {
        MigExprList args = {0};

        mig_parser_next(p);
        mig_parser_next(p);
        mig_parser_expect(p, "where");
        mig_expr_list_add(p, &args, call);
        mig_expr_list_add(p, &args, mig_parser_expression(p));
        mig_parser_expect_mark(p, ")");
        mig_parser_needs_by_engine(p, 33000, 0, 0, "FILTER", from);
        call = mig_expr_new_text(p, MIG_EXPR_OTHER, from, "filter", &args);
    }

    if (!at_over(p))
        return call;

    MigExprList args = {0};
    mig_parser_next(p);
    mig_expr_list_add(p, &args, call);
    if (mig_parser_is_mark(p, "("))
        mig_parser_window(p, &args);
    else
        mig_parser_identifier(p, NULL);
    mig_parser_needs_by_engine(p, 32500, 80000, 100200, "window functions", from);
    return mig_expr_new_text(p, MIG_EXPR_OTHER, from, "over", &args);
}

/* CAST(a AS type), and MySQL's CONVERT(a, type). */
static MigExpr *
read_cast(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    bool convert = mig_parser_is(p, "convert");
    MigExprList args = {0};
    MigType *type = mig_arena_new0(p->arena, MigType, 1);

    mig_parser_next(p);
    if (!mig_parser_enter(p))
        return mig_expr_new(p, MIG_EXPR_OTHER, from);
    mig_parser_expect_mark(p, "(");
    mig_expr_list_add(p, &args, mig_parser_expression(p));
    if (convert && mig_parser_take(p, "using")) {
        const char *charset = mig_parser_value(p);

        mig_parser_expect_mark(p, ")");
        mig_parser_leave(p);
        MigExpr *expr = mig_expr_new_text(p, MIG_EXPR_CALL, from, charset, &args);
        expr->name = "convert";
        return expr;
    }
    if (mig_parser_is_mysql(p) && mig_parser_take_words(p, "at time zone"))
        mig_parser_value(p);
    if (convert)
        mig_parser_expect_mark(p, ",");
    else
        mig_parser_expect(p, "as");
    *type = mig_parser_is_mysql(p) ? mig_parse_mysql_cast_type(p) : mig_parser_type(p);
    if (mig_parser_is_mysql(p) && mig_parser_take(p, "array"))
        type->dimensions = 1;
    mig_parser_expect_mark(p, ")");
    mig_parser_leave(p);

    MigExpr *expr = mig_expr_new_with(p, MIG_EXPR_CAST, from, &args);
    expr->type = type;
    return expr;
}

/* MySQL: MATCH (a, b) AGAINST ('words' IN BOOLEAN MODE). */
static MigExpr *
read_match(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigExprList args = {0};

    mig_parser_next(p);
    bool parens = mig_parser_take_mark(p, "(");
    mig_expr_list_read(p, &args);
    if (parens)
        mig_parser_expect_mark(p, ")");
    mig_parser_expect(p, "against");
    mig_parser_expect_mark(p, "(");
    mig_expr_list_add(p, &args, mig_parser_climb(p, MIG_LEVEL_BIT_OR));
    if (!mig_parser_take_words(p, "in boolean mode"))
        mig_parser_take_words(p, "in natural language mode");
    mig_parser_take_words(p, "with query expansion");
    mig_parser_expect_mark(p, ")");
    MigExpr *expr = mig_expr_new_with(p, MIG_EXPR_CALL, from, &args);
    expr->name = "match";
    return expr;
}

/* SQLite: RAISE(IGNORE), RAISE(ABORT, 'message'), whose message may be an expression since 3.47. */
static MigExpr *
read_raise(MigParser *p)
{
    static const char *const kinds[] = {"rollback", "abort", "fail", NULL};
    size_t from = mig_parser_mark(p);
    MigExprList args = {0};

    mig_parser_next(p);
    mig_parser_expect_mark(p, "(");
    if (!mig_parser_take(p, "ignore")) {
        if (!mig_parser_is_any(p, kinds))
            mig_parser_fail(p, "expected IGNORE, ROLLBACK, ABORT or FAIL");
        mig_parser_next(p);
        mig_parser_expect_mark(p, ",");
        bool constant = mig_parser_is_string(p) && mig_parser_peek_mark(p, ")");
        mig_expr_list_add(p, &args, mig_parser_expression(p));
        if (!constant)
            mig_parser_needs_by_engine(p, 34700, 0, 0, "an expression in RAISE", from);
    }
    mig_parser_expect_mark(p, ")");
    MigExpr *expr = mig_expr_new_with(p, MIG_EXPR_CALL, from, &args);
    expr->name = "raise";
    return expr;
}

MigExpr *
mig_parser_special_call(MigParser *p)
{
    bool mysql = mig_parser_is_mysql(p);

    if (mysql && mig_parser_is(p, "match"))
        return read_match(p);
    bool cast = mig_parser_is(p, "cast") || (mysql && mig_parser_is(p, "convert"));
    bool raise = !mysql && mig_parser_is(p, "raise");
    /* On SQLite they are words that can't be names here. */
    if ((!cast && !raise) || (mysql && !mig_parser_peek_mark(p, "(")))
        return NULL;
    return cast ? read_cast(p) : read_raise(p);
}
