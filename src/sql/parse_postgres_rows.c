/* SPDX-License-Identifier: MIT */
/* An INSERT of many rows of literals: its first rows say what it does, and the others, which may be
 * megabytes, need no tree. */
#include <string.h>

#include "sql/parse_postgres.h"

/* A shorter one is read whole. */
#define LONG_BYTES ((size_t)64 * 1024)
#define ROWS_KEPT 1000

static char
mark_of(const MigLexer *lexer, const MigToken *token)
{
    return token->kind == MIG_TOKEN_OPERATOR && token->length == 1 ? lexer->text[token->offset]
                                                                   : '\0';
}

static bool
is_literal(const MigLexer *lexer, const MigToken *token)
{
    static const char *const words[] = {"null", "true", "false", "default"};

    if (token->kind == MIG_TOKEN_NUMBER)
        return true;
    if (token->kind == MIG_TOKEN_STRING)
        return lexer->text[token->offset] == '\'';
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (mig_token_is(lexer, token, words[i]))
            return true;
    }
    return false;
}

/* Behind the row that begins with the current token. Returns: whether it is one of literals only */
static bool
pass_row(MigLexer *lexer, MigToken *token)
{
    if (mark_of(lexer, token) != '(')
        return false;
    do {
        if (!mig_lexer_next(lexer, token))
            return false;
        if (mark_of(lexer, token) == '-' && !mig_lexer_next(lexer, token))
            return false;
        if (!is_literal(lexer, token) || !mig_lexer_next(lexer, token))
            return false;
    } while (mark_of(lexer, token) == ',');
    return mark_of(lexer, token) == ')';
}

/* INSERT INTO name [(columns)] VALUES: up to the first row. */
static bool
pass_head(MigLexer *lexer, MigToken *token)
{
    if (!mig_lexer_next(lexer, token) || !mig_token_is(lexer, token, "insert") ||
        !mig_lexer_next(lexer, token) || !mig_token_is(lexer, token, "into"))
        return false;
    for (size_t i = 0; i < LONG_BYTES / 2 && mig_lexer_next(lexer, token); i++) {
        if (mig_token_is(lexer, token, "values"))
            return mig_lexer_next(lexer, token);
        if (mig_token_is(lexer, token, "select"))
            return false;
    }
    return false;
}

void
mig_pg_shorten_rows(PgReader *r)
{
    MigLexer lexer;
    MigToken token;
    size_t kept_end = 0;
    size_t end = 0;

    if (r->length < LONG_BYTES)
        return;
    mig_lexer_init(&lexer, r->text, r->length, MIG_ENGINE_POSTGRES);
    if (!pass_head(&lexer, &token))
        return;

    for (size_t n_rows = 1; pass_row(&lexer, &token); n_rows++) {
        end = token.offset + token.length;
        if (n_rows == ROWS_KEPT)
            kept_end = end;
        if (!mig_lexer_next(&lexer, &token) || mark_of(&lexer, &token) != ',' ||
            !mig_lexer_next(&lexer, &token))
            break;
    }
    /* What follows the last row that was passed is for the grammar: a row of another kind, too, whose
     * comma stays. */
    if (kept_end == 0 || end == kept_end)
        return;

    char *text = mig_arena_strndup(r->arena, r->text, r->length);
    memset(text + kept_end, ' ', end - kept_end);
    r->text = text;
    r->parsed = text;
}
