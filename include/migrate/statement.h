/* SPDX-License-Identifier: MIT */
/* MigScript: a section's text, cut into the statements that are sent one by one. */
#pragma once

#include <migrate/engine.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * MigDirective:
 *
 * A "-- migrate:<name> <argument>" line. Manual: migrate-file(5), DIRECTIVES.
 */
typedef struct {
    char *name;      /* (owned) the word, lower case */
    char *argument;  /* (owned) what follows it, without white space round it; "" if nothing */
    unsigned line;   /* in the file, from 1 */
    unsigned column; /* of the word's first byte, in characters, from 1 */
} MigDirective;

/**
 * MigStatement:
 *
 * One statement: a span of its script's text, without the terminator (`;`, or what DELIMITER says),
 * without comments and white space before it or after it. What it needs of a transaction depends on
 * the server's version, and is asked with mig_statement_transaction().
 */
typedef struct {
    size_t offset; /* in MigScript.text, in bytes */
    size_t length;
    size_t data_offset; /* psql's COPY ... FROM stdin: the lines up to "\.", as they are */
    size_t data_length;
    unsigned line;                /* of the first byte, in the file, from 1 */
    unsigned column;              /* of the first byte, in characters, from 1 */
    bool copy_data;               /* whether data_offset and data_length mean something */
    bool no_transaction;          /* -- migrate:no-transaction */
    int64_t lock_timeout_ms;      /* -- migrate:lock-timeout; -1 if not said */
    int64_t statement_timeout_ms; /* -- migrate:statement-timeout; -1 if not said */
    GPtrArray *directives;        /* (owned) MigDirective, those before it; %NULL if none */
} MigStatement;

/**
 * MigScript:
 *
 * A section as it is executed. For a section written as comments the text is without the leading
 * "-- ", so that an offset in it is not an offset in the file: ask mig_script_locate().
 */
typedef struct {
    char *text;         /* (owned) UTF-8, NUL-terminated */
    size_t length;      /* in bytes */
    unsigned line;      /* in the file, of the text's first byte */
    GArray *statements; /* (owned) MigStatement, in order */
    GArray *removed;    /* (owned) for each line of the text, how many characters were taken off its
                           start (unsigned); %NULL if none were */
    GPtrArray *trailing; /* (owned) MigDirective after the last statement; %NULL if none */
} MigScript;

/** Why a section of comments is executed, for an error in one (MigScript.removed isn't %NULL). */
#define MIG_SCRIPT_COMMENTED                                                                   \
    "this section stands in comments and is read as SQL all the same, since a line of it ends" \
    " in \";\"; if it is prose, end that line differently"

/**
 * mig_script_locate:
 * @script: (borrowed) a script
 * @offset: in bytes, in its text
 * @out_line: (out) in the file, from 1
 * @out_column: (out) in characters, from 1
 */
void
mig_script_locate(const MigScript *script, size_t offset, unsigned *out_line, unsigned *out_column);

static inline const MigStatement *
mig_script_statement(const MigScript *script, size_t index)
{
    return &g_array_index(script->statements, MigStatement, index);
}

void mig_directive_free(MigDirective *directive);
void mig_script_free(MigScript *script);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigScript, mig_script_free)

/**
 * MigTransaction:
 *
 * What a statement needs of a transaction, or does to it.
 */
typedef enum {
    MIG_TRANSACTION_ANY,      /* may share one with others, and is undone with it */
    MIG_TRANSACTION_NEVER,    /* the server refuses it inside a transaction block */
    MIG_TRANSACTION_COMMITS,  /* commits by itself, and what came before it (MySQL's DDL) */
    MIG_TRANSACTION_OUTSIDE,  /* allowed inside, but ignored there: SQLite's PRAGMA foreign_keys */
    MIG_TRANSACTION_BEGIN,    /* the author's own BEGIN, START TRANSACTION */
    MIG_TRANSACTION_COMMIT,   /* the author's own COMMIT, END */
    MIG_TRANSACTION_ROLLBACK, /* the author's own ROLLBACK, ABORT (not ROLLBACK TO) */
} MigTransaction;

/**
 * mig_statement_transaction:
 * @sql: (borrowed) one statement's text; comments before it are skipped
 * @length: of @sql, in bytes
 * @engine: the engine that is to execute it
 * @version: its version, see mig_engine_version_parse(); 0 is the newest known
 *
 * Manual: PostgreSQL 15, the Notes of each command; MySQL 8.4, "Statements That Cause an Implicit
 * Commit"; SQLite, "PRAGMA Statements", "VACUUM".
 *
 * Returns: what it needs of a transaction
 */
MigTransaction
mig_statement_transaction(const char *sql, size_t length, MigEngine engine, int version);

/**
 * mig_statement_returns_rows:
 *
 * Whether a statement, by its first words, is a query and nothing but: what a VERIFY section may
 * hold (SELECT, VALUES, TABLE, WITH that ends in one of them, SHOW, EXPLAIN; SQLite: also a PRAGMA
 * that is only read). Arguments as for mig_statement_transaction().
 */
bool mig_statement_returns_rows(const char *sql, size_t length, MigEngine engine);

G_END_DECLS
