/* SPDX-License-Identifier: MIT */
/* Expressions: the words that only MySQL and MariaDB have. */
#include "sql/parse_operand.h"

#include <string.h>

/* Values and functions that may be written without parentheses. */
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

/* CURRENT_TIMESTAMP, with or without its parentheses. */
MigExpr *
mig_operand_time(MigParser *p)
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
        return mig_operand_fail(p, "a unit, such as DAY");
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
    mig_expr_list_add(p, &args, mig_operand_string(p));
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

MigExpr *
mig_operand_mysql(MigParser *p)
{
    static const char *const typed[] = {"date", "time", "timestamp", NULL};
    MigToken after;

    if (p->sql[p->token.offset] == '_' && mig_parser_peek(p, &after) &&
        (after.kind == MIG_TOKEN_STRING || after.kind == MIG_TOKEN_NUMBER)) {
        /* An introducer: what follows is in that character set. */
        mig_parser_next(p);
        return after.kind == MIG_TOKEN_STRING ? mig_operand_string(p)
                                              : mig_operand_number(p, false);
    }
    if (mig_parser_is(p, "interval"))
        return read_interval(p);
    if (mig_parser_is(p, "binary"))
        return mig_operand_prefixed(p, MIG_EXPR_OPERATOR, "binary", MIG_LEVEL_COLLATE);
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
        return mig_operand_time(p);
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
