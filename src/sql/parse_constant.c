/* SPDX-License-Identifier: MIT */
/* Expressions: numbers, strings, and the values of DEFAULT. */
#include "sql/parse_operand.h"

#include <string.h>

#include "sql/literal.h"

MigExpr *
mig_operand_fail(MigParser *p, const char *what)
{
    MigExpr *expr = mig_expr_new(p, MIG_EXPR_OTHER, mig_parser_mark(p));

    mig_parser_fail(p, "expected %s", what);
    return expr;
}

bool
mig_operand_is_sqlite_time(const MigParser *p)
{
    static const char *const words[] = {"current_time", "current_date", "current_timestamp", NULL};

    return mig_parser_is_any(p, words);
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

MigExpr *
mig_operand_number(MigParser *p, bool negative)
{
    const char *text = p->sql + p->token.offset;
    size_t length = p->token.length;
    size_t from = mig_parser_mark(p);
    bool separated = false;

    if (p->engine == MIG_ENGINE_SQLITE && !is_sqlite_number(text, length, &separated))
        return mig_operand_fail(p, "a number");
    mig_parser_next(p);
    if (separated)
        mig_parser_needs_by_engine(p, 34600, 0, 0, "_ in a number", from);
    MigExpr *expr = mig_expr_new(p, MIG_EXPR_LITERAL, from);
    expr->text = mig_arena_strndup(p->arena, text, length);
    if (negative)
        expr->text = mig_arena_printf(p->arena, "-%s", expr->text);
    return expr;
}

MigExpr *
mig_operand_string(MigParser *p)
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
            return mig_operand_fail(p, "a blob of hexadecimal digits, two for each byte");
    }
    const char *value = mig_parser_string(p);
    MigExpr *expr = mig_expr_new(p, MIG_EXPR_LITERAL, from);
    expr->text = value;
    expr->string = !bytes;
    return expr;
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
        expr = mig_operand_number(p, negative);
        expr->span = mig_parser_span(p, from);
        return expr;
    }
    if (mig_parser_is_mysql(p) ||
        (!mig_parser_is(p, "null") && !mig_parser_is_string(p) && !mig_operand_is_sqlite_time(p)))
        return mig_operand_fail(p, "a number");
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
                mig_operand_is_sqlite_time(p);
    if (!word && (p->token.kind == MIG_TOKEN_QUOTED || p->token.kind == MIG_TOKEN_WORD))
        return read_sqlite_word(p);
    return word || p->token.kind == MIG_TOKEN_NUMBER || p->token.kind == MIG_TOKEN_STRING
               ? mig_parser_operand(p)
               : mig_operand_fail(p, "a constant, or an expression in parentheses");
}
