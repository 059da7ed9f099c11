/* SPDX-License-Identifier: MIT */
/* Nodes of expressions, and lists of them. */
#include "sql/parse_expression.h"

#include <string.h>

void
mig_expr_list_add(MigParser *p, MigExprList *list, MigExpr *expr)
{
    if (list->n == list->capacity) {
        size_t capacity = list->capacity == 0 ? 4 : list->capacity * 2;
        MigExpr **items = mig_arena_new0(p->arena, MigExpr *, capacity);

        if (list->n > 0)
            memcpy(items, list->items, list->n * sizeof *items);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->n++] = expr;
}

void
mig_expr_list_read(MigParser *p, MigExprList *list)
{
    do {
        mig_expr_list_add(p, list, mig_parser_expression(p));
    } while (mig_parser_take_mark(p, ","));
}

MigExpr *
mig_expr_new(MigParser *p, MigExprKind kind, size_t from)
{
    MigExpr *expr = mig_arena_new0(p->arena, MigExpr, 1);

    expr->kind = kind;
    expr->span = mig_parser_span(p, from);
    return expr;
}

MigExpr *
mig_expr_new_with(MigParser *p, MigExprKind kind, size_t from, MigExprList *args)
{
    MigExpr *expr = mig_expr_new(p, kind, from);

    expr->args = args->items;
    expr->n_args = args->n;
    return expr;
}

MigExpr *
mig_expr_new_text(MigParser *p, MigExprKind kind, size_t from, const char *text, MigExprList *args)
{
    MigExpr *expr = mig_expr_new_with(p, kind, from, args);

    expr->text = text;
    return expr;
}
