/* SPDX-License-Identifier: MIT */
/* What the splitter hands out: statements and errors, each with its line and column. */
#include <stdarg.h>
#include <string.h>

#include "sql/scan.h"
#include "sql/split.h"

/* Line and column of an offset, counted on from the last one that was asked for. */
void
mig_split_locate(Splitter *s, size_t offset, unsigned *out_line, unsigned *out_column)
{
    if (offset < s->located) {
        s->located = 0;
        s->line = s->first_line;
        s->column = 1;
    }
    for (;;) {
        size_t newline = mig_scan_line(s->text, offset, s->located);
        if (newline == offset)
            break;
        s->line++;
        s->column = 1;
        s->located = newline + 1;
    }
    for (; s->located < offset; s->located++)
        s->column += ((unsigned char)s->text[s->located] & 0xc0) != 0x80;
    *out_line = s->line;
    *out_column = s->column;
}

void
mig_split_fail(Splitter *s, size_t offset, const char *format, ...)
{
    if (s->error != NULL && !s->failed) {
        va_list args;
        va_start(args, format);
        s->error->message = g_strdup_vprintf(format, args);
        va_end(args);
        s->error->offset = offset;
        mig_split_locate(s, offset, &s->error->line, &s->error->column);
    }
    s->failed = true;
    s->stopped = true;
}

/* What a literal or comment is that is never closed, for someone who has to find the place. */
void
mig_split_fail_open(Splitter *s, size_t at)
{
    const char *text = s->text + at;
    size_t rest = s->length - at;

    if (rest >= 2 && memcmp(text, "/*", 2) == 0) {
        mig_split_fail(s, at, "the comment that begins here is never closed: its */ is missing");
        return;
    }
    if (text[0] == '$') {
        size_t tag_length = mig_scan_dollar_tag(s->text, s->length, at);
        mig_split_fail(s, at,
                       "the string that begins here is never closed: a second %.*s is missing",
                       (int)MIN(tag_length, 64), text);
        return;
    }

    /* A literal's prefix, such as E or U&, stands before its quote. */
    const char *quote = text;
    while (quote < text + rest - 1 && strchr("'\"`[", *quote) == NULL)
        quote++;
    bool string = *quote == '\'' || (*quote == '"' && (s->engine & MIG_ENGINE_MYSQL_FAMILY) != 0);
    mig_split_fail(s, at, "the %s that begins here is never closed: its %c is missing",
                   string ? "string" : "quoted name", *quote == '[' ? ']' : *quote);
}

void
mig_split_emit(Splitter *s, size_t start, size_t end)
{
    if (s->split == NULL)
        return;

    MigStatement statement = {
        .offset = start,
        .length = end - start,
        .lock_timeout_ms = -1,
        .statement_timeout_ms = -1,
    };
    mig_split_locate(s, start, &statement.line, &statement.column);
    g_array_append_val(s->split->statements, statement);
}

bool
mig_split_blank_line(const Splitter *s, size_t at)
{
    size_t end = mig_scan_line(s->text, s->length, at);
    return mig_scan_trim(s->text, at, end) == at;
}
