/* SPDX-License-Identifier: MIT */
/* The statements of MySQL and MariaDB as their client cuts them: DELIMITER, the client's commands. */
#include <string.h>

#include "sql/scan.h"
#include "sql/split.h"

static const struct {
    const char *name;
    const char *reason; /* why it is refused; %NULL: it is passed over */
} commands[] = {
    {"source", "copy the other file's text in here, or make it a migration of its own"},
    {"system", "migrate runs no commands of the shell"},
    {"connect", "a migration stays in the database that it was given; remove the line"},
    {"charset", "convert the file to UTF-8 and remove the line"},
    {"exit", "remove the line, and what stands below it if it isn't to run"},
    {"quit", "remove the line, and what stands below it if it isn't to run"},
    {"edit", "remove the line"},
    {"tee", "remove the line"},
    {"clear", "remove the line"},
    {"go", "end the statement with ; instead"},
    {"ego", "end the statement with ; instead"},
    {"resetconnection", "remove the line"},
    {"notee", NULL},
    {"pager", NULL},
    {"nopager", NULL},
    {"print", NULL},
    {"prompt", NULL},
    {"rehash", NULL},
    {"status", NULL},
    {"warnings", NULL},
    {"nowarning", NULL},
};

static bool
contains_delimiter(const Splitter *s, size_t at, size_t end)
{
    return memmem(s->text + at, end - at, s->delimiter, s->delimiter_length) != NULL;
}

static void
set_delimiter(Splitter *s, size_t at, size_t end)
{
    size_t begin = at;

    while (begin < end && mig_scan_is_space(s->text[begin]))
        begin++;
    size_t stop = begin;
    char quote = begin < end ? s->text[begin] : '\0';
    if (quote == '\'' || quote == '"' || quote == '`') {
        begin++;
        stop = begin;
        while (stop < end && s->text[stop] != quote)
            stop++;
    } else {
        while (stop < end && !mig_scan_is_space(s->text[stop]))
            stop++;
    }
    if (stop == begin) {
        mig_split_fail(s, s->at,
                       "DELIMITER needs what is to end the statements below it, as in "
                       "DELIMITER //");
        return;
    }
    /* As in the client, where a backslash would begin a command. */
    if (memchr(s->text + begin, '\\', stop - begin) != NULL) {
        mig_split_fail(s, s->at, "DELIMITER can't have a backslash; take another, such as //");
        return;
    }
    mig_split_set_delimiter(s, s->text + begin, stop - begin);
    s->at = end;
}

/* The client takes USE without a delimiter, to the end of its line. */
static SplitClient
use_line(Splitter *s, size_t at, size_t end)
{
    if (contains_delimiter(s, at, end))
        return SPLIT_NOT_MINE;

    MigLexer lexer;
    MigToken token;
    mig_lexer_init(&lexer, s->text, end, s->engine);
    lexer.offset = at;
    if (!mig_lexer_next(&lexer, &token) || token.kind == MIG_TOKEN_ERROR)
        return SPLIT_NOT_MINE;

    size_t name_end = mig_scan_word(s->text, end, token.offset + token.length);
    mig_split_emit(s, s->at, name_end);
    s->at = end;
    return SPLIT_SKIPPED;
}

/* The first line of MariaDB's dumps, whose backslash is a command: from there on the client refuses
 * other commands. */
static bool
skip_sandbox_line(Splitter *s)
{
    static const char *const marks[] = {"/*M!999999\\-", "/*!999999\\-"};

    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        size_t length = strlen(marks[i]);
        if (s->length - s->at < length || memcmp(s->text + s->at, marks[i], length) != 0)
            continue;
        size_t end = mig_scan_comment(s->text, s->length, s->at, false);
        if (end == MIG_SCAN_OPEN)
            return false;
        s->at = end;
        return true;
    }
    return false;
}

static bool
may_be_command(const char *word)
{
    char first = (char)(word[0] | 0x20);
    char second = (char)(word[1] | 0x20);

    if (strchr("cdegnpqrstuw", first) == NULL)
        return false;
    if (first == 'd' || first == 'u')
        return second == (first == 'd' ? 'e' : 's'); /* DELIMITER, USE */
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (commands[i].name[0] == first && commands[i].name[1] == second)
            return true;
    }
    return false;
}

SplitClient
mig_split_mysql_line(Splitter *s)
{
    if (s->text[s->at] == '/' && skip_sandbox_line(s))
        return SPLIT_SKIPPED;

    MigLexer lexer;
    size_t end = mig_scan_word(s->text, s->length, s->at);

    /* Most statements are told from a command by their first two letters. */
    if (end - s->at < 2 || !may_be_command(s->text + s->at))
        return SPLIT_NOT_MINE;
    mig_lexer_init(&lexer, s->text, s->length, s->engine);
    MigToken word = {.kind = MIG_TOKEN_WORD, .offset = s->at, .length = end - s->at};
    /* No command is shorter than "go", none but DELIMITER and USE may end in what isn't a blank. */
    size_t line_end = mig_scan_line(s->text, s->length, end);
    if (mig_token_is(&lexer, &word, "delimiter")) {
        set_delimiter(s, end, line_end);
        return SPLIT_SKIPPED;
    }
    if (mig_token_is(&lexer, &word, "use"))
        return use_line(s, end, line_end);

    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (!mig_token_is(&lexer, &word, commands[i].name))
            continue;
        if (commands[i].reason != NULL)
            mig_split_fail(s, s->at, "%s is a command of the mysql client: %s", commands[i].name,
                           commands[i].reason);
        s->at = line_end;
        return SPLIT_SKIPPED;
    }
    return SPLIT_NOT_MINE;
}

SplitClient
mig_split_mysql_backslash(Splitter *s)
{
    size_t begin = s->at;
    char c = begin + 1 < s->length ? s->text[begin + 1] : '\0';

    s->at = MIN(begin + 2, s->length);
    if (c == 'N' && s->in_statement)
        return SPLIT_SKIPPED; /* an old name of NULL */
    if (c == 'g' || c == 'G')
        return s->in_statement ? SPLIT_TERMINATES : SPLIT_SKIPPED;
    mig_split_fail(s, begin,
                   "a backslash outside of a string is a command of the mysql client, "
                   "which migrate doesn't run; remove it, or end the statement with ;");
    return SPLIT_SKIPPED;
}

/* What a statement that begins with CREATE or ALTER makes, by its first telling word. */
static void
begin_object(Splitter *s, MigLexer *lexer)
{
    static const struct {
        const char *word;
        ProgramPosition position;
    } programs[] = {
        {"procedure", AT_NAME}, {"function", AT_NAME},   {"trigger", AT_EACH_ROW},
        {"event", AT_SCHEDULE}, {"package", AT_PACKAGE},
    };
    static const char *const others[] = {"table", "view",     "index", "database",  "schema",
                                         "user",  "sequence", "role",  "temporary", "server"};
    MigToken token;

    /* OR REPLACE AGGREGATE DEFINER = 'name' @ 'host' SQL SECURITY DEFINER and the like come first;
     * a name among them isn't taken for a keyword. */
    bool named = false;
    for (unsigned n = 0; n < 24 && mig_lexer_next(lexer, &token); n++) {
        if (token.kind == MIG_TOKEN_OPERATOR || token.kind == MIG_TOKEN_SEMICOLON) {
            named = token.kind == MIG_TOKEN_OPERATOR && lexer->text[token.offset] == '=';
            continue;
        }
        for (size_t i = 0; !named && i < G_N_ELEMENTS(programs); i++) {
            if (!mig_token_is(lexer, &token, programs[i].word))
                continue;
            s->body.kind = BODY_PROGRAM;
            s->body.position = programs[i].position;
            s->body.function = i == 1;
            s->at = lexer->offset;
            return;
        }
        for (size_t i = 0; !named && i < G_N_ELEMENTS(others); i++) {
            if (mig_token_is(lexer, &token, others[i]))
                return;
        }
        named = false;
    }
}

/* Whether a statement outside of a routine is compound: MariaDB, "Using Compound Statements Outside
 * of Stored Programs". BEGIN alone starts a transaction. */
static bool
is_compound(MigLexer *lexer, MigToken *token)
{
    static const char *const openers[] = {"if", "case", "loop", "while", "repeat", "for"};

    for (size_t i = 0; i < G_N_ELEMENTS(openers); i++) {
        if (mig_token_is(lexer, token, openers[i]))
            return true;
    }
    if (mig_token_is(lexer, token, "begin")) {
        mig_lexer_next(lexer, token);
        return mig_token_is(lexer, token, "not");
    }

    /* A label, as in "again: LOOP". */
    size_t at = lexer->offset;
    while (at < lexer->length && mig_scan_is_space(lexer->text[at]))
        at++;
    if (at >= lexer->length || lexer->text[at] != ':')
        return false;
    mig_lexer_next(lexer, token);
    if (token->kind != MIG_TOKEN_OPERATOR || token->length != 1 ||
        lexer->text[token->offset] != ':')
        return false;
    mig_lexer_next(lexer, token);
    return mig_token_is(lexer, token, "begin") || mig_token_is(lexer, token, "loop") ||
           mig_token_is(lexer, token, "while") || mig_token_is(lexer, token, "repeat") ||
           mig_token_is(lexer, token, "for");
}

void
mig_split_mysql_begin(Splitter *s)
{
    MigLexer lexer;
    MigToken token;

    /* A delimiter of the author's says where statements end: their words then don't matter. */
    if (s->delimiter_length != 1 || s->delimiter[0] != ';')
        return;
    mig_lexer_init(&lexer, s->text, s->length, s->engine);
    lexer.offset = s->start;
    do
        mig_lexer_next(&lexer, &token);
    while (token.kind == MIG_TOKEN_VERSION_BEGIN || token.kind == MIG_TOKEN_VERSION_END);
    if (token.kind != MIG_TOKEN_WORD)
        return;

    if (mig_token_is(&lexer, &token, "create") || mig_token_is(&lexer, &token, "alter")) {
        begin_object(s, &lexer);
    } else if (is_compound(&lexer, &token)) {
        s->body.kind = BODY_PROGRAM;
        s->body.position = AT_STATEMENT;
    }
    if (s->body.kind == BODY_PROGRAM && s->blocks == NULL)
        s->blocks = g_array_new(FALSE, FALSE, sizeof(Block));
    if (s->blocks != NULL)
        g_array_set_size(s->blocks, 0);
}
