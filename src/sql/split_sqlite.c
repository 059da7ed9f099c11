/* SPDX-License-Identifier: MIT */
/* SQLite's statements as its shell cuts them: trigger bodies, dot-commands. */
#include <string.h>

#include "sql/scan.h"
#include "sql/split.h"

/* Commands of the shell that only show something, or change how it shows it. */
static const char *const silent_commands[] = {
    "changes", "databases", "echo",    "eqp",       "explain", "headers",  "header", "help",
    "indexes", "indices",   "mode",    "nullvalue", "print",   "progress", "prompt", "scanstats",
    "schema",  "separator", "show",    "stats",     "tables",  "timeout",  "timer",  "trace",
    "version", "vfsinfo",   "vfslist", "width",     NULL,
};

static bool
is_silent(const char *word, size_t length)
{
    for (size_t i = 0; silent_commands[i] != NULL; i++) {
        if (strlen(silent_commands[i]) == length && memcmp(silent_commands[i], word, length) == 0)
            return true;
    }
    return false;
}

/* The shell also takes a line with nothing but "/" or "go" for a ";". We don't: it would make two
 * statements of what SQLite's own interface takes for one, and says so as a syntax error. */
SplitClient
mig_split_sqlite_line(Splitter *s)
{
    size_t begin = s->at;
    bool first = begin == 0 || s->text[begin - 1] == '\n';

    if (!first || (s->text[begin] != '.' && s->text[begin] != '#'))
        return SPLIT_NOT_MINE;

    size_t end = mig_scan_line(s->text, s->length, begin);
    size_t word = mig_scan_word(s->text, end, begin + 1);
    size_t length = word - begin - 1;
    size_t rest = mig_scan_trim(s->text, word, end);
    bool bail = length == 4 && memcmp(s->text + begin, ".bail", 5) == 0 && rest - word == 3 &&
                memcmp(s->text + word, " on", 3) == 0;

    if (s->text[begin] == '#' || bail || is_silent(s->text + begin + 1, length)) {
        s->at = end;
        return SPLIT_SKIPPED;
    }
    bool reads = length == 4 && memcmp(s->text + begin, ".read", 5) == 0;
    mig_split_fail(s, begin,
                   ".%.*s is a command of the sqlite3 shell, which migrate doesn't run: %s",
                   (int)MIN(length, 40), s->text + begin + 1,
                   reads ? "copy the other file's text in here, or make it a migration of its own"
                         : "write it as SQL, or remove the line");
    return SPLIT_SKIPPED;
}

/* Manual: SQLite, "CREATE TRIGGER"; "Determine If An SQL Statement Is Complete". */
void
mig_split_sqlite_begin(Splitter *s)
{
    MigLexer lexer;
    MigToken token;

    mig_lexer_init(&lexer, s->text, s->length, s->engine);
    lexer.offset = s->start;
    mig_lexer_next(&lexer, &token);
    if (mig_token_is(&lexer, &token, "explain")) {
        mig_lexer_next(&lexer, &token);
        if (mig_token_is(&lexer, &token, "query")) {
            mig_lexer_next(&lexer, &token);
            mig_lexer_next(&lexer, &token);
        }
    }
    if (!mig_token_is(&lexer, &token, "create"))
        return;
    mig_lexer_next(&lexer, &token);
    if (mig_token_is(&lexer, &token, "temp") || mig_token_is(&lexer, &token, "temporary"))
        mig_lexer_next(&lexer, &token);
    if (mig_token_is(&lexer, &token, "trigger"))
        s->body.kind = BODY_TRIGGER;
}

/* No statement of a trigger begins with END, so that an END behind a ";" is the trigger's, whatever
 * CASE expressions there are. */
bool
mig_split_sqlite_feed(Splitter *s, const MigToken *token)
{
    Body *body = &s->body;

    if (token->kind == MIG_TOKEN_SEMICOLON) {
        body->after_semi = true;
        return body->depth == 0 || body->ended;
    }
    if (body->depth > 0) {
        body->ended = body->after_semi && mig_token_is(&s->lexer, token, "end");
    } else if (body->after_begin && !body->after_name && mig_token_is(&s->lexer, token, "begin")) {
        body->depth = 1;
        body->opened = token->offset;
    }
    /* BEGIN may be the trigger's own name, but not once ON has been read, unless behind a dot. */
    body->after_begin = body->after_begin || mig_token_is(&s->lexer, token, "on");
    body->after_name = s->text[token->offset] == '.';
    body->after_semi = false;
    return false;
}

void
mig_split_sqlite_finish(Splitter *s)
{
    if (s->body.depth > 0 && !s->body.ended)
        mig_split_fail(s, s->body.opened,
                       "the BEGIN that begins here has no END; a trigger's body ends with ; END;");
}
