/* SPDX-License-Identifier: MIT */
/* What the two hand-written parsers share: a place in the tokens, names, expressions, queries and
 * data statements of MySQL, MariaDB and SQLite. */
#pragma once

#include <migrate/change.h>

#include "sql/arena.h"
#include "sql/lexer.h"

/* Expressions, queries and programs may be nested so deep, and no deeper. */
#define MIG_PARSER_DEPTH 200

/**
 * MigParser:
 *
 * A place in a statement. May be copied to come back to a place, as long as nothing has failed: what
 * it points to is shared. After a failure every token is MIG_TOKEN_END, so that loops end by
 * themselves and only the first failure is told.
 */
typedef struct {
    const char *sql; /* (borrowed) */
    size_t length;
    MigEngine engine;
    int version; /* of the server; 0: the newest */
    MigLexer lexer;
    MigToken token;   /* the current one; version comments are resolved: their marks aren't tokens,
                         and what is for newer servers than `version` is passed over */
    size_t last_end;  /* where the token before it ended */
    MigArena *arena;  /* (borrowed) */
    MigChanges *into; /* (borrowed) status, message, needs_version */
    GArray *changes;  /* (borrowed) MigChange: the statement's, so far */
    unsigned depth;
    unsigned height; /* of the tallest expression since it was last 0: see parse_expression.c */
    bool failed;
} MigParser;

void mig_parser_init(MigParser *p, MigChanges *into, GArray *changes, const char *sql,
                     size_t length, MigEngine engine, int version);

/* The current token. A word is never a quoted name. @word is lower case. */
bool mig_parser_next(MigParser *p);
bool mig_parser_at_end(const MigParser *p);
bool mig_parser_is(const MigParser *p, const char *word);
bool mig_parser_is_any(const MigParser *p, const char *const *words);
bool mig_parser_is_mark(const MigParser *p, const char *mark); /* "(", ",", "=", "||" */
bool mig_parser_is_name(const MigParser *p); /* a quoted name, or a word that isn't reserved */
bool mig_parser_is_string(const MigParser *p);
/* SQLite: a name, but none of a join's words and INDEXED, which are names only in some places. */
bool mig_parser_is_sqlite_id(const MigParser *p);
bool mig_parser_is_quoted_string(const MigParser *p); /* '...', not x'...' */

/* The token after the current one. */
bool mig_parser_peek(const MigParser *p, MigToken *out_token);
bool mig_parser_peek_is(const MigParser *p, const char *word);
bool mig_parser_peek_mark(const MigParser *p, const char *mark);

/* Goes on if the current token is this. Returns: whether it was */
bool mig_parser_take(MigParser *p, const char *word);
/* The same for several words in a row, all or none: "if not exists". */
bool mig_parser_take_words(MigParser *p, const char *words);
bool mig_parser_take_mark(MigParser *p, const char *mark);

/* Goes on, or fails: "expected TO". */
void mig_parser_expect(MigParser *p, const char *word);
void mig_parser_expect_mark(MigParser *p, const char *mark);

/* At the current token: 'near "x": expected TO', of which @format is what stands behind the colon.
 * The first failure counts. Changes of a statement with MIG_PARSE_SYNTAX or MIG_PARSE_TOO_DEEP are
 * dropped. */
void mig_parser_fail(MigParser *p, const char *format, ...) G_GNUC_PRINTF(2, 3);
void mig_parser_fail_at(MigParser *p, MigSpan where, MigParseStatus status, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
bool mig_parser_failed(const MigParser *p);
/* Notes that no server takes this, though it was read: MIG_PARSE_UNSUPPORTED. Reading goes on. */
void
mig_parser_unsupported(MigParser *p, MigSpan where, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Notes that servers below @version refuse @what, which was found at @where. */
void mig_parser_needs(MigParser *p, int version, const char *what, MigSpan where);

/* Deeper by one. Returns: false, having failed with MIG_PARSE_TOO_DEEP, if that is too deep */
bool mig_parser_enter(MigParser *p);
void mig_parser_leave(MigParser *p);

/* Spans from a token's offset to the end of the last token that was passed. */
size_t mig_parser_mark(const MigParser *p);
MigSpan mig_parser_span(const MigParser *p, size_t from);
/* (borrowed) the text of a span, white space and comments between words as one space each */
const char *mig_parser_text(MigParser *p, MigSpan span);

/* Names, unquoted. An empty one has failed. */
const char *mig_parser_identifier(MigParser *p, bool *out_quoted);
MigName mig_parser_name(MigParser *p); /* with a schema before it, or without */
/* A string's value, or a word as it is: for options. */
const char *mig_parser_string(MigParser *p);
const char *mig_parser_value(MigParser *p);
long long mig_parser_number(MigParser *p);
/* (a, b, c): (borrowed) names */
const char **mig_parser_names(MigParser *p, size_t *out_n);
/* (a, lower(b) DESC, c(10) COLLATE x), and one of these */
MigKeyPart *mig_parser_key_parts(MigParser *p, size_t *out_n);
MigKeyPart mig_parser_key_part(MigParser *p);
/* Passes over what stands in the parentheses that begin here. */
MigSpan mig_parser_skip_parens(MigParser *p);

/* An expression. Never %NULL: after a failure it is a MIG_EXPR_OTHER. */
MigExpr *mig_parser_expression(MigParser *p);
/* The value of DEFAULT without parentheses: a literal, signed number, or word such as
 * CURRENT_TIMESTAMP(6). */
MigExpr *mig_parser_literal(MigParser *p);
/* A type: each engine's own. */
MigType mig_parser_type(MigParser *p);
MigType mig_parse_mysql_type(MigParser *p);
/* That of CAST and CONVERT, which also may be SIGNED or UNSIGNED. */
MigType mig_parse_mysql_cast_type(MigParser *p);
MigType mig_parse_sqlite_type(MigParser *p);

/* SELECT, VALUES, TABLE, WITH, or one in parentheses. Never %NULL. */
MigQuery *mig_parser_query(MigParser *p);
bool mig_parser_at_query(const MigParser *p);
/* WITH a AS (...), which may also precede data statements. */
MigCte *mig_parser_with(MigParser *p, size_t *out_n);

/* The statement that begins here, if it is SELECT, INSERT, REPLACE, UPDATE, DELETE, VALUES or WITH:
 * both engines' forms. Adds its change. Returns: false if it isn't any of these */
bool mig_parser_data_statement(MigParser *p);

/* Adds a change of this kind, whose span begins at the current token until it is set otherwise.
 * (borrowed) until the next one is added. */
MigChange *mig_parser_add(MigParser *p, MigChangeKind kind);

/* The statement that begins at the current token, with the engine's own DDL. */
void mig_parse_mysql(MigParser *p);
void mig_parse_sqlite(MigParser *p);
/* A program's body (a trigger's or a routine's): its statements as changes with `in_body`. */
void mig_parse_mysql_body(MigParser *p);
void mig_parse_sqlite_body(MigParser *p);

/* PostgreSQL: the only one that knows libpg_query. */
void
mig_parse_postgres(MigChanges *into, GArray *changes, const char *sql, size_t length, int version);
