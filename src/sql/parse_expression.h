/* SPDX-License-Identifier: MIT */
/* What the files that parse expressions, queries and data statements share. */
#pragma once

#include "sql/parser.h"

/* An operator chain makes a tree as tall as it is long. SQLite, "Limits": the same for its trees. */
#define MIG_PARSER_HEIGHT 1000

/* From the loosest binding to the tightest. SQLite, "Operators, and Parse-Affecting Attributes";
 * MySQL 8.4, "Operator Precedence". */
typedef enum {
    MIG_LEVEL_NONE,
    MIG_LEVEL_OR,
    MIG_LEVEL_XOR,
    MIG_LEVEL_AND,
    MIG_LEVEL_NOT,
    MIG_LEVEL_EQUAL,
    MIG_LEVEL_COMPARE,   /* SQLite only */
    MIG_LEVEL_PREDICATE, /* MySQL only: IN, BETWEEN, LIKE, REGEXP */
    MIG_LEVEL_BIT_OR,
    MIG_LEVEL_BIT_AND,
    MIG_LEVEL_SHIFT,
    MIG_LEVEL_ADD,
    MIG_LEVEL_MULTIPLY,
    MIG_LEVEL_BIT_XOR,
    MIG_LEVEL_CONCAT, /* SQLite's ||, and -> */
    MIG_LEVEL_COLLATE,
    MIG_LEVEL_UNARY,
} MigLevel;

/* Grows in the parser's arena. */
typedef struct {
    MigExpr **items;
    size_t n;
    size_t capacity;
} MigExprList;

void mig_expr_list_add(MigParser *p, MigExprList *list, MigExpr *expr);
/* a, b, c: at least one */
void mig_expr_list_read(MigParser *p, MigExprList *list);

/* A node whose span goes from @from to the last token that was passed. */
MigExpr *mig_expr_new(MigParser *p, MigExprKind kind, size_t from);
MigExpr *mig_expr_new_with(MigParser *p, MigExprKind kind, size_t from, MigExprList *args);
MigExpr *
mig_expr_new_text(MigParser *p, MigExprKind kind, size_t from, const char *text, MigExprList *args);

/* An expression of operators that bind at least as tightly as @level. */
MigExpr *mig_parser_climb(MigParser *p, MigLevel level);
/* The rest of one whose first operand, which began at @from, has been read. */
MigExpr *mig_parser_climb_on(MigParser *p, MigExpr *left, size_t from, MigLevel level);
/* A literal, a name, a call, something in parentheses; prefix operators included. */
MigExpr *mig_parser_operand(MigParser *p);

/* The call whose name has been read; the current token is its "(". */
MigExpr *mig_parser_call(MigParser *p, const char *schema, const char *name, size_t from);
/* CAST(...), CONVERT(...), and the like: the current token is the word. %NULL: it isn't one. */
MigExpr *mig_parser_special_call(MigParser *p);
/* FILTER (...), OVER (...) behind a call. */
MigExpr *mig_parser_window_of(MigParser *p, MigExpr *call);
/* The inside of OVER (...) or of WINDOW w AS (...), with its parentheses. */
void mig_parser_window(MigParser *p, MigExprList *list);

/* The rest of a query whose first arm has been read: set operations, ORDER BY, LIMIT. */
const MigQuery *mig_parser_query_on(MigParser *p, const MigQuery *first, size_t from);
/* A SELECT, up to what may also follow a set operation. */
void mig_parser_select(MigParser *p, MigQuery *query);
/* MySQL's INTO @a, or OUTFILE, if it is there. */
void mig_parser_skip_into(MigParser *p);
MigItem *mig_parser_order_by(MigParser *p, size_t *out_n);
/* What follows FROM. */
MigRelation *mig_parser_relations(MigParser *p, size_t *out_n);
/* [AS] alias, %NULL if there is none */
const char *mig_parser_alias(MigParser *p);
/* LIMIT of a query, an UPDATE or a DELETE, if it is there. */
void mig_parser_limit(MigParser *p, MigQuery *query);
/* The rows behind VALUES. */
void mig_parser_rows(MigParser *p, MigExprList *rows);
/* A SELECT's list of results, or RETURNING's. */
MigItem *mig_parser_targets(MigParser *p, size_t *out_n);

static inline bool
mig_parser_is_mysql(const MigParser *p)
{
    return (p->engine & MIG_ENGINE_MYSQL_FAMILY) != 0;
}

/* Notes what an older server refuses: the first version of each engine, 0 if all have it. */
static inline void
mig_parser_needs_by_engine(MigParser *p, int sqlite, int mysql, int mariadb, const char *what,
                           size_t from)
{
    int version = p->engine == MIG_ENGINE_SQLITE  ? sqlite
                  : p->engine == MIG_ENGINE_MYSQL ? mysql
                                                  : mariadb;

    mig_parser_needs(p, version, what, mig_parser_span(p, from));
}
