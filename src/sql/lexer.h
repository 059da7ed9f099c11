/* SPDX-License-Identifier: MIT */
/* Text to tokens, by each engine's own lexical rules. */
#pragma once

#include <migrate/engine.h>
#include <stddef.h>

typedef enum {
    MIG_TOKEN_END,
    MIG_TOKEN_WORD,   /* keyword or plain identifier */
    MIG_TOKEN_QUOTED, /* "identifier", `identifier`, [identifier], U&"identifier" */
    MIG_TOKEN_STRING, /* literal of any kind, prefix and quotes included: '', E'', $$, x'', N'' */
    MIG_TOKEN_NUMBER,
    MIG_TOKEN_PARAMETER, /* $1, ?, :name, @name, @@name */
    MIG_TOKEN_OPERATOR,  /* one operator or punctuation mark, ( ) , . [ ] included */
    MIG_TOKEN_SEMICOLON,
    MIG_TOKEN_VERSION_BEGIN, /* MySQL: the "/ * ! 50003" that opens a version comment */
    MIG_TOKEN_VERSION_END,   /* and what closes it */
    MIG_TOKEN_COMMENT,       /* only with `comments` */
    MIG_TOKEN_ERROR,         /* an unterminated literal or comment: up to the end of the text */
} MigTokenKind;

typedef struct {
    MigTokenKind kind;
    size_t offset; /* in bytes */
    size_t length;
} MigToken;

/* Settings that change what a quote means are taken at their defaults, as nothing but the server knows
 * them: standard_conforming_strings is on (PostgreSQL), sql_mode has neither ANSI_QUOTES nor
 * NO_BACKSLASH_ESCAPES (MySQL, MariaDB). A version comment is code whatever the server's version.
 *
 * To be made on the stack; mig_lexer_init() fills it. Holds no memory of its own. */
typedef struct {
    const char *text; /* (borrowed) */
    size_t length;
    size_t offset; /* of the next byte to be read */
    MigEngine engine;
    bool comments; /* whether comments are tokens */
    bool in_version_comment;
    size_t escaped; /* PostgreSQL: where an E'' ended; a string that continues it has backslash
                       escapes, too. 0: none did */
} MigLexer;

void mig_lexer_init(MigLexer *lexer, const char *text, size_t length, MigEngine engine);

/* Reads the next token. Returns: false at the end, with kind MIG_TOKEN_END. */
bool mig_lexer_next(MigLexer *lexer, MigToken *out_token);

/* Where the comment ends that begins at @at, without its line end: 0 if none does, SIZE_MAX if it is
 * never closed. */
size_t mig_lexer_comment(const MigLexer *lexer, size_t at);

/* Whether a token is this word, in any case (ASCII). @word is lower case. */
bool mig_token_is(const MigLexer *lexer, const MigToken *token, const char *word);
