/* SPDX-License-Identifier: MIT */
/* The statements in a PostgreSQL program: PL/pgSQL's own structure is followed only as far as it takes
 * to find the SQL in it. */
#include <string.h>

#include "sql/parse_postgres.h"

typedef struct {
    const PgReader *outer;
    const PgBody *body;
    MigLexer lexer;
    MigToken token; /* the current one */
    MigToken last;  /* the one before it */
} Scanner;

static void
next(Scanner *s)
{
    s->last = s->token;
    mig_lexer_next(&s->lexer, &s->token);
}

static bool
at_end(const Scanner *s)
{
    return s->token.kind == MIG_TOKEN_END;
}

static bool
is(const Scanner *s, const char *word)
{
    return mig_token_is(&s->lexer, &s->token, word);
}

static char
mark(const Scanner *s)
{
    if (s->token.kind == MIG_TOKEN_SEMICOLON)
        return ';';
    return s->token.kind == MIG_TOKEN_OPERATOR && s->token.length == 1
               ? s->lexer.text[s->token.offset]
               : '\0';
}

static bool
take(Scanner *s, const char *word)
{
    if (!is(s, word))
        return false;
    next(s);
    return true;
}

/* What was passed over: where it stands, and what is asked of it. */
typedef struct {
    size_t begin;
    size_t end;
    bool has_select;
    bool has_assignment; /* := or = outside of parentheses */
} Passage;

/* Up to a semicolon or a word that stands outside of parentheses and CASE. */
static Passage
pass(Scanner *s, const char *word)
{
    Passage passage = {.begin = s->token.offset, .end = s->token.offset};
    size_t depth = 0;
    size_t cases = 0;

    for (; !at_end(s); next(s)) {
        char c = mark(s);

        if (depth == 0 && (c == ';' || (cases == 0 && word != NULL && is(s, word))))
            break;
        if (c == '(' || c == '[')
            depth++;
        else if ((c == ')' || c == ']') && depth > 0)
            depth--;
        else if (is(s, "case"))
            cases++;
        else if (is(s, "end") && cases > 0)
            cases--;
        else if (is(s, "select"))
            passage.has_select = true;
        else if (depth == 0 && s->token.kind == MIG_TOKEN_OPERATOR &&
                 (c == '=' ||
                  (s->token.length == 2 && memcmp(s->lexer.text + s->token.offset, ":=", 2) == 0)))
            passage.has_assignment = true;
        passage.end = s->token.offset + s->token.length;
    }
    return passage;
}

static void
end_statement(Scanner *s)
{
    pass(s, NULL);
    if (mark(s) == ';')
        next(s);
}

/* An expression that reads tables is a query without FROM. */
static void
read_expression(Scanner *s, const Passage *passage)
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

static void
read_sql(Scanner *s, const Passage *passage)
{
    size_t length = passage->end - passage->begin;

    if (length == 0)
        return;

    char *text = mig_arena_strndup(s->outer->arena, s->lexer.text + passage->begin, length);
    if (s->body->plpgsql)
        blank_into(text, length);
    mig_pg_read_nested(s->outer, s->body, text, length, passage->begin, 0);
}

/* PERFORM is SELECT, in as many letters and one more. */
static void
read_perform(Scanner *s)
{
    static const char select[] = "SELECT ";
    Passage passage = pass(s, NULL);
    char *text = mig_arena_strndup(s->outer->arena, s->lexer.text + passage.begin,
                                   passage.end - passage.begin);

    memcpy(text, select, sizeof select - 1);
    mig_pg_read_nested(s->outer, s->body, text, passage.end - passage.begin, passage.begin, 0);
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
    while (!at_end(s)) {
        Passage passage = pass(s, NULL);

        read_sql(s, &passage);
        if (mark(s) == ';')
            next(s);
    }
}

/* EXECUTE 'text': as if the text stood there. */
static void
read_literal(Scanner *s, const GString *text, bool exact, size_t begin, const Passage *passage)
{
    PgBody body = *s->body;
    Scanner inner = {.outer = s->outer, .body = &body};

    body.plpgsql = false;
    body.literal = true;
    body.text = mig_arena_strndup(s->outer->arena, text->str, text->len);
    body.length = text->len;
    body.exact = s->body->exact && exact;
    if (body.exact)
        body.span = (MigSpan){s->body->span.offset + begin, text->len};
    else if (s->body->exact)
        body.span = (MigSpan){s->body->span.offset + passage->begin, passage->end - passage->begin};
    mig_lexer_init(&inner.lexer, body.text, body.length, MIG_ENGINE_POSTGRES);
    next(&inner);
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
static void
read_execute(Scanner *s, const char *word)
{
    Passage passage = {.begin = s->token.offset, .end = s->token.offset};
    size_t depth = 0;

    for (; !at_end(s); next(s)) {
        char c = mark(s);

        if (depth == 0 &&
            (c == ';' || is(s, "into") || is(s, "using") || (word != NULL && is(s, word))))
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

static bool
at_query(const Scanner *s)
{
    return is(s, "select") || is(s, "with") || is(s, "insert") || is(s, "update") ||
           is(s, "delete") || is(s, "values") || is(s, "table") || is(s, "merge") || mark(s) == '(';
}

/* FOR ... IN query LOOP, FOR i IN 1..3 LOOP, FOREACH ... LOOP */
static void
read_for(Scanner *s)
{
    while (!at_end(s) && !is(s, "in") && !is(s, "loop") && mark(s) != ';')
        next(s);
    if (!take(s, "in"))
        return;
    if (take(s, "execute")) {
        read_execute(s, "loop");
        pass(s, "loop");
    } else if (at_query(s)) {
        Passage passage = pass(s, "loop");

        read_sql(s, &passage);
    } else {
        Passage passage = pass(s, "loop");

        read_expression(s, &passage);
    }
    take(s, "loop");
}

static void
read_condition(Scanner *s, const char *word)
{
    Passage passage = pass(s, word);

    read_expression(s, &passage);
    take(s, word);
}

/* CASE operand WHEN condition THEN: what follows is read as after IF. */
static void
read_case(Scanner *s)
{
    read_condition(s, "when");
    read_condition(s, "then");
}

static void
read_return(Scanner *s)
{
    if (take(s, "query")) {
        if (take(s, "execute")) {
            read_execute(s, NULL);
        } else {
            Passage passage = pass(s, NULL);

            read_sql(s, &passage);
        }
    } else {
        take(s, "next");
        Passage passage = pass(s, NULL);

        read_expression(s, &passage);
    }
    end_statement(s);
}

static void
read_open(Scanner *s)
{
    while (!at_end(s) && !is(s, "for") && mark(s) != ';')
        next(s);
    if (take(s, "for")) {
        if (take(s, "execute")) {
            read_execute(s, NULL);
        } else {
            Passage passage = pass(s, NULL);

            read_sql(s, &passage);
        }
    }
    end_statement(s);
}

/* name type := expression; name CURSOR FOR query; */
static void
read_declarations(Scanner *s)
{
    while (!at_end(s) && !is(s, "begin")) {
        bool is_cursor = false;

        while (!at_end(s) && mark(s) != ';' && !is(s, "for") && !is(s, "is") && !is(s, "default") &&
               s->token.kind != MIG_TOKEN_OPERATOR) {
            is_cursor = is_cursor || is(s, "cursor");
            next(s);
        }
        if (is_cursor && mark(s) == '(')
            while (!at_end(s) && mark(s) != ';' && !is(s, "for") && !is(s, "is"))
                next(s);
        if (is_cursor && (take(s, "for") || take(s, "is"))) {
            Passage passage = pass(s, NULL);

            read_sql(s, &passage);
        } else if (mark(s) != ';') {
            if (s->token.kind == MIG_TOKEN_OPERATOR || is(s, "default"))
                next(s);
            Passage passage = pass(s, NULL);

            read_expression(s, &passage);
        }
        end_statement(s);
    }
}

/* Words after which a statement begins at once. */
static bool
take_opening(Scanner *s)
{
    if (is(s, "begin") || is(s, "else") || is(s, "loop") || is(s, "exception")) {
        next(s);
        return true;
    }
    return false;
}

static bool
read_structure(Scanner *s)
{
    if (take(s, "declare"))
        read_declarations(s);
    else if (take(s, "if") || take(s, "elsif") || take(s, "elseif") || take(s, "when"))
        read_condition(s, "then");
    else if (take(s, "while"))
        read_condition(s, "loop");
    else if (take(s, "case"))
        read_case(s);
    else if (take(s, "for") || take(s, "foreach"))
        read_for(s);
    else
        return take_opening(s);
    return true;
}

/* Words of PL/pgSQL's own whose statements hold no SQL that counts. */
static bool
is_own(const Scanner *s)
{
    static const char *const words[] = {"end",  "exit", "continue", "raise", "assert",
                                        "null", "get",  "fetch",    "move",  "close"};

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (is(s, words[i]))
            return true;
    }
    return false;
}

/* Variables are set by := or =, behind a name, its field or its element; no statement of SQL has a
 * mark behind its first word. */
static bool
skip_target(const Scanner *s, Passage *passage)
{
    MigLexer lexer;
    MigToken token;
    size_t depth = 0;

    mig_lexer_init(&lexer, s->lexer.text + passage->begin, passage->end - passage->begin,
                   MIG_ENGINE_POSTGRES);
    mig_lexer_next(&lexer, &token);
    mig_lexer_next(&lexer, &token);
    if (token.kind != MIG_TOKEN_OPERATOR || lexer.text[token.offset] == '(')
        return false;
    do {
        const char *mark_text = lexer.text + token.offset;

        if (token.kind != MIG_TOKEN_OPERATOR)
            continue;
        if (mark_text[0] == '[')
            depth++;
        else if (mark_text[0] == ']' && depth > 0)
            depth--;
        else if (depth == 0 && (mark_text[0] == '=' || mark_text[0] == ':')) {
            passage->begin += token.offset + token.length;
            return true;
        }
    } while (mig_lexer_next(&lexer, &token));
    return false;
}

static void
read_plain(Scanner *s)
{
    Passage passage = pass(s, NULL);

    if (passage.has_assignment && skip_target(s, &passage))
        read_expression(s, &passage);
    else
        read_sql(s, &passage);
    end_statement(s);
}

static void
read_program(Scanner *s)
{
    while (!at_end(s)) {
        if (mark(s) == ';' || (s->token.kind == MIG_TOKEN_OPERATOR && s->token.length == 2 &&
                               memcmp(s->lexer.text + s->token.offset, "<<", 2) == 0)) {
            bool is_label = mark(s) != ';';

            next(s);
            if (is_label) {
                next(s);
                next(s);
            }
        } else if (take(s, "return")) {
            read_return(s);
        } else if (take(s, "open")) {
            read_open(s);
        } else if (take(s, "execute")) {
            read_execute(s, NULL);
            end_statement(s);
        } else if (is(s, "perform")) {
            read_perform(s);
            end_statement(s);
        } else if (is_own(s)) {
            end_statement(s);
        } else if (!read_structure(s)) {
            read_plain(s);
        }
    }
}

void
mig_pg_read_body(const PgReader *r, const PgBody *body)
{
    Scanner s = {.outer = r, .body = body};

    mig_lexer_init(&s.lexer, body->text, body->length, MIG_ENGINE_POSTGRES);
    next(&s);
    if (body->plpgsql)
        read_program(&s);
    else
        read_statements(&s);
}
