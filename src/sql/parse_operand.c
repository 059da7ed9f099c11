/* SPDX-License-Identifier: MIT */
/* Expressions: what stands between the operators. */
#include "sql/parse_operand.h"

#include <string.h>

/* Reserved words of MySQL's that are functions where a "(" follows. */
static const char *const mysql_functions[] = {"char",
                                              "if",
                                              "insert",
                                              "left",
                                              "right",
                                              "repeat",
                                              "replace",
                                              "mod",
                                              "values",
                                              "database",
                                              "schema",
                                              "user",
                                              "cume_dist",
                                              "dense_rank",
                                              "lag",
                                              "first_value",
                                              "lead",
                                              "last_value",
                                              "nth_value",
                                              "ntile",
                                              "rank",
                                              "grouping",
                                              "row_number",
                                              "percent_rank",
                                              "current_user",
                                              "system_user",
                                              "interval",
                                              "default",
                                              "convert",
                                              "localtime",
                                              "current_date",
                                              "current_time",
                                              "utc_date",
                                              "utc_time",
                                              "utc_timestamp",
                                              "localtimestamp",
                                              "current_timestamp",
                                              "except",
                                              "window",
                                              "range",
                                              "lateral",
                                              "empty",
                                              NULL};

static MigExpr *
read_word_literal(MigParser *p, const char *text)
{
    size_t from = mig_parser_mark(p);

    mig_parser_next(p);
    MigExpr *expr = mig_expr_new(p, MIG_EXPR_LITERAL, from);
    expr->text = text;
    return expr;
}

static MigExpr *
read_parameter(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    const char *text = p->sql + p->token.offset;

    if (p->engine == MIG_ENGINE_SQLITE && *text == '#')
        return mig_operand_fail(p, "an expression");
    text = mig_arena_strndup(p->arena, text, p->token.length);
    mig_parser_next(p);
    MigExpr *expr = mig_expr_new(p, MIG_EXPR_PARAMETER, from);
    expr->text = text;
    if (!mig_parser_is_mark(p, ":="))
        return expr;

    MigExprList args = {0};
    mig_parser_next(p);
    mig_expr_list_add(p, &args, expr);
    mig_expr_list_add(p, &args, mig_parser_expression(p));
    return mig_expr_new_text(p, MIG_EXPR_OPERATOR, from, ":=", &args);
}

/* A column, or the call of a function. */
static MigExpr *
read_name(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    bool quoted = p->sql[p->token.offset] == '"' ||
                  (mig_parser_is_mysql(p) && p->token.kind == MIG_TOKEN_QUOTED);
    MigName name = mig_parser_name(p);

    /* schema.table.column: columns are told apart by their table. */
    if (name.schema != NULL && mig_parser_is_mark(p, ".")) {
        mig_parser_next(p);
        name.schema = name.name;
        name.name = mig_parser_is_mysql(p) ? mig_parser_value(p) : mig_parser_identifier(p, NULL);
    }
    bool callable = name.schema == NULL || mig_parser_is_mysql(p);
    if (callable && mig_parser_is_mark(p, "("))
        return mig_parser_window_of(p, mig_parser_call(p, name.schema, name.name, from));

    MigExpr *expr = mig_expr_new(p, MIG_EXPR_COLUMN, from);
    expr->name = name.name;
    expr->schema = name.schema;
    expr->quoted = quoted && name.schema == NULL;
    return expr;
}

MigExpr *
mig_operand_prefixed(MigParser *p, MigExprKind kind, const char *text, MigLevel level)
{
    size_t from = mig_parser_mark(p);
    MigExprList args = {0};

    mig_parser_next(p);
    if (!mig_parser_enter(p))
        return mig_expr_new(p, MIG_EXPR_OTHER, from);
    mig_expr_list_add(p, &args, mig_parser_climb(p, level));
    mig_parser_leave(p);
    return mig_expr_new_text(p, kind, from, text, &args);
}

static MigExpr *
subquery(MigParser *p, MigExprKind kind, const MigQuery *query, size_t from)
{
    MigExpr *expr = mig_expr_new(p, kind, from);

    expr->query = query;
    return expr;
}

/* Whether what stands in parentheses was the first of several queries: ((SELECT 1) UNION ...). */
static bool
is_first_arm(const MigParser *p, const MigExprList *list)
{
    static const char *const after[] = {"union", "except", "intersect", "order", "limit", NULL};

    return mig_parser_is_mysql(p) && list->n == 1 && list->items[0]->kind == MIG_EXPR_SUBQUERY &&
           mig_parser_is_any(p, after);
}

static MigExpr *
read_in_parens(MigParser *p, size_t from)
{
    MigExprList list = {0};
    bool values = p->engine == MIG_ENGINE_MARIADB && mig_parser_is(p, "values");

    if (mig_parser_at_query(p) && !values) {
        const MigQuery *query = mig_parser_query(p);

        mig_parser_expect_mark(p, ")");
        return subquery(p, MIG_EXPR_SUBQUERY, query, from);
    }
    mig_expr_list_read(p, &list);
    if (is_first_arm(p, &list)) {
        const MigQuery *query = mig_parser_query_on(p, list.items[0]->query, from);

        mig_parser_expect_mark(p, ")");
        return subquery(p, MIG_EXPR_SUBQUERY, query, from);
    }
    mig_parser_expect_mark(p, ")");
    if (list.n > 1) {
        mig_parser_needs_by_engine(p, 31500, 0, 0, "row values", from);
        return mig_expr_new_with(p, MIG_EXPR_ROW, from, &list);
    }
    list.items[0]->parenthesised = true;
    list.items[0]->span = mig_parser_span(p, from);
    return list.items[0];
}

static MigExpr *
read_parens(MigParser *p)
{
    size_t from = mig_parser_mark(p);

    if (!mig_parser_enter(p))
        return mig_expr_new(p, MIG_EXPR_OTHER, from);
    mig_parser_expect_mark(p, "(");
    MigExpr *expr = read_in_parens(p, from);
    mig_parser_leave(p);
    return expr;
}

static MigExpr *
read_exists(MigParser *p)
{
    size_t from = mig_parser_mark(p);

    mig_parser_next(p);
    if (!mig_parser_enter(p))
        return mig_expr_new(p, MIG_EXPR_OTHER, from);
    mig_parser_expect_mark(p, "(");
    const MigQuery *query = mig_parser_query(p);
    mig_parser_expect_mark(p, ")");
    mig_parser_leave(p);
    return subquery(p, MIG_EXPR_EXISTS, query, from);
}

static MigExpr *
read_case(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigExprList args = {0};

    mig_parser_next(p);
    if (!mig_parser_enter(p))
        return mig_expr_new(p, MIG_EXPR_OTHER, from);
    if (!mig_parser_is(p, "when"))
        mig_expr_list_add(p, &args, mig_parser_expression(p));
    do {
        mig_parser_expect(p, "when");
        mig_expr_list_add(p, &args, mig_parser_expression(p));
        mig_parser_expect(p, "then");
        mig_expr_list_add(p, &args, mig_parser_expression(p));
    } while (mig_parser_is(p, "when"));
    if (mig_parser_take(p, "else"))
        mig_expr_list_add(p, &args, mig_parser_expression(p));
    mig_parser_expect(p, "end");
    mig_parser_leave(p);
    return mig_expr_new_with(p, MIG_EXPR_CASE, from, &args);
}

/* A reserved word that is the name of a function, if a "(" follows it. */
static MigExpr *
read_reserved_call(MigParser *p)
{
    size_t from = mig_parser_mark(p);

    if (!mig_parser_is_mysql(p) || !mig_parser_is_any(p, mysql_functions) ||
        !mig_parser_peek_mark(p, "("))
        return NULL;
    const char *name = mig_parser_value(p);
    return mig_parser_window_of(p, mig_parser_call(p, NULL, name, from));
}

static MigExpr *
read_word(MigParser *p)
{
    MigExpr *expr = NULL;

    if (mig_parser_is(p, "null")) {
        expr = read_word_literal(p, NULL);
        expr->kind = MIG_EXPR_NULL;
        return expr;
    }
    if (mig_parser_is(p, "true") && !mig_parser_peek_mark(p, "."))
        return read_word_literal(p, "true");
    if (mig_parser_is(p, "false") && !mig_parser_peek_mark(p, "."))
        return read_word_literal(p, "false");
    if (mig_parser_is(p, "not"))
        return mig_operand_prefixed(p, MIG_EXPR_NOT, NULL, MIG_LEVEL_NOT);
    if (mig_parser_is(p, "case"))
        return read_case(p);
    if (mig_parser_is(p, "exists"))
        return read_exists(p);
    expr = mig_parser_special_call(p);
    if (expr != NULL)
        return expr;
    if (mig_parser_is_mysql(p))
        expr = mig_operand_mysql(p);
    else if (mig_operand_is_sqlite_time(p))
        return mig_operand_time(p);
    if (expr != NULL)
        return expr;
    expr = read_reserved_call(p);
    if (expr != NULL)
        return expr;
    return mig_parser_is_name(p) ? read_name(p) : mig_operand_fail(p, "an expression");
}

static MigExpr *
read_mark(MigParser *p)
{
    MigToken after;

    if (mig_parser_is_mark(p, "("))
        return read_parens(p);
    if (mig_parser_is_mark(p, "-") || mig_parser_is_mark(p, "+")) {
        bool negative = mig_parser_is_mark(p, "-");
        size_t from = mig_parser_mark(p);

        if (negative && mig_parser_peek(p, &after) && after.kind == MIG_TOKEN_NUMBER) {
            mig_parser_next(p);
            MigExpr *number = mig_operand_number(p, true);
            number->span = mig_parser_span(p, from);
            return number;
        }
        return mig_operand_prefixed(p, MIG_EXPR_OPERATOR, negative ? "-" : "+", MIG_LEVEL_UNARY);
    }
    if (mig_parser_is_mark(p, "~"))
        return mig_operand_prefixed(p, MIG_EXPR_OPERATOR, "~", MIG_LEVEL_UNARY);
    if (mig_parser_is_mysql(p) && mig_parser_is_mark(p, ".")) {
        /* .t.a is t.a. */
        MigExpr *column = read_name(p);

        if (column->schema == NULL)
            mig_parser_fail(p, "expected \".\"");
        return column;
    }
    if (mig_parser_is_mysql(p) && mig_parser_is_mark(p, "!"))
        return mig_operand_prefixed(p, MIG_EXPR_NOT, NULL, MIG_LEVEL_UNARY);
    return mig_operand_fail(p, "an expression");
}

MigExpr *
mig_parser_operand(MigParser *p)
{
    switch (p->token.kind) {
    case MIG_TOKEN_NUMBER:
        return mig_operand_number(p, false);
    case MIG_TOKEN_STRING:
        return mig_operand_string(p);
    case MIG_TOKEN_PARAMETER:
        return read_parameter(p);
    case MIG_TOKEN_QUOTED:
        return read_name(p);
    case MIG_TOKEN_WORD:
        return read_word(p);
    case MIG_TOKEN_OPERATOR:
        return read_mark(p);
    case MIG_TOKEN_END:
    case MIG_TOKEN_SEMICOLON:
    case MIG_TOKEN_VERSION_BEGIN:
    case MIG_TOKEN_VERSION_END:
    case MIG_TOKEN_COMMENT:
    case MIG_TOKEN_ERROR:
        break;
    }
    return mig_operand_fail(p, "an expression");
}
