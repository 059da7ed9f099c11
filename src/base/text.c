/* SPDX-License-Identifier: MIT */
/* Offset to line and column, excerpts with an underline, suggestions for misspelt words. */
#include "base/text.h"

#include <string.h>

void
mig_text_locate(const char *text, size_t offset, unsigned *out_line, unsigned *out_column)
{
    const char *line = text;
    const char *end = text + offset;

    for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at))) != NULL;) {
        at++;
        line = at;
        (*out_line)++;
    }

    unsigned column = 1;
    for (const char *at = line; at < end; at++) {
        /* Only the first byte of a character counts. */
        if (((unsigned char)*at & 0xc0) != 0x80)
            column++;
    }
    *out_column = column;
}

static bool
is_zero_width(gunichar c)
{
    return g_unichar_iszerowidth(c) || g_unichar_iscntrl(c);
}

unsigned
mig_text_width(const char *text)
{
    unsigned width = 0;

    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (!is_zero_width(c))
            width += g_unichar_iswide(c) ? 2 : 1;
    }
    return width;
}

void
mig_text_pad(GString *out, const char *text, unsigned width)
{
    g_string_append(out, text);
    for (unsigned used = mig_text_width(text); used < width; used++)
        g_string_append_c(out, ' ');
}

/* Manual: Unicode Standard Annex #9, Directional Formatting Characters. */
bool
mig_text_turns(gunichar c)
{
    return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

/* Tabs and other control characters would move the marks away from what they point at. */
char *
mig_text_printable(const char *text, size_t length)
{
    g_autofree char *valid = g_utf8_make_valid(text, (gssize)length);
    GString *out = g_string_sized_new(length);

    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (g_unichar_iscntrl(c))
            g_string_append_c(out, ' ');
        else
            g_string_append_unichar(out, mig_text_turns(c) ? 0xfffd : c);
    }
    return g_string_free(out, FALSE);
}

char *
mig_text_excerpt(const char *text, size_t offset, size_t length, unsigned line, unsigned width)
{
    size_t start = offset;
    while (start > 0 && text[start - 1] != '\n')
        start--;
    size_t end = offset + strcspn(text + offset, "\r\n");
    size_t last = MIN(offset + MAX(length, 1), MAX(end, offset + 1));

    g_autofree char *before = mig_text_printable(text + start, offset - start);
    g_autofree char *marked = mig_text_printable(text + offset, MIN(last, end) - offset);
    g_autofree char *after =
        end > last ? mig_text_printable(text + last, end - last) : g_strdup("");
    g_autofree char *gutter = g_strdup_printf("%5u | ", line);
    unsigned room = width > 30 ? width - (unsigned)strlen(gutter) : 30;

    /* What does not fit is cut off before the range, then behind it, so that the range is seen. */
    const char *shown_before = before;
    unsigned marked_width = MIN(mig_text_width(marked), room / 2);
    bool cut = false;
    while (mig_text_width(shown_before) + marked_width > room * 3 / 4 && *shown_before != '\0') {
        shown_before = g_utf8_next_char(shown_before);
        cut = true;
    }

    g_autoptr(GString) source = g_string_new(cut ? "..." : "");
    g_string_append(source, shown_before);
    unsigned column = mig_text_width(source->str);
    g_string_append(source, marked);
    g_string_append(source, after);

    g_autoptr(GString) out = g_string_new(gutter);
    unsigned used = 0;
    for (const char *at = source->str; *at != '\0'; at = g_utf8_next_char(at)) {
        unsigned step = g_unichar_iswide(g_utf8_get_char(at)) ? 2 : 1;
        if (used + step > room - 3 && used + mig_text_width(at) > room) {
            g_string_append(out, "...");
            break;
        }
        g_string_append_unichar(out, g_utf8_get_char(at));
        used += step;
    }
    g_string_append_c(out, '\n');
    g_string_append(out, "      | ");
    for (unsigned i = 0; i < column; i++)
        g_string_append_c(out, ' ');
    unsigned marks = CLAMP(mig_text_width(marked), 1, room > column ? room - column : 1);
    for (unsigned i = 0; i < marks; i++)
        g_string_append_c(out, '^');
    g_string_append_c(out, '\n');
    return g_string_free(g_steal_pointer(&out), FALSE);
}

char *
mig_text_one_line(const char *text, size_t length, unsigned width)
{
    /* Ten bytes for each column are plenty, and a 10 MB INSERT isn't copied for a title. */
    size_t looked_at = MIN(length, (size_t)width * 10 + 16);
    g_autofree char *valid = mig_text_printable(text, looked_at);
    GString *out = g_string_new(NULL);
    unsigned used = 0;
    bool space = false;

    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (g_unichar_isspace(c)) {
            space = out->len > 0;
            continue;
        }
        unsigned step = (space ? 1 : 0) + (g_unichar_iswide(c) ? 2 : 1);
        if (used + step > width - 3 && used + (space ? 1 : 0) + mig_text_width(at) > width) {
            g_string_append(out, "...");
            return g_string_free(out, FALSE);
        }
        if (space)
            g_string_append_c(out, ' ');
        space = false;
        g_string_append_unichar(out, c);
        used += step;
    }
    if (looked_at < length)
        g_string_append(out, "...");
    return g_string_free(out, FALSE);
}

/* Damerau-Levenshtein (optimal string alignment) on ASCII words. */
static unsigned
distance(const char *a, const char *b)
{
    size_t n = strlen(a);
    size_t m = strlen(b);
    g_autofree unsigned *rows = g_new(unsigned, 3 * (m + 1));
    unsigned *before = rows;
    unsigned *last = rows + (m + 1);
    unsigned *now = rows + 2 * (m + 1);

    for (size_t j = 0; j <= m; j++)
        last[j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned cost = a[i - 1] == b[j - 1] ? 0 : 1;
            now[j] = MIN(MIN(last[j] + 1, now[j - 1] + 1), last[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = MIN(now[j], before[j - 2] + 1);
        }
        unsigned *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[m];
}

const char *
mig_text_suggest(const char *word, const char *const *words)
{
    const char *best = NULL;
    unsigned best_distance = MAX(1, (unsigned)strlen(word) / 3) + 1;

    for (; *words != NULL; words++) {
        unsigned d = distance(word, *words);
        if (strlen(word) >= 3 && g_str_has_prefix(*words, word))
            d = 1;
        if (d < best_distance) {
            best = *words;
            best_distance = d;
        }
    }
    return best;
}

char *
mig_text_wrap(const char *text, unsigned width, const char *indent)
{
    GString *out = g_string_new(NULL);
    unsigned used = 0;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (size_t i = 0; lines[i] != NULL; i++) {
        if (i > 0) {
            g_string_append_c(out, '\n');
            g_string_append(out, *lines[i] != '\0' ? indent : "");
            used = mig_text_width(indent);
        }
        g_auto(GStrv) words = g_strsplit(lines[i], " ", -1);
        for (size_t j = 0; words[j] != NULL; j++) {
            unsigned wide = mig_text_width(words[j]);
            if (j > 0 && used + 1 + wide > width) {
                g_string_append_c(out, '\n');
                g_string_append(out, indent);
                used = mig_text_width(indent);
            } else if (j > 0) {
                g_string_append_c(out, ' ');
                used++;
            }
            g_string_append(out, words[j]);
            used += wide;
        }
    }
    return g_string_free(out, FALSE);
}
