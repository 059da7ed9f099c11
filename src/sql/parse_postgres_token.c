/* SPDX-License-Identifier: MIT */
/* Where things stand in a PostgreSQL statement: the tree has where they begin, the tokens where they
 * end. */
#include <string.h>

#include "sql/parse_postgres.h"

static GArray *
tokens_of(PgReader *r)
{
    if (r->tokens != NULL)
        return r->tokens;

    MigLexer lexer;
    MigToken token;

    r->tokens = g_array_sized_new(FALSE, FALSE, sizeof(MigToken), 64);
    mig_lexer_init(&lexer, r->text, r->length, MIG_ENGINE_POSTGRES);
    while (mig_lexer_next(&lexer, &token))
        g_array_append_val(r->tokens, token);
    return r->tokens;
}

const MigToken *
mig_pg_token(PgReader *r, size_t i)
{
    GArray *tokens = tokens_of(r);

    return i < tokens->len ? &g_array_index(tokens, MigToken, i) : NULL;
}

size_t
mig_pg_token_at(PgReader *r, size_t offset)
{
    GArray *tokens = tokens_of(r);
    size_t low = 0;
    size_t high = tokens->len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (g_array_index(tokens, MigToken, middle).offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool
mig_pg_has_location(const PgReader *r, int location)
{
    return location >= 0 && (size_t)location < r->length;
}

bool
mig_pg_token_is(PgReader *r, size_t i, const char *word)
{
    const MigToken *token = mig_pg_token(r, i);

    return token != NULL && token->kind == MIG_TOKEN_WORD && token->length == strlen(word) &&
           g_ascii_strncasecmp(r->text + token->offset, word, token->length) == 0;
}

bool
mig_pg_token_is_mark(PgReader *r, size_t i, char mark)
{
    const MigToken *token = mig_pg_token(r, i);

    return token != NULL && token->length == 1 && token->kind == MIG_TOKEN_OPERATOR &&
           r->text[token->offset] == mark;
}

static char
mark_of(const PgReader *r, const MigToken *token)
{
    return token->kind == MIG_TOKEN_OPERATOR && token->length == 1 ? r->text[token->offset] : '\0';
}

size_t
mig_pg_find(PgReader *r, size_t i, const char *word)
{
    for (; mig_pg_token(r, i) != NULL; i++) {
        if (mig_pg_token_is(r, i, word))
            return i;
    }
    return PG_NO_TOKEN;
}

size_t
mig_pg_close(PgReader *r, size_t i)
{
    size_t depth = 0;

    for (const MigToken *token; (token = mig_pg_token(r, i)) != NULL; i++) {
        char mark = mark_of(r, token);

        if (mark == '(' || mark == '[')
            depth++;
        else if ((mark == ')' || mark == ']') && depth-- <= 1)
            return i + 1;
    }
    return i;
}

size_t
mig_pg_find_within(PgReader *r, size_t i, size_t end, const char *word)
{
    for (const MigToken *token; i < end && (token = mig_pg_token(r, i)) != NULL;) {
        char mark = mark_of(r, token);

        if (mig_pg_token_is(r, i, word))
            return i;
        if (mark == ')' || mark == ']')
            break;
        i = mark == '(' || mark == '[' ? mig_pg_close(r, i) : i + 1;
    }
    return PG_NO_TOKEN;
}

size_t
mig_pg_find_here(PgReader *r, size_t i, const char *word)
{
    return mig_pg_find_within(r, i, SIZE_MAX, word);
}

size_t
mig_pg_piece_end(PgReader *r, size_t i)
{
    for (const MigToken *token; (token = mig_pg_token(r, i)) != NULL;) {
        char mark = mark_of(r, token);

        if (mark == ',' || mark == ')' || mark == ']' || token->kind == MIG_TOKEN_SEMICOLON)
            break;
        i = mark == '(' || mark == '[' ? mig_pg_close(r, i) : i + 1;
    }
    return i;
}

/* Names are cut at 63 bytes by the server, so that only their beginning is compared. */
static bool
is_name(const PgReader *r, const MigToken *token, const char *name, size_t length)
{
    const char *text = r->text + token->offset;

    if (token->kind == MIG_TOKEN_WORD)
        return token->length >= length && (token->length == length || length >= 60) &&
               g_ascii_strncasecmp(text, name, length) == 0;
    if (token->kind != MIG_TOKEN_QUOTED || token->length < 2)
        return false;
    /* U&"..." has escapes: it is taken for the name if it stands where the name is looked for. */
    if (text[0] != '"')
        return true;

    size_t at = 1;
    for (size_t i = 0; i < length; i++, at++) {
        if (at + 1 >= token->length || text[at] != name[i])
            return false;
        if (text[at] == '"')
            at++;
    }
    return at + 1 == token->length || length >= 60;
}

size_t
mig_pg_find_name(PgReader *r, size_t i, const char *name)
{
    size_t length = strlen(name);

    for (const MigToken *token; (token = mig_pg_token(r, i)) != NULL; i++) {
        if (is_name(r, token, name, length))
            return i;
    }
    return PG_NO_TOKEN;
}

size_t
mig_pg_name_end(PgReader *r, size_t i)
{
    if (mig_pg_token(r, i) == NULL)
        return i;
    i++;
    while (mig_pg_token_is_mark(r, i, '.') && mig_pg_token(r, i + 1) != NULL)
        i += 2;
    return i;
}

MigSpan
mig_pg_span(const PgReader *r, size_t offset, size_t end)
{
    if (r->fixed)
        return r->whole;
    if (end <= offset)
        return (MigSpan){0};
    return (MigSpan){r->base + offset, end - offset};
}

MigSpan
mig_pg_span_tokens(PgReader *r, size_t first, size_t end)
{
    const MigToken *from = mig_pg_token(r, first);
    const MigToken *to = end > first ? mig_pg_token(r, end - 1) : NULL;

    if (from == NULL || to == NULL)
        return (MigSpan){0};
    return mig_pg_span(r, from->offset, to->offset + to->length);
}

MigSpan
mig_pg_span_token(PgReader *r, size_t i)
{
    return mig_pg_span_tokens(r, i, i == PG_NO_TOKEN ? i : i + 1);
}

const char *
mig_pg_text(PgReader *r, size_t first, size_t end)
{
    const MigToken *from = mig_pg_token(r, first);
    const MigToken *to = end > first ? mig_pg_token(r, end - 1) : NULL;

    if (from == NULL || to == NULL)
        return NULL;
    return mig_arena_strndup(r->arena, r->text + from->offset,
                             to->offset + to->length - from->offset);
}

bool
mig_pg_ends_with(PgReader *r, const char *word)
{
    size_t n = tokens_of(r)->len;

    while (n > 0 && mig_pg_token(r, n - 1)->kind == MIG_TOKEN_SEMICOLON)
        n--;
    return n > 0 && mig_pg_token_is(r, n - 1, word);
}
