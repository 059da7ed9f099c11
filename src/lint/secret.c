/* SPDX-License-Identifier: MIT */
/* What an excerpt of the source must not show. */
#include "lint/secret.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define STARS "***"

/* @text is ASCII, in lower case. */
static char *
find_word(char *line, const char *text)
{
    size_t length = strlen(text);

    for (char *at = line; *at != '\0'; at++) {
        if (g_ascii_strncasecmp(at, text, length) == 0)
            return at;
    }
    return NULL;
}

static bool
is_quote(char c)
{
    return c == '\'' || c == '"' || c == '$';
}

/* Where what is secret begins behind @at, a word: behind the quote that opens it, or behind the "="
 * of a connection string. */
static char *
begin_of(char *at)
{
    while (*at != '\0' && !is_quote(*at) && *at != '=')
        at++;
    while (is_quote(*at) || *at == '=' || *at == ' ')
        at++;
    return at;
}

/* The last quote of the line, which closes whatever was opened; without one, its end. */
static char *
end_of(char *begin)
{
    char *end = begin + strlen(begin);

    for (char *at = end; at-- > begin;) {
        if (is_quote(*at))
            return at;
    }
    return end;
}

static char *
replace(char *line, size_t from, size_t to, size_t *offset, size_t *length)
{
    size_t part_end = *offset + *length;
    char *masked = g_strdup_printf("%.*s" STARS "%s", (int)from, line, line + to);
    size_t moved = to - from;

    if (part_end >= to)
        part_end = part_end - moved + strlen(STARS);
    else if (part_end > from)
        part_end = from + strlen(STARS);
    if (*offset >= to)
        *offset = *offset - moved + strlen(STARS);
    else if (*offset > from)
        *offset = from;
    *length = part_end - *offset;
    g_free(line);
    return masked;
}

/* scheme://user:password@host */
static char *
mask_urls(char *line, size_t *offset, size_t *length)
{
    for (size_t from = 0;;) {
        char *scheme = strstr(line + from, "://");
        if (scheme == NULL)
            return line;

        char *begin = scheme + strlen("://");
        size_t host = strcspn(begin, " '\"$");
        char *at = g_strrstr_len(begin, (gssize)host, "@");
        char *colon = at != NULL ? memchr(begin, ':', (size_t)(at - begin)) : NULL;
        from = (size_t)(begin - line);
        if (colon != NULL)
            line = replace(line, (size_t)(colon + 1 - line), (size_t)(at - line), offset, length);
    }
}

static bool
ends_with_word(const char *text, size_t length, const char *word)
{
    size_t n = strlen(word);

    return length >= n && g_ascii_strncasecmp(text + length - n, word, n) == 0 &&
           (length == n || !g_ascii_isalnum(text[length - n - 1]));
}

/* Whether the lines before end with a word that a password follows. */
static bool
is_awaited(const char *before, size_t length)
{
    while (length > 0 && (g_ascii_isspace(before[length - 1]) || before[length - 1] == '='))
        length--;
    return ends_with_word(before, length, "by") || ends_with_word(before, length, "password") ||
           ends_with_word(before, length, "connection");
}

/* Where on the line a word stands that a password follows; NULL: nowhere */
static char *
find_begin(char *line, const char *before, size_t n_before)
{
    static const char *const words[] = {"password", "passwd", "identified"};
    char *first = NULL;

    if (is_awaited(before, n_before))
        return line;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        char *at = find_word(line, words[i]);
        if (at != NULL && (first == NULL || at < first))
            first = at;
    }
    return first;
}

char *
mig_lint_mask(char *line, const char *before, size_t n_before, size_t *offset, size_t *length)
{
    line = mask_urls(line, offset, length);

    char *first = find_begin(line, before, n_before);
    if (first == NULL)
        return line;

    char *begin = begin_of(first);
    char *end = end_of(begin);
    /* Nothing is in quotes: a column may be called so. */
    if (begin >= end)
        return line;
    return replace(line, (size_t)(begin - line), (size_t)(end - line), offset, length);
}
