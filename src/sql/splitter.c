/* SPDX-License-Identifier: MIT */
/* A script to its statements: what is the same for all engines. */
#include "sql/splitter.h"

#include <string.h>

#include "sql/scan.h"
#include "sql/split.h"

static bool
at_line_start(const Splitter *s, size_t at)
{
    return at == 0 || s->text[at - 1] == '\n';
}

/* When a section's end is looked for: whether the line at @at is it. */
static bool
stop_at_marker(Splitter *s, size_t at)
{
    if (s->is_marker == NULL || !at_line_start(s, at))
        return false;

    size_t end = mig_scan_line(s->text, s->length, at);
    if (end > at && s->text[end - 1] == '\r')
        end--;
    if (!s->is_marker(s->text + at, end - at, s->marker_data))
        return false;
    s->marker = at;
    s->stopped = true;
    return true;
}

/* A comment from @begin to @end, wherever it stands. */
static void
pass_comment(Splitter *s, size_t begin, size_t end)
{
    s->at = end;
    if (s->in_statement) {
        size_t code = mig_scan_trim(s->text, s->code_from, begin);
        if (code > s->code_from)
            s->end = code;
        s->code_from = end;
    }
    if (s->text[begin] != '-' || stop_at_marker(s, begin))
        return;
    mig_split_directive(s, begin, end);
}

static bool
at_delimiter(const Splitter *s, size_t at)
{
    return s->text[at] == s->delimiter[0] && s->length - at >= s->delimiter_length &&
           memcmp(s->text + at, s->delimiter, s->delimiter_length) == 0;
}

static bool
is_mysql(const Splitter *s)
{
    return (s->engine & MIG_ENGINE_MYSQL_FAMILY) != 0;
}

/* A line or a backslash that is the client's, at a place where a statement might begin. */
static SplitClient
read_client_line(Splitter *s)
{
    if (s->engine == MIG_ENGINE_SQLITE)
        return mig_split_sqlite_line(s);
    if (s->text[s->at] == '\\')
        return is_mysql(s) ? mig_split_mysql_backslash(s) : mig_split_postgres_backslash(s);
    return is_mysql(s) ? mig_split_mysql_line(s) : SPLIT_NOT_MINE;
}

/* Skips what may stand between statements. Returns: whether one begins at `at` */
static bool
find_start(Splitter *s)
{
    s->in_statement = false;
    while (!s->stopped) {
        while (s->at < s->length && mig_scan_is_space(s->text[s->at]))
            s->at++;
        if (s->at >= s->length)
            return false;
        if (at_delimiter(s, s->at)) {
            s->at += s->delimiter_length;
            continue;
        }
        if (s->text[s->at] == ';') {
            s->at++;
            continue;
        }

        size_t comment = mig_lexer_comment(&s->lexer, s->at);
        /* Here mysql takes a line as a comment even without white space behind the dashes. */
        if (comment == 0 && is_mysql(s) && s->length - s->at >= 2 &&
            memcmp(s->text + s->at, "--", 2) == 0)
            comment = mig_scan_line(s->text, s->length, s->at);
        if (comment == MIG_SCAN_OPEN)
            mig_split_fail_open(s, s->at);
        else if (comment > 0)
            pass_comment(s, s->at, comment);
        else if (read_client_line(s) == SPLIT_NOT_MINE)
            return !s->stopped;
    }
    return false;
}

static SplitClient
read_backslash(Splitter *s)
{
    if (s->engine == MIG_ENGINE_POSTGRES)
        return mig_split_postgres_backslash(s);
    return is_mysql(s) ? mig_split_mysql_backslash(s) : SPLIT_NOT_MINE;
}

/* The literal whose quote stands at @at, by way of the lexer, from the start of the word that the
 * quote touches: E'...' differs from '...', and in a$b$c the dollars quote nothing. */
static void
pass_literal(Splitter *s, size_t at)
{
    size_t begin = at;

    if (s->engine == MIG_ENGINE_POSTGRES) {
        while (begin > s->at && mig_scan_in_word(s->text[begin - 1]))
            begin--;
    }
    s->lexer.offset = begin;
    while (s->lexer.offset <= at) {
        MigToken token;
        mig_lexer_next(&s->lexer, &token);
        if (token.kind == MIG_TOKEN_ERROR) {
            mig_split_fail_open(s, token.offset);
            return;
        }
    }
    s->at = s->lexer.offset;
}

/* A byte with which a comment may begin or, in MySQL, end. */
static void
pass_comment_byte(Splitter *s, size_t at)
{
    size_t comment = mig_lexer_comment(&s->lexer, at);

    if (comment == MIG_SCAN_OPEN) {
        mig_split_fail_open(s, at);
        return;
    }
    if (comment > 0) {
        pass_comment(s, at, comment);
        return;
    }

    bool pair = at + 1 < s->length;
    s->at = at + 1;
    if (pair && s->text[at] == '-' && s->text[at + 1] == '-') {
        stop_at_marker(s, at);
    } else if (pair && s->text[at] == '/' && s->text[at + 1] == '*') {
        s->version_at = at;
        s->at = at + 3;
    } else if (pair && s->text[at] == '*' && s->text[at + 1] == '/') {
        s->version_at = SIZE_MAX;
        s->at = at + 2;
    }
}

static size_t
skip_ordinary(const Splitter *s, size_t at)
{
    const uint8_t *special = s->special;
    const unsigned char *text = (const unsigned char *)s->text;

    while (s->length - at >= 4) {
        if (special[text[at]] != SPLIT_ORDINARY)
            return at;
        if (special[text[at + 1]] != SPLIT_ORDINARY)
            return at + 1;
        if (special[text[at + 2]] != SPLIT_ORDINARY)
            return at + 2;
        if (special[text[at + 3]] != SPLIT_ORDINARY)
            return at + 3;
        at += 4;
    }
    while (at < s->length && special[text[at]] == SPLIT_ORDINARY)
        at++;
    return at;
}

/* Reads a statement whose words don't matter. Returns: where it ends; `at` stands behind that */
static size_t
read_plain(Splitter *s)
{
    while (!s->stopped) {
        size_t at = skip_ordinary(s, s->at);
        if (at >= s->length)
            break;
        if (s->parens == 0 && at_delimiter(s, at)) {
            s->at = at + s->delimiter_length;
            return at;
        }

        switch ((SplitByte)s->special[(unsigned char)s->text[at]]) {
        case SPLIT_QUOTE:
        case SPLIT_DOLLAR:
            pass_literal(s, at);
            break;
        case SPLIT_DASH:
        case SPLIT_SLASH:
        case SPLIT_STAR:
        case SPLIT_HASH:
            pass_comment_byte(s, at);
            break;
        case SPLIT_OPEN:
            if (s->parens++ == 0)
                s->paren_at = at;
            s->at = at + 1;
            break;
        case SPLIT_CLOSE:
            s->parens -= s->parens > 0;
            s->at = at + 1;
            break;
        case SPLIT_BACKSLASH:
            s->at = at;
            if (read_backslash(s) == SPLIT_TERMINATES)
                return at;
            break;
        case SPLIT_TERMINATOR:
            s->at = at + 1;
            break;
        case SPLIT_ORDINARY:
            g_assert_not_reached();
        }
    }
    s->at = s->stopped ? s->at : s->length;
    return s->length;
}

static bool
feed(Splitter *s, const MigToken *token)
{
    if (s->engine == MIG_ENGINE_POSTGRES)
        return mig_split_postgres_feed(s, token);
    if (s->engine == MIG_ENGINE_SQLITE)
        return mig_split_sqlite_feed(s, token);
    return mig_split_mysql_feed(s, token);
}

/* A byte of the text outside of literals and comments that isn't only a token. */
static bool
is_client_byte(const Splitter *s, const MigToken *token)
{
    return token->kind == MIG_TOKEN_OPERATOR && s->text[token->offset] == '\\' &&
           s->engine != MIG_ENGINE_SQLITE;
}

/* Reads a statement whose words matter. Returns: where it ends; `at` stands behind that */
static size_t
read_words(Splitter *s)
{
    s->lexer.offset = s->at;
    s->lexer.comments = true;
    s->lexer.in_version_comment = false;

    MigToken token;
    while (!s->stopped && mig_lexer_next(&s->lexer, &token)) {
        s->at = s->lexer.offset;
        if (token.kind == MIG_TOKEN_COMMENT) {
            pass_comment(s, token.offset, token.offset + token.length);
        } else if (token.kind == MIG_TOKEN_ERROR) {
            mig_split_fail_open(s, token.offset);
        } else if (is_client_byte(s, &token)) {
            s->at = token.offset;
            if (read_backslash(s) == SPLIT_TERMINATES)
                return token.offset;
            s->lexer.offset = s->at;
        } else if (token.kind == MIG_TOKEN_VERSION_BEGIN) {
            s->version_at = token.offset;
        } else if (token.kind == MIG_TOKEN_VERSION_END) {
            s->version_at = SIZE_MAX;
        } else if (s->text[token.offset] == '-' && token.offset + 1 < s->length &&
                   s->text[token.offset + 1] == '-' && stop_at_marker(s, token.offset)) {
            break;
        } else if (feed(s, &token)) {
            return token.offset;
        }
    }
    s->at = s->stopped ? s->at : s->length;
    return s->length;
}

static void
begin_statement(Splitter *s)
{
    s->in_statement = true;
    s->start = s->at;
    s->end = s->at;
    s->code_from = s->at;
    s->parens = 0;
    s->version_at = SIZE_MAX;
    s->lexer.escaped = 0;
    s->lexer.comments = false;
    s->body = (Body){.kind = BODY_NONE};

    if (s->engine == MIG_ENGINE_POSTGRES)
        mig_split_postgres_begin(s);
    else if (s->engine == MIG_ENGINE_SQLITE)
        mig_split_sqlite_begin(s);
    else
        mig_split_mysql_begin(s);
}

static void
finish_statement(Splitter *s, size_t end)
{
    size_t code = mig_scan_trim(s->text, s->code_from, end);
    if (code > s->code_from)
        s->end = code;

    if (s->engine == MIG_ENGINE_POSTGRES)
        mig_split_postgres_finish(s);
    else if (s->engine == MIG_ENGINE_SQLITE)
        mig_split_sqlite_finish(s);
    else
        mig_split_mysql_finish(s);
    if (s->stopped)
        return;

    mig_split_emit(s, s->start, s->end);
    if (s->body.from_stdin) {
        MigStatement unused = {0};
        GArray *statements = s->split != NULL ? s->split->statements : NULL;
        mig_split_postgres_data(
            s, statements != NULL ? &g_array_index(statements, MigStatement, statements->len - 1)
                                  : &unused);
    }
}

static void
split_all(Splitter *s)
{
    while (find_start(s)) {
        begin_statement(s);
        size_t end = s->body.kind == BODY_NONE ? read_plain(s) : read_words(s);
        if (!s->stopped)
            finish_statement(s, end);
    }
    g_clear_pointer(&s->blocks, g_array_unref);
}

static void
init_special(Splitter *s)
{
    uint8_t *special = s->special;

    memset(special, SPLIT_ORDINARY, sizeof(s->special));
    special[(unsigned char)s->delimiter[0]] = SPLIT_TERMINATOR;
    special['\''] = SPLIT_QUOTE;
    special['"'] = SPLIT_QUOTE;
    special['-'] = SPLIT_DASH;
    special['/'] = SPLIT_SLASH;
    if (s->engine == MIG_ENGINE_POSTGRES) {
        special['$'] = SPLIT_DOLLAR;
        special['('] = SPLIT_OPEN;
        special[')'] = SPLIT_CLOSE;
        special['\\'] = SPLIT_BACKSLASH;
        return;
    }
    special['`'] = SPLIT_QUOTE;
    if (s->engine == MIG_ENGINE_SQLITE) {
        special['['] = SPLIT_QUOTE;
        return;
    }
    special['#'] = SPLIT_HASH;
    special['*'] = SPLIT_STAR;
    special['\\'] = SPLIT_BACKSLASH;
}

void
mig_split_set_delimiter(Splitter *s, const char *delimiter, size_t length)
{
    s->delimiter = delimiter;
    s->delimiter_length = length;
    init_special(s);
}

static void
init(Splitter *s, const char *text, size_t length, MigEngine engine)
{
    *s = (Splitter){
        .text = text,
        .length = length,
        .engine = engine,
        .line = 1,
        .column = 1,
        .delimiter = ";",
        .delimiter_length = 1,
        .marker = length,
    };
    mig_lexer_init(&s->lexer, text, length, engine);
    init_special(s);
}

static void
clear_statement(gpointer data)
{
    MigStatement *statement = data;
    g_clear_pointer(&statement->directives, g_ptr_array_unref);
}

MigSplit *
mig_split(const char *text, size_t length, MigEngine engine, unsigned first_line,
          MigSplitError *out_error)
{
    g_autoptr(MigSplit) split = g_new0(MigSplit, 1);
    split->statements = g_array_new(FALSE, TRUE, sizeof(MigStatement));
    g_array_set_clear_func(split->statements, clear_statement);
    split->notes = g_array_new(FALSE, TRUE, sizeof(MigNote));

    Splitter s;
    init(&s, text, length, engine);
    s.first_line = first_line;
    s.line = first_line;
    s.split = split;
    s.error = out_error;
    split_all(&s);
    return s.failed ? NULL : g_steal_pointer(&split);
}

size_t
mig_split_section_end(const char *text, size_t length, size_t offset, MigEngine engine,
                      MigMarkerFunc is_marker, gpointer data)
{
    Splitter s;
    init(&s, text, length, engine);
    s.at = MIN(offset, length);
    s.is_marker = is_marker;
    s.marker_data = data;
    split_all(&s);
    return s.marker;
}

void
mig_split_error_clear(MigSplitError *error)
{
    g_clear_pointer(&error->message, g_free);
}

void
mig_split_free(MigSplit *split)
{
    if (split == NULL)
        return;
    g_clear_pointer(&split->statements, g_array_unref);
    g_clear_pointer(&split->notes, g_array_unref);
    g_free(split);
}
