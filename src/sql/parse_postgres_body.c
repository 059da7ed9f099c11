/* SPDX-License-Identifier: MIT */
/* The statements in the text of a PostgreSQL program, whatever its language: what is passed over, and
 * what EXECUTE is given. */
#include "sql/parse_postgres_body.h"

#include <string.h>

void
mig_pg_scan_next(Scanner *s)
{
    s->last = s->token;
    mig_lexer_next(&s->lexer, &s->token);
}

bool
mig_pg_scan_at_end(const Scanner *s)
{
    return s->token.kind == MIG_TOKEN_END;
}

bool
mig_pg_scan_is(const Scanner *s, const char *word)
{
    return mig_token_is(&s->lexer, &s->token, word);
}

char
mig_pg_scan_mark(const Scanner *s)
{
    if (s->token.kind == MIG_TOKEN_SEMICOLON)
        return ';';
    return s->token.kind == MIG_TOKEN_OPERATOR && s->token.length == 1
               ? s->lexer.text[s->token.offset]
               : '\0';
}

bool
mig_pg_scan_take(Scanner *s, const char *word)
{
    if (!mig_pg_scan_is(s, word))
        return false;
    mig_pg_scan_next(s);
    return true;
}

/* Up to a semicolon or a word that stands outside of parentheses and CASE. */
Passage
mig_pg_scan_pass(Scanner *s, const char *word)
{
    Passage passage = {.begin = s->token.offset, .end = s->token.offset};
    size_t depth = 0;
    size_t cases = 0;

    for (; !mig_pg_scan_at_end(s); mig_pg_scan_next(s)) {
        char c = mig_pg_scan_mark(s);

        if (depth == 0 && (c == ';' || (cases == 0 && word != NULL && mig_pg_scan_is(s, word))))
            break;
        if (c == '(' || c == '[')
            depth++;
        else if ((c == ')' || c == ']') && depth > 0)
            depth--;
        else if (mig_pg_scan_is(s, "case"))
            cases++;
        else if (mig_pg_scan_is(s, "end") && cases > 0)
            cases--;
        else if (mig_pg_scan_is(s, "select"))
            passage.has_select = true;
        else if (depth == 0 && s->token.kind == MIG_TOKEN_OPERATOR &&
                 (c == '=' ||
                  (s->token.length == 2 && memcmp(s->lexer.text + s->token.offset, ":=", 2) == 0)))
            passage.has_assignment = true;
        passage.end = s->token.offset + s->token.length;
    }
    return passage;
}

void
mig_pg_scan_end_statement(Scanner *s)
{
    mig_pg_scan_pass(s, NULL);
    if (mig_pg_scan_mark(s) == ';')
        mig_pg_scan_next(s);
}

/* An expression that reads tables is a query without FROM. */
void
mig_pg_scan_read_expression(Scanner *s, const Passage *passage)
{
    static const char select[] = "SELECT ";
    size_t length = passage->end - passage->begin;

    if (!passage->has_select || length == 0)
        return;

    char *text = mig_arena_alloc(s->outer->arena, length + sizeof select);
    memcpy(text, select, sizeof select - 1);
    memcpy(text + sizeof select - 1, s->lexer.text + passage->begin, length);
    mig_pg_read_nested(s->outer, s->body, text, length + sizeof select - 1, passage->begin,
                       sizeof select - 1);
}

/* INTO and its variables: the grammar of SQL knows one of them, at one place. */
static void
blank_into(char *text, size_t length)
{
    MigLexer lexer;
    MigToken token = {0};
    MigToken last = {0};
    size_t depth = 0;
    size_t begin = 0;
    bool is_open = false;

    mig_lexer_init(&lexer, text, length, MIG_ENGINE_POSTGRES);
    while (mig_lexer_next(&lexer, &token)) {
        char c = token.kind == MIG_TOKEN_OPERATOR && token.length == 1 ? text[token.offset] : '\0';
        bool joins = c == ',' || c == '.' || c == '[' || c == ']';
        bool joined = last.kind == MIG_TOKEN_OPERATOR && last.length == 1 &&
                      (text[last.offset] == ',' || text[last.offset] == '.');

        if (is_open && depth == 0 && !joins && !joined && !mig_token_is(&lexer, &last, "into") &&
            !mig_token_is(&lexer, &last, "strict")) {
            memset(text + begin, ' ', token.offset - begin);
            return;
        }
        if (!is_open && depth == 0 && mig_token_is(&lexer, &token, "into") &&
            !mig_token_is(&lexer, &last, "insert") && !mig_token_is(&lexer, &last, "merge")) {
            is_open = true;
            begin = token.offset;
        }
        if (c == '(' || c == '[')
            depth++;
        else if ((c == ')' || c == ']') && depth > 0)
            depth--;
        last = token;
    }
    if (is_open)
        memset(text + begin, ' ', length - begin);
}

void
mig_pg_scan_read_sql(Scanner *s, const Passage *passage)
{
    size_t length = passage->end - passage->begin;

    if (length == 0)
        return;

    char *text = mig_arena_strndup(s->outer->arena, s->lexer.text + passage->begin, length);
    if (s->body->plpgsql)
        blank_into(text, length);
    mig_pg_read_nested(s->outer, s->body, text, length, passage->begin, 0);
}

/* The value of 'a' || 'b'; %NULL if there is anything else. @out_exact: whether it stands so in the
 * text, at @out_begin */
static GString *
literal_text(const Scanner *s, const Passage *passage, bool *out_exact, size_t *out_begin)
{
    g_autoptr(GString) text = g_string_new(NULL);
    MigLexer lexer;
    MigToken token;
    size_t n = 0;

    *out_exact = true;
    mig_lexer_init(&lexer, s->lexer.text + passage->begin, passage->end - passage->begin,
                   MIG_ENGINE_POSTGRES);
    for (; mig_lexer_next(&lexer, &token); n++) {
        const char *start = lexer.text + token.offset;

        if (n % 2 == 1) {
            if (token.length != 2 || memcmp(start, "||", 2) != 0)
                return NULL;
            continue;
        }
        if (token.kind != MIG_TOKEN_STRING)
            return NULL;

        const char *close = start[0] == '$' ? memchr(start + 1, '$', token.length - 1) : NULL;
        size_t tag = close != NULL ? (size_t)(close - start) + 1 : 1;
        if ((start[0] != '\'' && start[0] != '$') || token.length < 2 * tag)
            return NULL;

        size_t length = token.length - 2 * tag;
        *out_begin = passage->begin + token.offset + tag;
        for (size_t i = 0; i < length; i++) {
            g_string_append_c(text, start[tag + i]);
            if (start[0] == '\'' && start[tag + i] == '\'') {
                *out_exact = false;
                i++;
            }
        }
    }
    if (n % 2 == 0)
        return NULL;
    *out_exact = *out_exact && n == 1;
    return g_steal_pointer(&text);
}

static void
read_statements(Scanner *s)
{
    while (!mig_pg_scan_at_end(s)) {
        Passage passage = mig_pg_scan_pass(s, NULL);

        mig_pg_scan_read_sql(s, &passage);
        if (mig_pg_scan_mark(s) == ';')
            mig_pg_scan_next(s);
    }
}

/* EXECUTE 'text': as if the text stood there. */
static void
read_literal(Scanner *s, const GString *text, bool exact, size_t begin, const Passage *passage)
{
    PgBody body = *s->body;
    Scanner inner = {.outer = s->outer, .body = &body};

    body.plpgsql = false;
    body.text = mig_arena_strndup(s->outer->arena, text->str, text->len);
    body.length = text->len;
    body.exact = s->body->exact && exact;
    if (body.exact)
        body.span = (MigSpan){s->body->span.offset + begin, text->len};
    else if (s->body->exact)
        body.span = (MigSpan){s->body->span.offset + passage->begin, passage->end - passage->begin};
    mig_lexer_init(&inner.lexer, body.text, body.length, MIG_ENGINE_POSTGRES);
    mig_pg_scan_next(&inner);
    read_statements(&inner);
}

static void
add_dynamic(Scanner *s, const Passage *passage)
{
    MigChange change = {.kind = MIG_CHANGE_DYNAMIC,
                        .nested = s->outer->nested || !s->body->in_body,
                        .in_body = s->outer->in_body || s->body->in_body};

    change.span = s->body->exact ? (MigSpan){s->body->span.offset + passage->begin,
                                             passage->end - passage->begin}
                                 : s->body->span;
    change.text = mig_arena_strndup(s->outer->arena, s->lexer.text + passage->begin,
                                    passage->end - passage->begin);
    g_array_append_val(s->outer->changes, change);
}

/* What stands behind EXECUTE, up to INTO, USING or @word. */
void
mig_pg_scan_read_execute(Scanner *s, const char *word)
{
    Passage passage = {.begin = s->token.offset, .end = s->token.offset};
    size_t depth = 0;

    for (; !mig_pg_scan_at_end(s); mig_pg_scan_next(s)) {
        char c = mig_pg_scan_mark(s);

        if (depth == 0 && (c == ';' || mig_pg_scan_is(s, "into") || mig_pg_scan_is(s, "using") ||
                           (word != NULL && mig_pg_scan_is(s, word))))
            break;
        if (c == '(' || c == '[')
            depth++;
        else if ((c == ')' || c == ']') && depth > 0)
            depth--;
        passage.end = s->token.offset + s->token.length;
    }

    bool exact = false;
    size_t begin = 0;
    GString *text = literal_text(s, &passage, &exact, &begin);
    if (text == NULL) {
        add_dynamic(s, &passage);
        return;
    }
    read_literal(s, text, exact, begin, &passage);
    g_string_free(text, TRUE);
}

void
mig_pg_read_body(const PgReader *r, const PgBody *body)
{
    Scanner s = {.outer = r, .body = body};

    mig_lexer_init(&s.lexer, body->text, body->length, MIG_ENGINE_POSTGRES);
    mig_pg_scan_next(&s);
    if (body->plpgsql)
        mig_pg_read_program(&s);
    else
        read_statements(&s);
}
