/* SPDX-License-Identifier: MIT */
/* PL/pgSQL's own structure, followed only as far as it takes to find the SQL in it. */
#include <string.h>

#include "sql/parse_postgres_body.h"

/* PERFORM is SELECT, in as many letters and one more. */
static void
read_perform(Scanner *s)
{
    static const char select[] = "SELECT ";
    Passage passage = mig_pg_scan_pass(s, NULL);
    char *text = mig_arena_strndup(s->outer->arena, s->lexer.text + passage.begin,
                                   passage.end - passage.begin);

    memcpy(text, select, sizeof select - 1);
    mig_pg_read_nested(s->outer, s->body, text, passage.end - passage.begin, passage.begin, 0);
}

static bool
at_query(const Scanner *s)
{
    return mig_pg_scan_is(s, "select") || mig_pg_scan_is(s, "with") ||
           mig_pg_scan_is(s, "insert") || mig_pg_scan_is(s, "update") ||
           mig_pg_scan_is(s, "delete") || mig_pg_scan_is(s, "values") ||
           mig_pg_scan_is(s, "table") || mig_pg_scan_is(s, "merge") || mig_pg_scan_mark(s) == '(';
}

/* FOR ... IN query LOOP, FOR i IN 1..3 LOOP, FOREACH ... LOOP */
static void
read_for(Scanner *s)
{
    while (!mig_pg_scan_at_end(s) && !mig_pg_scan_is(s, "in") && !mig_pg_scan_is(s, "loop") &&
           mig_pg_scan_mark(s) != ';')
        mig_pg_scan_next(s);
    if (!mig_pg_scan_take(s, "in"))
        return;
    if (mig_pg_scan_take(s, "execute")) {
        mig_pg_scan_read_execute(s, "loop");
        mig_pg_scan_pass(s, "loop");
    } else if (at_query(s)) {
        Passage passage = mig_pg_scan_pass(s, "loop");

        mig_pg_scan_read_sql(s, &passage);
    } else {
        Passage passage = mig_pg_scan_pass(s, "loop");

        mig_pg_scan_read_expression(s, &passage);
    }
    mig_pg_scan_take(s, "loop");
}

static void
read_condition(Scanner *s, const char *word)
{
    Passage passage = mig_pg_scan_pass(s, word);

    mig_pg_scan_read_expression(s, &passage);
    mig_pg_scan_take(s, word);
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
    if (mig_pg_scan_take(s, "query")) {
        if (mig_pg_scan_take(s, "execute")) {
            mig_pg_scan_read_execute(s, NULL);
        } else {
            Passage passage = mig_pg_scan_pass(s, NULL);

            mig_pg_scan_read_sql(s, &passage);
        }
    } else {
        mig_pg_scan_take(s, "next");
        Passage passage = mig_pg_scan_pass(s, NULL);

        mig_pg_scan_read_expression(s, &passage);
    }
    mig_pg_scan_end_statement(s);
}

static void
read_open(Scanner *s)
{
    while (!mig_pg_scan_at_end(s) && !mig_pg_scan_is(s, "for") && mig_pg_scan_mark(s) != ';')
        mig_pg_scan_next(s);
    if (mig_pg_scan_take(s, "for")) {
        if (mig_pg_scan_take(s, "execute")) {
            mig_pg_scan_read_execute(s, NULL);
        } else {
            Passage passage = mig_pg_scan_pass(s, NULL);

            mig_pg_scan_read_sql(s, &passage);
        }
    }
    mig_pg_scan_end_statement(s);
}

/* name type := expression; name CURSOR FOR query; */
static void
read_declarations(Scanner *s)
{
    while (!mig_pg_scan_at_end(s) && !mig_pg_scan_is(s, "begin")) {
        bool is_cursor = false;

        while (!mig_pg_scan_at_end(s) && mig_pg_scan_mark(s) != ';' && !mig_pg_scan_is(s, "for") &&
               !mig_pg_scan_is(s, "is") && !mig_pg_scan_is(s, "default") &&
               s->token.kind != MIG_TOKEN_OPERATOR) {
            is_cursor = is_cursor || mig_pg_scan_is(s, "cursor");
            mig_pg_scan_next(s);
        }
        if (is_cursor && mig_pg_scan_mark(s) == '(')
            while (!mig_pg_scan_at_end(s) && mig_pg_scan_mark(s) != ';' &&
                   !mig_pg_scan_is(s, "for") && !mig_pg_scan_is(s, "is"))
                mig_pg_scan_next(s);
        if (is_cursor && (mig_pg_scan_take(s, "for") || mig_pg_scan_take(s, "is"))) {
            Passage passage = mig_pg_scan_pass(s, NULL);

            mig_pg_scan_read_sql(s, &passage);
        } else if (mig_pg_scan_mark(s) != ';') {
            if (s->token.kind == MIG_TOKEN_OPERATOR || mig_pg_scan_is(s, "default"))
                mig_pg_scan_next(s);
            Passage passage = mig_pg_scan_pass(s, NULL);

            mig_pg_scan_read_expression(s, &passage);
        }
        mig_pg_scan_end_statement(s);
    }
}

/* Words after which a statement begins at once. */
static bool
take_opening(Scanner *s)
{
    if (mig_pg_scan_is(s, "begin") || mig_pg_scan_is(s, "else") || mig_pg_scan_is(s, "loop") ||
        mig_pg_scan_is(s, "exception")) {
        mig_pg_scan_next(s);
        return true;
    }
    return false;
}

static bool
read_structure(Scanner *s)
{
    if (mig_pg_scan_take(s, "declare"))
        read_declarations(s);
    else if (mig_pg_scan_take(s, "if") || mig_pg_scan_take(s, "elsif") ||
             mig_pg_scan_take(s, "elseif") || mig_pg_scan_take(s, "when"))
        read_condition(s, "then");
    else if (mig_pg_scan_take(s, "while"))
        read_condition(s, "loop");
    else if (mig_pg_scan_take(s, "case"))
        read_case(s);
    else if (mig_pg_scan_take(s, "for") || mig_pg_scan_take(s, "foreach"))
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
        if (mig_pg_scan_is(s, words[i]))
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
    Passage passage = mig_pg_scan_pass(s, NULL);

    if (passage.has_assignment && skip_target(s, &passage))
        mig_pg_scan_read_expression(s, &passage);
    else
        mig_pg_scan_read_sql(s, &passage);
    mig_pg_scan_end_statement(s);
}

void
mig_pg_read_program(Scanner *s)
{
    while (!mig_pg_scan_at_end(s)) {
        if (mig_pg_scan_mark(s) == ';' ||
            (s->token.kind == MIG_TOKEN_OPERATOR && s->token.length == 2 &&
             memcmp(s->lexer.text + s->token.offset, "<<", 2) == 0)) {
            bool is_label = mig_pg_scan_mark(s) != ';';

            mig_pg_scan_next(s);
            if (is_label) {
                mig_pg_scan_next(s);
                mig_pg_scan_next(s);
            }
        } else if (mig_pg_scan_take(s, "return")) {
            read_return(s);
        } else if (mig_pg_scan_take(s, "open")) {
            read_open(s);
        } else if (mig_pg_scan_take(s, "execute")) {
            mig_pg_scan_read_execute(s, NULL);
            mig_pg_scan_end_statement(s);
        } else if (mig_pg_scan_is(s, "perform")) {
            read_perform(s);
            mig_pg_scan_end_statement(s);
        } else if (is_own(s)) {
            mig_pg_scan_end_statement(s);
        } else if (!read_structure(s)) {
            read_plain(s);
        }
    }
}
