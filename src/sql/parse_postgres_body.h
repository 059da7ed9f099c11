/* SPDX-License-Identifier: MIT */
/* A place in the text of a PostgreSQL program, and what can be read from there. */
#pragma once

#include "sql/parse_postgres.h"

typedef struct {
    const PgReader *outer;
    const PgBody *body;
    MigLexer lexer;
    MigToken token; /* the current one */
    MigToken last;  /* the one before it */
} Scanner;

/* What was passed over: where it stands, and what is asked of it. */
typedef struct {
    size_t begin;
    size_t end;
    bool has_select;
    bool has_assignment; /* := or = outside of parentheses */
} Passage;

void mig_pg_scan_next(Scanner *s);
bool mig_pg_scan_at_end(const Scanner *s);
bool mig_pg_scan_is(const Scanner *s, const char *word);
char mig_pg_scan_mark(const Scanner *s); /* the mark that the token is, or a NUL */
bool mig_pg_scan_take(Scanner *s, const char *word);
/* Up to a semicolon or a word that stands outside of parentheses and CASE. */
Passage mig_pg_scan_pass(Scanner *s, const char *word);
void mig_pg_scan_end_statement(Scanner *s);

/* What was passed over, as a statement of SQL or as an expression. */
void mig_pg_scan_read_sql(Scanner *s, const Passage *passage);
void mig_pg_scan_read_expression(Scanner *s, const Passage *passage);
/* What stands behind EXECUTE, up to INTO, USING or @word. */
void mig_pg_scan_read_execute(Scanner *s, const char *word);

/* parse_postgres_program.c: PL/pgSQL, to its end. */
void mig_pg_read_program(Scanner *s);
