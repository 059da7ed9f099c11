/* SPDX-License-Identifier: MIT */
/* Expressions, queries and types as they stand in SQL, whatever the engine. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

G_BEGIN_DECLS

typedef struct MigExpr MigExpr;
typedef struct MigQuery MigQuery;

/**
 * MigSpan:
 *
 * A part of a statement's text. Nothing is there where `length` is 0.
 */
typedef struct {
    size_t offset; /* in bytes from the statement's first */
    size_t length; /* in bytes */
} MigSpan;

/**
 * MigName:
 *
 * A name as the catalog has it: unquoted, and folded as the engine folds it (PostgreSQL: lower case
 * unless quoted; the others: as written). All strings here are borrowed from the MigChanges that the
 * name is in.
 */
typedef struct {
    const char *schema; /* MySQL: the database; SQLite: main, temp or what is attached; %NULL: not
                           said */
    const char *name;   /* %NULL: there is none, as of an unnamed constraint */
    bool quoted;        /* the name was written in quotes */
    MigSpan span;       /* the schema included */
} MigName;

/**
 * MigType:
 *
 * A data type. Aliases are resolved to one spelling where the engine itself does so: "int4", "int"
 * and "integer" are "integer" on PostgreSQL, "varchar" is "character varying", "decimal" is
 * "numeric", "timestamptz" is "timestamp with time zone" and "timestamp" is "timestamp without time
 * zone", "serial" stays "serial", "bool" is "boolean", "float8" is "double precision", "char" is
 * "character" with a length of 1. On MySQL and MariaDB names are lower case and
 * "integer" is "int", "numeric" is "decimal", "bool" is "tinyint(1)". On SQLite the words are kept
 * as written.
 */
typedef struct {
    const char *name;       /* lower case, of built-in types; %NULL: no type was written (SQLite) */
    const char *schema;     /* of a type that is no built-in one; %NULL */
    long long modifiers[2]; /* length, or precision and scale */
    unsigned n_modifiers;
    unsigned dimensions; /* of an array; 0: no array */
    bool setof;
    bool is_unsigned;
    bool zerofill;
    const char *charset;   /* MySQL; %NULL */
    const char *collation; /* %NULL: not written */
    const char *fields;    /* PostgreSQL's interval: "year to month"; %NULL */
    const char **values;   /* MySQL's ENUM and SET, unquoted; %NULL */
    size_t n_values;
    MigSpan span; /* as it was written, which is what people are shown */
} MigType;

typedef enum {
    MIG_EXPR_NULL,
    MIG_EXPR_LITERAL, /* `text` is its value without quotes */
    MIG_EXPR_COLUMN,  /* `name`; `schema` is the table or alias that qualifies it, or %NULL */
    MIG_EXPR_STAR,    /* * or t.*; `schema` as above */
    MIG_EXPR_PARAMETER,
    MIG_EXPR_CALL,     /* `name`(args); also CURRENT_TIMESTAMP and the like, with no args */
    MIG_EXPR_OPERATOR, /* `text` is the operator in lower case: "=", "||", "like", "not like",
                            "is distinct from", "at time zone"; one or two args */
    MIG_EXPR_AND,      /* args, flattened: never an AND directly in an AND */
    MIG_EXPR_OR,       /* the same */
    MIG_EXPR_NOT,      /* one arg */
    MIG_EXPR_IS_NULL,  /* one arg */
    MIG_EXPR_IS_NOT_NULL,
    MIG_EXPR_IS_TRUE, /* one arg; `text`: "true", "false", "unknown", "not true", ... */
    MIG_EXPR_IN,      /* args[0] IN (the other args), or (query); also = ANY (ARRAY[...]) */
    MIG_EXPR_NOT_IN,
    MIG_EXPR_BETWEEN, /* args: value, low, high */
    MIG_EXPR_NOT_BETWEEN,
    MIG_EXPR_CASE,     /* args: operand if any, conditions, results, ELSE */
    MIG_EXPR_CAST,     /* one arg and `type` */
    MIG_EXPR_COLLATE,  /* one arg, `text` is the collation */
    MIG_EXPR_ARRAY,    /* args */
    MIG_EXPR_ROW,      /* args */
    MIG_EXPR_EXISTS,   /* query */
    MIG_EXPR_SUBQUERY, /* query, as a value */
    MIG_EXPR_DEFAULT,  /* the word, in VALUES and SET */
    MIG_EXPR_INTERVAL, /* MySQL: INTERVAL args[0] `text` */
    MIG_EXPR_OTHER,    /* anything else; args are what it contains */
} MigExprKind;

struct MigExpr {
    MigExprKind kind;
    MigSpan span;
    const char *text;      /* see the kinds */
    const char *name;      /* see the kinds; folded as names are */
    const char *schema;    /* see the kinds */
    bool string;           /* LITERAL: it was a string, not a number or a word */
    bool quoted;           /* COLUMN: written in quotes (SQLite may take it for a string) */
    bool distinct;         /* CALL: count(DISTINCT a) */
    bool parenthesised;    /* written in parentheses: SQLite and MySQL tell defaults apart by it */
    const MigType *type;   /* CAST */
    const MigQuery *query; /* EXISTS, SUBQUERY, IN, NOT IN, or %NULL */
    MigExpr **args;        /* never %NULL members */
    size_t n_args;
};

typedef enum {
    MIG_JOIN_FIRST, /* the first of FROM: joined to nothing */
    MIG_JOIN_COMMA,
    MIG_JOIN_INNER,
    MIG_JOIN_LEFT,
    MIG_JOIN_RIGHT,
    MIG_JOIN_FULL,
    MIG_JOIN_CROSS,
} MigJoin;

/**
 * MigRelation:
 *
 * One member of FROM: a table or view, a query, a function, or (`name.name` and `query` %NULL)
 * something else.
 */
typedef struct {
    MigName name;
    const char *alias; /* %NULL: none */
    const MigQuery *query;
    const MigExpr *call;
    MigJoin join;
    bool has_condition; /* ON, USING or NATURAL */
    bool lateral;
    const MigExpr *on; /* %NULL: none, or USING */
} MigRelation;

/**
 * MigItem:
 *
 * A column of a SELECT's result, an assignment of SET (`column` = `value`), or a term of ORDER BY.
 */
typedef struct {
    const char *column; /* the alias, or the column that is assigned to; %NULL: none */
    const MigExpr *value;
    bool descending;
    MigSpan span;
} MigItem;

/**
 * MigQuery:
 *
 * A SELECT, VALUES or TABLE, or one arm of a UNION.
 */
struct MigQuery {
    MigSpan span;
    MigItem *targets;
    size_t n_targets;
    MigRelation *from;
    size_t n_from;
    const MigExpr *where; /* %NULL: none */
    MigExpr **group_by;
    size_t n_group_by;
    const MigExpr *having;
    MigItem *order_by;
    size_t n_order_by;
    const MigExpr *limit;
    const MigExpr *offset;
    bool distinct;
    bool for_update;  /* any locking clause: UPDATE, SHARE, NO KEY UPDATE, LOCK IN SHARE MODE */
    MigExpr **values; /* of VALUES: a ROW for each; of very many literal ones only the first */
    size_t n_values;
    /* Set operations: the arms after this one, in order; `op` is how each is joined. */
    const MigQuery *next;
    const char *op; /* of `next`: "union", "union all", "intersect", "except"; %NULL */
    /* WITH: names that are not tables, and what they stand for. */
    struct MigCte *ctes;
    size_t n_ctes;
    /* SELECT ... INTO: the table that it makes (PostgreSQL), or %NULL name. */
    MigName into;
};

/** MigCte: WITH `name` AS (query), which may also change data. */
typedef struct MigCte {
    const char *name;
    const MigQuery *query;          /* %NULL: it changes data */
    const struct MigChange *change; /* %NULL: it is a query */
    bool recursive;
} MigCte;

/**
 * mig_expr_walk:
 * @visit: (scope call) called for each node, parents first; returning false leaves out its children
 *
 * Queries inside are not entered.
 */
typedef bool (*MigExprVisit)(const MigExpr *expr, gpointer data);
void mig_expr_walk(const MigExpr *expr, MigExprVisit visit, gpointer data);

/** mig_expr_mentions: whether the column is named anywhere in it, whatever qualifies it. */
bool mig_expr_mentions(const MigExpr *expr, const char *column);

/**
 * mig_query_tables:
 * @visit: (scope call) called for each relation that is read, those of subqueries in expressions,
 *     joins and WITH included; names that WITH defines are left out
 */
typedef void (*MigTableVisit)(const MigName *name, gpointer data);
void mig_query_tables(const MigQuery *query, MigTableVisit visit, gpointer data);
void mig_expr_tables(const MigExpr *expr, MigTableVisit visit, gpointer data);

G_END_DECLS
