/* SPDX-License-Identifier: MIT */
/* A place in a statement's tokens: looking, going on, failing. */
#include "sql/parser.h"

#include <string.h>

#include "sql/scan.h"

/* MariaDB 10.11, "Comment Syntax": these versions are MySQL's, whose features it doesn't have. */
#define MYSQL_ONLY_FROM 50700
#define MYSQL_ONLY_TO 99999

static bool
is_for_us(const MigParser *p, const MigToken *mark)
{
    long long asked = 0;
    bool mariadb_only = false;

    for (size_t i = 0; i < mark->length; i++) {
        char c = p->sql[mark->offset + i];

        if (c == 'M')
            mariadb_only = true;
        if (c >= '0' && c <= '9')
            asked = asked * 10 + (c - '0');
    }
    if (p->engine == MIG_ENGINE_MARIADB && !mariadb_only && asked >= MYSQL_ONLY_FROM &&
        asked <= MYSQL_ONLY_TO)
        return false;
    return p->version == 0 || asked <= p->version;
}

/* Reads on with @lexer, which is the parser's own or a copy that looks ahead. */
static void
read_token(const MigParser *p, MigLexer *lexer, MigToken *out_token)
{
    while (mig_lexer_next(lexer, out_token)) {
        if (out_token->kind == MIG_TOKEN_VERSION_END)
            continue;
        if (out_token->kind != MIG_TOKEN_VERSION_BEGIN)
            return;
        if (is_for_us(p, out_token))
            continue;
        while (mig_lexer_next(lexer, out_token) && out_token->kind != MIG_TOKEN_VERSION_END)
            ;
    }
}

bool
mig_parser_next(MigParser *p)
{
    if (p->failed || p->token.kind == MIG_TOKEN_END)
        return false;
    p->last_end = p->token.offset + p->token.length;
    read_token(p, &p->lexer, &p->token);
    if (p->token.kind == MIG_TOKEN_ERROR) {
        MigSpan where = {.offset = p->token.offset, .length = 1};
        char c = p->sql[p->token.offset];

        mig_parser_fail_at(p, where, MIG_PARSE_SYNTAX, "the %s that begins here is never closed",
                           c == '/' || c == '-' ? "comment" : "literal or name");
    }
    return p->token.kind != MIG_TOKEN_END;
}

void
mig_parser_init(MigParser *p, MigChanges *into, GArray *changes, const char *sql, size_t length,
                MigEngine engine, int version)
{
    *p = (MigParser){
        .sql = sql,
        .length = length,
        .engine = engine,
        .version = version,
        .arena = into->arena,
        .into = into,
        .changes = changes,
    };
    mig_lexer_init(&p->lexer, sql, length, engine);
    p->token.kind = MIG_TOKEN_SEMICOLON;
    mig_parser_next(p);
    p->last_end = p->token.offset;
}

bool
mig_parser_at_end(const MigParser *p)
{
    return p->token.kind == MIG_TOKEN_END;
}

static bool
token_is(const MigParser *p, const MigToken *token, const char *word)
{
    /* Most words differ in their first letter. */
    return token->kind == MIG_TOKEN_WORD && (p->sql[token->offset] | 0x20) == word[0] &&
           mig_token_is(&p->lexer, token, word);
}

static bool
token_is_mark(const MigParser *p, const MigToken *token, const char *mark)
{
    return token->kind == MIG_TOKEN_OPERATOR && p->sql[token->offset] == mark[0] &&
           strlen(mark) == token->length &&
           memcmp(p->sql + token->offset, mark, token->length) == 0;
}

bool
mig_parser_is(const MigParser *p, const char *word)
{
    return token_is(p, &p->token, word);
}

bool
mig_parser_is_any(const MigParser *p, const char *const *words)
{
    if (p->token.kind != MIG_TOKEN_WORD)
        return false;
    for (; *words != NULL; words++) {
        if (token_is(p, &p->token, *words))
            return true;
    }
    return false;
}

bool
mig_parser_is_mark(const MigParser *p, const char *mark)
{
    return token_is_mark(p, &p->token, mark);
}

bool
mig_parser_is_string(const MigParser *p)
{
    return p->token.kind == MIG_TOKEN_STRING;
}

bool
mig_parser_is_quoted_string(const MigParser *p)
{
    return p->token.kind == MIG_TOKEN_STRING && p->sql[p->token.offset] == '\'';
}

bool
mig_parser_peek(const MigParser *p, MigToken *out_token)
{
    MigLexer ahead = p->lexer;

    if (p->token.kind == MIG_TOKEN_END) {
        *out_token = p->token;
        return false;
    }
    read_token(p, &ahead, out_token);
    return out_token->kind != MIG_TOKEN_END;
}

bool
mig_parser_peek_is(const MigParser *p, const char *word)
{
    MigToken token;

    return mig_parser_peek(p, &token) && token_is(p, &token, word);
}

bool
mig_parser_peek_mark(const MigParser *p, const char *mark)
{
    MigToken token;

    return mig_parser_peek(p, &token) && token_is_mark(p, &token, mark);
}

bool
mig_parser_take(MigParser *p, const char *word)
{
    if (!mig_parser_is(p, word))
        return false;
    mig_parser_next(p);
    return true;
}

/* Whether the token is the word that @words begins with, up to a space or its end. */
static bool
is_first_of(const MigParser *p, const char *words, size_t length)
{
    if (p->token.kind != MIG_TOKEN_WORD || p->token.length != length)
        return false;
    return g_ascii_strncasecmp(p->sql + p->token.offset, words, length) == 0;
}

bool
mig_parser_take_words(MigParser *p, const char *words)
{
    MigParser ahead;

    if (p->token.kind != MIG_TOKEN_WORD || (p->sql[p->token.offset] | 0x20) != words[0])
        return false;

    ahead = *p;
    while (*words != '\0') {
        size_t length = strcspn(words, " ");

        if (!is_first_of(&ahead, words, length))
            return false;
        words += length + (words[length] == ' ');

        /* Not with mig_parser_next(): what can't be read ahead hasn't failed yet. */
        ahead.last_end = ahead.token.offset + ahead.token.length;
        read_token(&ahead, &ahead.lexer, &ahead.token);
        if (ahead.token.kind == MIG_TOKEN_ERROR && *words != '\0')
            return false;
    }
    if (ahead.token.kind != MIG_TOKEN_ERROR) {
        *p = ahead;
        return true;
    }
    while (p->last_end < ahead.last_end && mig_parser_next(p))
        ;
    return true;
}

bool
mig_parser_take_mark(MigParser *p, const char *mark)
{
    if (!mig_parser_is_mark(p, mark))
        return false;
    mig_parser_next(p);
    return true;
}

void
mig_parser_expect(MigParser *p, const char *word)
{
    if (mig_parser_take(p, word) || p->failed)
        return;

    g_autofree char *upper = g_ascii_strup(word, -1);
    mig_parser_fail(p, "expected %s", upper);
}

void
mig_parser_expect_mark(MigParser *p, const char *mark)
{
    if (!mig_parser_take_mark(p, mark))
        mig_parser_fail(p, "expected \"%s\"", mark);
}

size_t
mig_parser_mark(const MigParser *p)
{
    return p->token.offset;
}

MigSpan
mig_parser_span(const MigParser *p, size_t from)
{
    size_t length = p->last_end > from ? p->last_end - from : 0;

    return (MigSpan){.offset = from, .length = length};
}

const char *
mig_parser_text(MigParser *p, MigSpan span)
{
    MigLexer lexer;
    MigToken token;
    size_t end = MIN(span.offset + span.length, p->length);
    size_t last = span.offset;
    char *text = mig_arena_alloc(p->arena, span.length + 1);
    size_t length = 0;

    mig_lexer_init(&lexer, p->sql, end, p->engine);
    lexer.offset = span.offset;
    while (mig_lexer_next(&lexer, &token)) {
        if (token.kind == MIG_TOKEN_VERSION_BEGIN || token.kind == MIG_TOKEN_VERSION_END)
            continue;
        if (length > 0 && token.offset > last)
            text[length++] = ' ';
        memcpy(text + length, p->sql + token.offset, token.length);
        length += token.length;
        last = token.offset + token.length;
    }
    text[length] = '\0';
    return text;
}

MigSpan
mig_parser_skip_parens(MigParser *p)
{
    size_t from = mig_parser_mark(p);
    size_t open = 0;

    if (!mig_parser_is_mark(p, "(")) {
        mig_parser_fail(p, "expected \"(\"");
        return mig_parser_span(p, from);
    }
    do {
        if (mig_parser_is_mark(p, "("))
            open++;
        else if (mig_parser_is_mark(p, ")"))
            open--;
        mig_parser_next(p);
    } while (open > 0 && !mig_parser_at_end(p));
    if (open > 0)
        mig_parser_fail(p, "expected \")\"");
    return mig_parser_span(p, from);
}

MigChange *
mig_parser_add(MigParser *p, MigChangeKind kind)
{
    MigChange change = {.kind = kind, .span = {.offset = p->token.offset}};

    g_array_append_val(p->changes, change);
    return &g_array_index(p->changes, MigChange, p->changes->len - 1);
}
