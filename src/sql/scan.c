/* SPDX-License-Identifier: MIT */
/* Where a literal or a comment ends: what the lexer and the splitter share. */
#include "sql/scan.h"

#include <glib.h>
#include <string.h>

#define SHORT_BYTES 24

const uint8_t mig_scan_bytes[256] = {
    ['\t' ... '\r'] = MIG_BYTE_SPACE, [' '] = MIG_BYTE_SPACE,  ['A' ... 'Z'] = MIG_BYTE_LETTER,
    ['a' ... 'z'] = MIG_BYTE_LETTER,  ['_'] = MIG_BYTE_LETTER, [0x80 ... 0xff] = MIG_BYTE_LETTER,
    ['0' ... '9'] = MIG_BYTE_DIGIT,   ['$'] = MIG_BYTE_DOLLAR,
};

/* memchr() over offsets. */
static size_t
find(const char *text, size_t from, size_t to, char c)
{
    const char *found = from < to ? memchr(text + from, c, to - from) : NULL;
    return found != NULL ? (size_t)(found - text) : MIG_SCAN_OPEN;
}

size_t
mig_scan_word(const char *text, size_t length, size_t at)
{
    while (at < length && mig_scan_in_word(text[at]))
        at++;
    return at;
}

size_t
mig_scan_line(const char *text, size_t length, size_t at)
{
    size_t end = find(text, at, length, '\n');
    return end != MIG_SCAN_OPEN ? end : length;
}

size_t
mig_scan_line_start(const char *text, size_t at)
{
    const char *newline = at > 0 ? memrchr(text, '\n', at) : NULL;
    return newline != NULL ? (size_t)(newline - text) + 1 : 0;
}

size_t
mig_scan_trim(const char *text, size_t from, size_t to)
{
    while (to > from && mig_scan_is_space(text[to - 1]))
        to--;
    return to;
}

static size_t
scan_escaped(const char *text, size_t length, size_t at, char quote)
{
    at++;
    for (;;) {
        size_t end = find(text, at, length, quote);
        if (end == MIG_SCAN_OPEN)
            return MIG_SCAN_OPEN;

        /* The quote's place is kept while backslashes before it are passed, for else a long literal
         * that is full of them would be searched from each of them to its end. */
        size_t escape = find(text, at, end, '\\');
        while (escape != MIG_SCAN_OPEN) {
            at = escape + 2;
            escape = find(text, at, end, '\\');
        }
        if (at > end)
            continue;
        if (end + 1 >= length || text[end + 1] != quote)
            return end + 1;
        at = end + 2;
    }
}

/* Most literals are shorter than what a call of memchr() costs. Returns: the offset behind the
 * closing quote, or 0 if the literal is longer or has anything but ordinary bytes in it */
static size_t
scan_short(const char *text, size_t length, size_t at, char quote, bool escapes)
{
    size_t end = MIN(length, at + SHORT_BYTES);

    for (at++; at < end; at++) {
        if (text[at] == '\\' && escapes)
            return 0;
        if (text[at] == quote)
            return at + 1 < length && text[at + 1] != quote ? at + 1 : 0;
    }
    return 0;
}

size_t
mig_scan_quoted(const char *text, size_t length, size_t at, char quote, bool escapes)
{
    size_t end = scan_short(text, length, at, quote, escapes);
    if (end > 0)
        return end;
    if (escapes)
        return scan_escaped(text, length, at, quote);

    for (at++;; at += 2) {
        at = find(text, at, length, quote);
        if (at == MIG_SCAN_OPEN)
            return MIG_SCAN_OPEN;
        if (at + 1 >= length || text[at + 1] != quote || quote == ']')
            return at + 1;
    }
}

size_t
mig_scan_comment(const char *text, size_t length, size_t at, bool nested)
{
    size_t depth = 1;
    size_t from = at + 2;

    /* Both marks have a star. One that has just closed or opened a comment isn't looked at twice. */
    while ((at = find(text, from, length, '*')) != MIG_SCAN_OPEN) {
        if (nested && at > from && text[at - 1] == '/') {
            depth++;
            from = at + 1;
        } else if (at + 1 < length && text[at + 1] == '/') {
            from = at + 2;
            if (--depth == 0)
                return from;
        } else {
            /* The star is behind us; a slash before the next one is not. */
            from = at + 1;
        }
    }
    return MIG_SCAN_OPEN;
}

size_t
mig_scan_dollar_tag(const char *text, size_t length, size_t at)
{
    size_t end = at + 1;

    if (end < length && mig_scan_byte(text[end]) == MIG_BYTE_DIGIT)
        return 0;
    while (end < length && (mig_scan_byte(text[end]) == MIG_BYTE_LETTER ||
                            mig_scan_byte(text[end]) == MIG_BYTE_DIGIT))
        end++;
    return end < length && text[end] == '$' ? end + 1 - at : 0;
}

size_t
mig_scan_dollar(const char *text, size_t length, size_t at, size_t tag_length)
{
    size_t body = at + tag_length;
    const char *end = memmem(text + body, length - body, text + at, tag_length);

    return end != NULL ? (size_t)(end - text) + tag_length : MIG_SCAN_OPEN;
}

bool
mig_scan_continues(const char *text, size_t from, size_t to)
{
    bool newline = false;

    while (from < to) {
        if (text[from] == '\n' || text[from] == '\r') {
            newline = true;
            from++;
        } else if (mig_scan_is_space(text[from])) {
            from++;
        } else if (text[from] == '-' && from + 1 < to && text[from + 1] == '-') {
            while (from < to && text[from] != '\n' && text[from] != '\r')
                from++;
        } else {
            return false;
        }
    }
    return newline;
}
