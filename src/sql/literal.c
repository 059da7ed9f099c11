/* SPDX-License-Identifier: MIT */
/* The value of a string literal. */
#include "sql/literal.h"

#include <string.h>

bool
mig_literal_is_bytes(const char *text, size_t length)
{
    return length > 1 && text[1] == '\'' && strchr("xXbB", text[0]) != NULL;
}

/* MySQL 8.4, "String Literals", Special Character Escape Sequences. \% and \_ stay as they are. */
static size_t
put_escaped(char *out, char c)
{
    switch (c) {
    case 'b':
        out[0] = '\b';
        return 1;
    case 'n':
        out[0] = '\n';
        return 1;
    case 'r':
        out[0] = '\r';
        return 1;
    case 't':
        out[0] = '\t';
        return 1;
    case 'Z':
        out[0] = '\x1a';
        return 1;
    case '0': /* a NUL, which would end the value here */
    case '%':
    case '_':
        out[0] = '\\';
        out[1] = c;
        return 2;
    default:
        out[0] = c;
        return 1;
    }
}

const char *
mig_literal_value(MigArena *arena, const char *text, size_t length, MigEngine engine)
{
    size_t at = 0;
    bool escapes = (engine & MIG_ENGINE_MYSQL_FAMILY) != 0;

    if (mig_literal_is_bytes(text, length))
        return mig_arena_strndup(arena, text, length);
    while (at < length && text[at] != '\'' && text[at] != '"')
        at++;
    if (length - at < 2)
        return mig_arena_strndup(arena, text, length);

    char quote = text[at];
    size_t end = length - 1;
    char *value = mig_arena_alloc(arena, length - at);
    size_t n = 0;

    for (at++; at < end; at++) {
        if (escapes && text[at] == '\\' && at + 1 < end) {
            n += put_escaped(value + n, text[++at]);
            continue;
        }
        if (text[at] == quote && at + 1 < end && text[at + 1] == quote)
            at++;
        value[n++] = text[at];
    }
    value[n] = '\0';
    return value;
}
