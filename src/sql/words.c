/* SPDX-License-Identifier: MIT */
/* A statement's tokens one by one, for those who decide by its first words. */
#include "sql/words.h"

void
mig_words_init(MigWords *words, const char *sql, size_t length, MigEngine engine)
{
    *words = (MigWords){.token = {.kind = MIG_TOKEN_COMMENT}};
    mig_lexer_init(&words->lexer, sql, length, engine);
    mig_words_next(words);
}

bool
mig_words_is_mark(const MigWords *words, char mark)
{
    return words->token.kind == MIG_TOKEN_OPERATOR && words->token.length == 1 &&
           words->lexer.text[words->token.offset] == mark;
}

bool
mig_words_next(MigWords *words)
{
    if (words->token.kind == MIG_TOKEN_END)
        return false;
    if (mig_words_is_mark(words, '('))
        words->parens++;
    words->last = words->token;
    do
        mig_lexer_next(&words->lexer, &words->token);
    while (words->token.kind == MIG_TOKEN_VERSION_BEGIN ||
           words->token.kind == MIG_TOKEN_VERSION_END);
    if (mig_words_is_mark(words, ')') && words->parens > 0)
        words->parens--;
    return words->token.kind != MIG_TOKEN_END;
}

bool
mig_words_is(const MigWords *words, const char *word)
{
    return mig_token_is(&words->lexer, &words->token, word);
}

bool
mig_words_is_any(const MigWords *words, const char *const *list)
{
    for (size_t i = 0; list[i] != NULL; i++) {
        if (mig_words_is(words, list[i]))
            return true;
    }
    return false;
}

bool
mig_words_take(MigWords *words, const char *word)
{
    if (!mig_words_is(words, word))
        return false;
    mig_words_next(words);
    return true;
}

bool
mig_words_take_parens(MigWords *words)
{
    if (!mig_words_is_mark(words, '('))
        return false;

    size_t parens = words->parens;
    do
        mig_words_next(words);
    while (words->token.kind != MIG_TOKEN_END &&
           (words->parens > parens || !mig_words_is_mark(words, ')')));
    mig_words_next(words);
    return true;
}

bool
mig_words_find(MigWords *words, const char *word)
{
    while (words->token.kind != MIG_TOKEN_END) {
        if (words->parens == 0 && mig_words_is(words, word))
            return true;
        mig_words_next(words);
    }
    return false;
}

void
mig_words_take_name(MigWords *words)
{
    do
        mig_words_next(words);
    while (mig_words_is_mark(words, '.') && mig_words_next(words));
}

bool
mig_words_at_end(const MigWords *words)
{
    return words->token.kind == MIG_TOKEN_END || words->token.kind == MIG_TOKEN_SEMICOLON;
}
