/* SPDX-License-Identifier: MIT */
/* "-- migrate:" lines: noted for others, but for migrate:statement and migrate:end. */
#include <string.h>

#include "sql/scan.h"
#include "sql/split.h"

#define DIRECTIVE "migrate:"

/* Returns: the offset behind "migrate:" if a directive stands alone on its line, or 0 */
static size_t
find_directive(const Splitter *s, size_t begin, size_t end)
{
    size_t at = begin + 2;

    while (at < end && (s->text[at] == ' ' || s->text[at] == '\t'))
        at++;
    if (end - at < strlen(DIRECTIVE) || memcmp(s->text + at, DIRECTIVE, strlen(DIRECTIVE)) != 0)
        return 0;

    size_t line = mig_scan_line_start(s->text, begin);
    return mig_scan_trim(s->text, line, begin) == line ? at + strlen(DIRECTIVE) : 0;
}

static bool
is_word(const Splitter *s, size_t at, size_t end, const char *word)
{
    size_t length = strlen(word);
    return end - at >= length && memcmp(s->text + at, word, length) == 0 &&
           (end - at == length || mig_scan_is_space(s->text[at + length]));
}

/* Whether the line is a "-- migrate:end". */
static bool
is_block_end(const Splitter *s, size_t line, size_t end)
{
    while (line < end && mig_scan_is_space(s->text[line]))
        line++;
    if (end - line < 2 || memcmp(s->text + line, "--", 2) != 0)
        return false;
    size_t at = find_directive(s, line, end);
    return at > 0 && is_word(s, at, end, "end");
}

static void
add_note(Splitter *s, size_t at, size_t end)
{
    if (s->split == NULL)
        return;

    MigNote note = {
        .offset = at,
        .length = mig_scan_trim(s->text, at, end) - at,
        .statement = s->split->statements->len,
    };
    mig_split_locate(s, at, &note.line, &note.column);
    g_array_append_val(s->split->notes, note);
}

/* The first lines of a block may be comments and directives, as before any statement. */
static size_t
skip_block_comments(Splitter *s, size_t at, size_t end)
{
    MigLexer lexer;
    mig_lexer_init(&lexer, s->text, end, s->engine);

    for (;;) {
        while (at < end && mig_scan_is_space(s->text[at]))
            at++;
        size_t comment = at < end ? mig_lexer_comment(&lexer, at) : 0;
        if (comment == 0 || comment == MIG_SCAN_OPEN)
            return at;
        size_t directive = s->text[at] == '-' ? find_directive(s, at, comment) : 0;
        if (directive > 0 && is_word(s, directive, comment, "statement")) {
            mig_split_fail(s, at,
                           "a second -- migrate:statement before the -- migrate:end of "
                           "the first one");
            return end;
        }
        if (directive > 0)
            add_note(s, directive, comment);
        at = comment;
    }
}

/* "-- migrate:statement": the lines up to "-- migrate:end" are one statement as they are. */
static void
read_block(Splitter *s, size_t begin)
{
    size_t from = MIN(mig_scan_line(s->text, s->length, begin) + 1, s->length);
    size_t line = from;
    size_t end = 0;

    for (;; line = end + 1) {
        if (line >= s->length) {
            mig_split_fail(s, begin,
                           "the -- migrate:statement that begins here has no "
                           "-- migrate:end; write one on a line of its own");
            return;
        }
        end = mig_scan_line(s->text, s->length, line);
        if (is_block_end(s, line, end))
            break;
    }

    size_t start = skip_block_comments(s, from, line);
    if (s->stopped)
        return;
    size_t last = mig_scan_trim(s->text, start, line);
    if (last - start >= s->delimiter_length &&
        memcmp(s->text + last - s->delimiter_length, s->delimiter, s->delimiter_length) == 0)
        last = mig_scan_trim(s->text, start, last - s->delimiter_length);
    if (last > start)
        mig_split_emit(s, start, last);
    s->at = end;
}

void
mig_split_directive(Splitter *s, size_t begin, size_t end)
{
    size_t directive = find_directive(s, begin, end);
    if (directive == 0)
        return;
    if (s->in_statement) {
        unsigned line = 0;
        unsigned column = 0;
        mig_split_locate(s, s->start, &line, &column);
        mig_split_fail(s, begin,
                       "a directive inside the statement that begins in line %u: write it before "
                       "the statement, or end that one with %.*s",
                       line, (int)MIN(s->delimiter_length, 64), s->delimiter);
    } else if (is_word(s, directive, end, "statement")) {
        read_block(s, begin);
    } else if (is_word(s, directive, end, "end")) {
        mig_split_fail(s, begin, "-- migrate:end without a -- migrate:statement before it");
    } else {
        add_note(s, directive, end);
    }
}
