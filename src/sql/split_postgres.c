/* SPDX-License-Identifier: MIT */
/* PostgreSQL's statements as psql cuts them: ATOMIC bodies, COPY data, \-lines. */
#include <string.h>

#include "sql/scan.h"
#include "sql/split.h"

/* Commands that only show something, or change how psql shows it. */
static const char *const silent_commands[] = {
    "echo", "qecho", "warn", "pset",      "timing", "restrict", "unrestrict", "a",
    "C",    "f",     "H",    "t",         "T",      "x",        "l",          "l+",
    "list", "z",     "h",    "help",      "?",      "conninfo", "errverbose", "sf",
    "sf+",  "sv",    "sv+",  "copyright", NULL,
};

/* Variables by which psql decides what it shows. */
static const char *const silent_variables[] = {
    "ECHO",        "ECHO_HIDDEN", "QUIET",    "VERBOSITY",   "SHOW_CONTEXT",
    "FETCH_COUNT", "HISTFILE",    "HISTSIZE", "HISTCONTROL", "PROMPT1",
    "PROMPT2",     "PROMPT3",     "PAGER",    "IGNOREEOF",   "COMP_KEYWORD_CASE",
    NULL,
};

typedef struct {
    const char *text;
    size_t length;
} Argument;

static bool
is_listed(const Argument *word, const char *const *list)
{
    for (size_t i = 0; list[i] != NULL; i++) {
        if (strlen(list[i]) == word->length && memcmp(list[i], word->text, word->length) == 0)
            return true;
    }
    return false;
}

static bool
is_argument(const Argument *word, const char *text)
{
    return strlen(text) == word->length && g_ascii_strncasecmp(text, word->text, word->length) == 0;
}

/* The next word of a command's line, without single quotes round it. */
static Argument
next_argument(const Splitter *s, size_t *at, size_t end)
{
    while (*at < end && mig_scan_is_space(s->text[*at]))
        (*at)++;

    size_t begin = *at;
    while (*at < end && !mig_scan_is_space(s->text[*at]))
        (*at)++;
    Argument word = {s->text + begin, *at - begin};
    if (word.length >= 2 && word.text[0] == '\'' && word.text[word.length - 1] == '\'')
        word = (Argument){word.text + 1, word.length - 2};
    return word;
}

/* psql goes on with what follows a backslash in a command's line as with another command. */
static bool
has_second_command(const Splitter *s, size_t at, size_t end)
{
    char quote = '\0';

    for (; at < end; at++) {
        char c = s->text[at];
        if (quote == '\'' && c == '\\')
            at++;
        else if (quote == '\0' && c == '\\')
            return true;
        else if (quote == '\0' && (c == '\'' || c == '"' || c == '`'))
            quote = c;
        else if (c == quote)
            quote = '\0';
    }
    return false;
}

static bool
is_on(const Argument *value)
{
    return value->length == 0 || is_argument(value, "on") || is_argument(value, "true") ||
           is_argument(value, "1") || is_argument(value, "yes");
}

/* \set and \unset. Returns: why it can't be passed over, or %NULL if it can */
static const char *
refuse_variable(const Splitter *s, size_t at, size_t end, bool set)
{
    Argument name = next_argument(s, &at, end);
    Argument value = next_argument(s, &at, end);

    if (name.length == 0 || is_listed(&name, silent_variables))
        return NULL;
    if (is_argument(&name, "ON_ERROR_STOP"))
        return set && is_on(&value) ? NULL : "migrate always stops at the first error";
    if (is_argument(&name, "ON_ERROR_ROLLBACK"))
        return !set || is_argument(&value, "off") ? NULL : "migrate never goes on after an error";
    if (is_argument(&name, "AUTOCOMMIT"))
        return !set || is_on(&value) ? NULL
                                     : "write BEGIN; and COMMIT; where the transaction is to be";
    return "variables are not substituted; write the value where it is used";
}

/* Returns: why a command can't be passed over, or %NULL if it can */
static const char *
refuse_command(const Splitter *s, const Argument *command, size_t at, size_t end)
{
    if (is_listed(command, silent_commands) || (command->length > 0 && command->text[0] == 'd'))
        return NULL;
    if (is_argument(command, "set") || is_argument(command, "unset"))
        return refuse_variable(s, at, end, is_argument(command, "set"));
    if (is_argument(command, "encoding")) {
        Argument name = next_argument(s, &at, end);
        bool utf8 = name.length == 0 || is_argument(&name, "utf8") || is_argument(&name, "utf-8") ||
                    is_argument(&name, "unicode");
        return utf8 ? NULL : "convert the file to UTF-8 and remove the line";
    }
    if (is_argument(command, "i") || is_argument(command, "ir") ||
        is_argument(command, "include") || is_argument(command, "include_relative"))
        return "copy the other file's text in here, or make it a migration of its own";
    if (is_argument(command, "copy"))
        return "write COPY ... FROM stdin; with the lines below it, ended by \\.";
    if (is_argument(command, "c") || is_argument(command, "connect"))
        return "a migration stays in the database that it was given; remove the line";
    if (is_argument(command, "."))
        return "no COPY ... FROM stdin; is open here";
    if (is_argument(command, "g") || is_argument(command, "gx"))
        return "there is no statement before it; remove it, or write a ; in its place";
    if (is_argument(command, ";"))
        return "statements are sent one by one; write ; alone";
    if (command->length > 0 && command->text[0] == 'g')
        return "only psql can use a query's result in this way; write a DO block";
    if (is_argument(command, "q") || is_argument(command, "quit"))
        return "remove the line, and what stands below it if it isn't to run";
    return "only psql can carry it out; remove the line";
}

SplitClient
mig_split_postgres_backslash(Splitter *s)
{
    size_t begin = s->at;
    size_t end = mig_scan_line(s->text, s->length, begin);
    size_t at = begin + 1;

    while (at < end && !mig_scan_is_space(s->text[at]) && s->text[at] != '\\' && s->text[at] != ';')
        at++;
    if (at == begin + 1 && at < end)
        at++; /* \; is a command, too */
    Argument command = {s->text + begin + 1, at - begin - 1};
    int shown = (int)MIN(command.length, 40);

    bool sends = is_argument(&command, "g") || is_argument(&command, "gx");
    if (sends && s->in_statement && mig_split_blank_line(s, at)) {
        s->at = end;
        return SPLIT_TERMINATES;
    }
    const char *reason = refuse_command(s, &command, at, end);
    if (reason != NULL)
        mig_split_fail(s, begin, "\\%.*s is a command of psql: %s", shown, command.text, reason);
    else if (s->in_statement)
        mig_split_fail(s, begin,
                       "\\%.*s is a command of psql and stands inside a statement; is a ; missing "
                       "before it?",
                       shown, command.text);
    else if (has_second_command(s, at, end))
        mig_split_fail(s, begin, "a second command of psql in the line of \\%.*s; remove it", shown,
                       command.text);
    else
        s->at = end;
    return SPLIT_SKIPPED;
}

void
mig_split_postgres_begin(Splitter *s)
{
    MigLexer lexer;
    MigToken token;

    mig_lexer_init(&lexer, s->text, s->length, s->engine);
    lexer.offset = s->start;
    if (mig_scan_byte(s->text[s->start]) != MIG_BYTE_LETTER)
        return;
    mig_lexer_next(&lexer, &token);
    if (mig_token_is(&lexer, &token, "copy")) {
        s->body.kind = BODY_COPY;
        return;
    }
    if (!mig_token_is(&lexer, &token, "create"))
        return;
    mig_lexer_next(&lexer, &token);
    if (mig_token_is(&lexer, &token, "or")) {
        mig_lexer_next(&lexer, &token);
        mig_lexer_next(&lexer, &token);
    }
    if (mig_token_is(&lexer, &token, "function") || mig_token_is(&lexer, &token, "procedure"))
        s->body.kind = BODY_ATOMIC;
}

static void
feed_word(Splitter *s, const MigToken *token)
{
    const MigLexer *lexer = &s->lexer;
    Body *body = &s->body;
    /* A keyword may be a name behind AS and behind a dot. */
    bool named = body->after_name;
    bool after_begin = body->after_begin;
    bool after_from = body->after_from;

    body->after_name = mig_token_is(lexer, token, "as");
    body->after_begin = mig_token_is(lexer, token, "begin");
    body->after_from = mig_token_is(lexer, token, "from");
    if (body->kind == BODY_COPY) {
        /* gram.y takes "FROM stdout" for the same thing. */
        if (after_from && s->parens == 0 &&
            (mig_token_is(lexer, token, "stdin") || mig_token_is(lexer, token, "stdout")))
            body->from_stdin = true;
        return;
    }

    if (body->after_begin && body->depth == 0)
        body->opened = token->offset;
    if (after_begin && body->depth == 0 && s->parens == 0 && mig_token_is(lexer, token, "atomic"))
        body->depth = 1;
    else if (named || body->depth == 0)
        return;
    else if (mig_token_is(lexer, token, "case"))
        body->depth++;
    else if (mig_token_is(lexer, token, "end"))
        body->depth--;
}

bool
mig_split_postgres_feed(Splitter *s, const MigToken *token)
{
    char c = s->text[token->offset];

    if (token->kind == MIG_TOKEN_SEMICOLON)
        return s->parens == 0 && s->body.depth == 0;
    if (token->kind == MIG_TOKEN_WORD) {
        feed_word(s, token);
        return false;
    }

    s->body.after_name = token->kind == MIG_TOKEN_OPERATOR && token->length == 1 && c == '.';
    s->body.after_begin = false;
    s->body.after_from = false;
    if (token->kind == MIG_TOKEN_OPERATOR && c == '(') {
        if (s->parens++ == 0)
            s->paren_at = token->offset;
    } else if (token->kind == MIG_TOKEN_OPERATOR && c == ')') {
        s->parens -= s->parens > 0;
    }
    return false;
}

void
mig_split_postgres_finish(Splitter *s)
{
    if (s->body.depth > 0)
        mig_split_fail(s, s->body.opened, "the BEGIN ATOMIC that begins here has no END");
    else if (s->parens > 0)
        mig_split_fail(s, s->paren_at, "the ( that begins here is never closed");
}

/* COPY ... FROM stdin: the data are the lines that follow the statement's, up to "\.". */
void
mig_split_postgres_data(Splitter *s, MigStatement *statement)
{
    size_t end = mig_scan_line(s->text, s->length, s->at);
    size_t rest = s->at;

    while (rest < end && mig_scan_is_space(s->text[rest]))
        rest++;
    if (rest < end && mig_lexer_comment(&s->lexer, rest) != mig_scan_trim(s->text, rest, end)) {
        mig_split_fail(s, rest,
                       "the data of COPY ... FROM stdin; begin in the next line; move what "
                       "stands behind the ; below the \\. that ends them");
        return;
    }

    size_t line = MIN(end + 1, s->length);
    statement->copy_data = true;
    statement->data_offset = line;
    if (s->at >= s->length)
        return;
    for (;; line = end + 1) {
        if (line >= s->length) {
            mig_split_fail(s, s->start,
                           "the data of the COPY that begins here have no end; write a "
                           "line with \\. below them");
            return;
        }
        end = mig_scan_line(s->text, s->length, line);
        size_t length = end - line;
        if (length >= 2 && memcmp(s->text + line, "\\.", 2) == 0 &&
            (length == 2 || (length == 3 && s->text[line + 2] == '\r')))
            break;
    }
    statement->data_length = line - statement->data_offset;
    s->at = end;
}
