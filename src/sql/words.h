/* SPDX-License-Identifier: MIT */
/* A statement's tokens one by one, for those who decide by its first words. */
#pragma once

#include "sql/lexer.h"

typedef struct {
    MigLexer lexer;
    MigToken token; /* the current one */
    MigToken last;  /* the one before it */
    size_t parens;  /* how many are open before the current one */
} MigWords;

/* Stands at the first token. Version comments are looked into: their marks are no tokens here. */
void mig_words_init(MigWords *words, const char *sql, size_t length, MigEngine engine);

/* Goes to the next token; at the end it stays there. Returns: whether there is one */
bool mig_words_next(MigWords *words);

/* Whether the current token is this word. */
bool mig_words_is(const MigWords *words, const char *word);

/* Whether the current token is one of these words, of which the last is %NULL. */
bool mig_words_is_any(const MigWords *words, const char *const *list);

/* Whether the current token is this mark. */
bool mig_words_is_mark(const MigWords *words, char mark);

/* Goes on if the current token is this word. Returns: whether it was */
bool mig_words_take(MigWords *words, const char *word);

/* Goes behind the ")" if the current token is a "(". Returns: whether it was */
bool mig_words_take_parens(MigWords *words);

/* Goes on to the first token that is this word and not in parentheses. Returns: whether there is
 * one */
bool mig_words_find(MigWords *words, const char *word);

/* Goes behind a name, such as shop."Order". */
void mig_words_take_name(MigWords *words);

bool mig_words_at_end(const MigWords *words);
