/* SPDX-License-Identifier: MIT */
/* Expressions: what stands between the operators. */
#include "sql/parse_expression.h"

#include <string.h>

#include "sql/literal.h"

/* Values and functions that are written without parentheses. */
static const char *const sqlite_times[] = {"current_time", "current_date", "current_timestamp",
                                           NULL};
static const char *const mysql_times[] = {"current_timestamp",
                                          "current_date",
                                          "current_time",
                                          "current_user",
                                          "current_role",
                                          "localtime",
                                          "utc_date",
                                          "utc_timestamp",
                                          "utc_time",
                                          "localtimestamp",
                                          NULL};

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
fail(MigParser *p, const char *what)
{
    MigExpr *expr = mig_expr_new(p, MIG_EXPR_OTHER, mig_parser_mark(p));

    mig_parser_fail(p, "expected %s", what);
    return expr;
}

static MigExpr *
read_word_literal(MigParser *p, const char *text)
{
    size_t from = mig_parser_mark(p);

    mig_parser_next(p);
    MigExpr *expr = mig_expr_new(p, MIG_EXPR_LITERAL, from);
    expr->text = text;
    return expr;
}

/* SQLite, "Literal Values": what letters follow a number directly make it none. */
static bool
is_sqlite_number(const char *text, size_t length, bool *out_separated)
{
    size_t at = 0;
    bool hex = length > 2 && text[0] == '0' && (text[1] | 0x20) == 'x';

    *out_separated = memchr(text, '_', length) != NULL;
    if (hex) {
        for (at = 2; at < length && (g_ascii_isxdigit(text[at]) || text[at] == '_'); at++)
            ;
        return at == length;
    }
    while (at < length && (g_ascii_isdigit(text[at]) || text[at] == '.' || text[at] == '_'))
        at++;
    if (at < length && (text[at] | 0x20) == 'e') {
        at++;
        if (at < length && (text[at] == '+' || text[at] == '-'))
            at++;
        while (at < length && (g_ascii_isdigit(text[at]) || text[at] == '_'))
            at++;
    }
    return at == length && g_ascii_isdigit(text[length - 1]) + (text[length - 1] == '.') > 0;
}

static MigExpr *
read_number(MigParser *p, bool negative)
{
    const char *text = p->sql + p->token.offset;
    size_t length = p->token.length;
    size_t from = mig_parser_mark(p);
    bool separated = false;

    if (p->engine == MIG_ENGINE_SQLITE && !is_sqlite_number(text, length, &separated))
        return fail(p, "a number");
    mig_parser_next(p);
    if (separated)
        mig_parser_needs_by_engine(p, 34600, 0, 0, "_ in a number", from);
    MigExpr *expr = mig_expr_new(p, MIG_EXPR_LITERAL, from);
    expr->text = mig_arena_strndup(p->arena, text, length);
    if (negative)
        expr->text = mig_arena_printf(p->arena, "-%s", expr->text);
    return expr;
}

static MigExpr *
read_string(MigParser *p)
{
    const char *text = p->sql + p->token.offset;
    size_t length = p->token.length;
    size_t from = mig_parser_mark(p);
    bool bytes = mig_literal_is_bytes(text, length);

    if (bytes && p->engine == MIG_ENGINE_SQLITE) {
        size_t digits = 2;
        while (g_ascii_isxdigit(text[digits]))
            digits++;
        if (digits != length - 1 || length % 2 == 0)
            return fail(p, "a blob of hexadecimal digits, two for each byte");
    }
    const char *value = mig_parser_string(p);
    MigExpr *expr = mig_expr_new(p, MIG_EXPR_LITERAL, from);
    expr->text = value;
    expr->string = !bytes;
    return expr;
}

static MigExpr *
read_parameter(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    const char *text = p->sql + p->token.offset;

    if (p->engine == MIG_ENGINE_SQLITE && *text == '#')
        return fail(p, "an expression");
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

static MigExpr *
read_prefixed(MigParser *p, MigExprKind kind, const char *text, MigLevel level)
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

/* CURRENT_TIMESTAMP, with or without its parentheses. */
static MigExpr *
read_time(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    g_autofree char *lower = g_ascii_strdown(p->sql + p->token.offset, (gssize)p->token.length);
    const char *name = mig_arena_strdup(p->arena, lower);

    mig_parser_next(p);
    if (mig_parser_is_mysql(p) && mig_parser_is_mark(p, "("))
        return mig_parser_call(p, NULL, name, from);
    MigExpr *expr = mig_expr_new(p, MIG_EXPR_CALL, from);
    expr->name = name;
    return expr;
}

/* MySQL: INTERVAL 1 DAY, or the function INTERVAL(a, b, ...). */
static MigExpr *
read_interval(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigExprList args = {0};

    mig_parser_next(p);
    if (!mig_parser_enter(p))
        return mig_expr_new(p, MIG_EXPR_OTHER, from);
    MigExpr *value = mig_parser_expression(p);
    mig_parser_leave(p);
    if (value->kind == MIG_EXPR_ROW && p->token.kind != MIG_TOKEN_WORD) {
        value->kind = MIG_EXPR_CALL;
        value->name = "interval";
        return value;
    }
    mig_expr_list_add(p, &args, value);
    if (p->token.kind != MIG_TOKEN_WORD)
        return fail(p, "a unit, such as DAY");
    g_autofree char *unit = g_ascii_strdown(p->sql + p->token.offset, (gssize)p->token.length);
    mig_parser_next(p);
    return mig_expr_new_text(p, MIG_EXPR_INTERVAL, from, mig_arena_strdup(p->arena, unit), &args);
}

/* DATE '2024-01-31' and the like: a cast of what stands in quotes. */
static MigExpr *
read_typed_literal(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    MigType *type = mig_arena_new0(p->arena, MigType, 1);
    g_autofree char *name = g_ascii_strdown(p->sql + p->token.offset, (gssize)p->token.length);
    MigExprList args = {0};

    type->name = mig_arena_strdup(p->arena, name);
    mig_parser_next(p);
    type->span = mig_parser_span(p, from);
    mig_expr_list_add(p, &args, read_string(p));
    MigExpr *expr = mig_expr_new_with(p, MIG_EXPR_CAST, from, &args);
    expr->type = type;
    return expr;
}

/* NEXT VALUE FOR s, PREVIOUS VALUE FOR s: MariaDB, "SEQUENCE Functions". */
static MigExpr *
read_sequence_value(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    bool next = mig_parser_is(p, "next");

    mig_parser_next(p);
    mig_parser_expect(p, "value");
    mig_parser_expect(p, "for");
    MigName name = mig_parser_name(p);
    MigExprList args = {0};
    MigExpr *sequence = mig_expr_new(p, MIG_EXPR_COLUMN, name.span.offset);
    sequence->name = name.name;
    sequence->schema = name.schema;
    mig_expr_list_add(p, &args, sequence);
    MigExpr *expr = mig_expr_new_with(p, MIG_EXPR_CALL, from, &args);
    expr->name = next ? "nextval" : "lastval";
    return expr;
}

/* Returns: %NULL if it isn't a word that only MySQL and MariaDB have */
static MigExpr *
read_mysql_word(MigParser *p)
{
    static const char *const typed[] = {"date", "time", "timestamp", NULL};
    MigToken after;

    if (p->sql[p->token.offset] == '_' && mig_parser_peek(p, &after) &&
        (after.kind == MIG_TOKEN_STRING || after.kind == MIG_TOKEN_NUMBER)) {
        /* An introducer: what follows is in that character set. */
        mig_parser_next(p);
        return after.kind == MIG_TOKEN_STRING ? read_string(p) : read_number(p, false);
    }
    if (mig_parser_is(p, "interval"))
        return read_interval(p);
    if (mig_parser_is(p, "binary"))
        return read_prefixed(p, MIG_EXPR_OPERATOR, "binary", MIG_LEVEL_COLLATE);
    if (mig_parser_is(p, "default") && !mig_parser_peek_mark(p, "(")) {
        size_t from = mig_parser_mark(p);
        mig_parser_next(p);
        return mig_expr_new(p, MIG_EXPR_DEFAULT, from);
    }
    if (mig_parser_is_any(p, typed) && mig_parser_peek(p, &after) && after.kind == MIG_TOKEN_STRING)
        return read_typed_literal(p);
    if ((mig_parser_is(p, "next") || mig_parser_is(p, "previous")) &&
        mig_parser_peek_is(p, "value"))
        return read_sequence_value(p);
    if (mig_parser_is_any(p, mysql_times))
        return read_time(p);
    if (mig_parser_is(p, "row") && mig_parser_peek_mark(p, "(")) {
        size_t from = mig_parser_mark(p);
        mig_parser_next(p);
        MigExprList args = {0};
        mig_parser_expect_mark(p, "(");
        mig_expr_list_read(p, &args);
        mig_parser_expect_mark(p, ")");
        return mig_expr_new_with(p, MIG_EXPR_ROW, from, &args);
    }
    return NULL;
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
        return read_prefixed(p, MIG_EXPR_NOT, NULL, MIG_LEVEL_NOT);
    if (mig_parser_is(p, "case"))
        return read_case(p);
    if (mig_parser_is(p, "exists"))
        return read_exists(p);
    expr = mig_parser_special_call(p);
    if (expr != NULL)
        return expr;
    if (mig_parser_is_mysql(p))
        expr = read_mysql_word(p);
    else if (mig_parser_is_any(p, sqlite_times))
        return read_time(p);
    if (expr != NULL)
        return expr;
    expr = read_reserved_call(p);
    if (expr != NULL)
        return expr;
    return mig_parser_is_name(p) ? read_name(p) : fail(p, "an expression");
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
            MigExpr *number = read_number(p, true);
            number->span = mig_parser_span(p, from);
            return number;
        }
        return read_prefixed(p, MIG_EXPR_OPERATOR, negative ? "-" : "+", MIG_LEVEL_UNARY);
    }
    if (mig_parser_is_mark(p, "~"))
        return read_prefixed(p, MIG_EXPR_OPERATOR, "~", MIG_LEVEL_UNARY);
    if (mig_parser_is_mysql(p) && mig_parser_is_mark(p, ".")) {
        /* .t.a is t.a. */
        MigExpr *column = read_name(p);

        if (column->schema == NULL)
            mig_parser_fail(p, "expected \".\"");
        return column;
    }
    if (mig_parser_is_mysql(p) && mig_parser_is_mark(p, "!"))
        return read_prefixed(p, MIG_EXPR_NOT, NULL, MIG_LEVEL_UNARY);
    return fail(p, "an expression");
}

MigExpr *
mig_parser_operand(MigParser *p)
{
    switch (p->token.kind) {
    case MIG_TOKEN_NUMBER:
        return read_number(p, false);
    case MIG_TOKEN_STRING:
        return read_string(p);
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
    return fail(p, "an expression");
}

/* DEFAULT word is the string 'word' on SQLite, which has true and false besides. */
static MigExpr *
read_sqlite_word(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    const char *text = mig_parser_identifier(p, NULL);
    MigExpr *expr = mig_expr_new(p, MIG_EXPR_LITERAL, from);

    expr->text = text;
    expr->string = true;
    return expr;
}

/* A sign before a number; SQLite takes it before any constant. */
static MigExpr *
read_signed(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    bool negative = mig_parser_is_mark(p, "-");
    MigExprList args = {0};
    MigExpr *expr = NULL;

    mig_parser_next(p);
    if (p->token.kind == MIG_TOKEN_NUMBER) {
        expr = read_number(p, negative);
        expr->span = mig_parser_span(p, from);
        return expr;
    }
    if (mig_parser_is_mysql(p) || (!mig_parser_is(p, "null") && !mig_parser_is_string(p) &&
                                   !mig_parser_is_any(p, sqlite_times)))
        return fail(p, "a number");
    mig_expr_list_add(p, &args, mig_parser_operand(p));
    return mig_expr_new_text(p, MIG_EXPR_OPERATOR, from, negative ? "-" : "+", &args);
}

MigExpr *
mig_parser_literal(MigParser *p)
{
    if (mig_parser_is_mark(p, "+") || mig_parser_is_mark(p, "-"))
        return read_signed(p);
    if (mig_parser_is_mysql(p))
        return mig_parser_operand(p);

    bool word = mig_parser_is(p, "null") || mig_parser_is(p, "true") || mig_parser_is(p, "false") ||
                mig_parser_is_any(p, sqlite_times);
    if (!word && (p->token.kind == MIG_TOKEN_QUOTED || p->token.kind == MIG_TOKEN_WORD))
        return read_sqlite_word(p);
    return word || p->token.kind == MIG_TOKEN_NUMBER || p->token.kind == MIG_TOKEN_STRING
               ? mig_parser_operand(p)
               : fail(p, "a constant, or an expression in parentheses");
}
