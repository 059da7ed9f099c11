/* SPDX-License-Identifier: MIT */
/* Places in a text, and how they are shown on a terminal. */
#include "base/text.h"

#include <string.h>

static const struct {
    const char *text;
    size_t offset;
    unsigned line;
    unsigned column;
} places[] = {
    {"", 0, 1, 1},        {"abc", 2, 1, 3},   {"abc", 3, 1, 4},
    {"a\nbc", 1, 1, 2},   {"a\nbc", 2, 2, 1}, {"a\n\n\nbc", 5, 4, 2},
    {"a\r\nbc", 4, 2, 2}, {"ä😀x", 6, 1, 3},   {"表x", 3, 1, 2},
};

/* The marked range is what stands between "<" and ">" in `text`. */
static const struct {
    const char *text;
    unsigned line;
    unsigned width;
    const char *shown;
} excerpts[] = {
    {"SELECT <nope> FROM a;", 7, 80,
     "    7 | SELECT nope FROM a;\n"
     "      |        ^^^^\n"},
    {"one\nSELECT <nope>\nthree", 2, 80,
     "    2 | SELECT nope\n"
     "      |        ^^^^\n"},
    {"<>", 1, 80, "    1 | \n      | ^\n"},
    {"SELECT<>", 1, 80, "    1 | SELECT\n      |       ^\n"},
    {"SELECT\n<>", 2, 80, "    2 | \n      | ^\n"},
    {"a <b\nc> d", 1, 80, "    1 | a b\n      |   ^\n"},
    {"a <b\r\nc> d", 1, 80, "    1 | a b\n      |   ^\n"},
    {"\t\tSELECT\t<nope>", 1, 80,
     "    1 |   SELECT nope\n"
     "      |          ^^^^\n"},
    {"SELECT '表格', <x>", 1, 80,
     "    1 | SELECT '表格', x\n"
     "      |                ^\n"},
    {"SELECT <表格>", 1, 80,
     "    1 | SELECT 表格\n"
     "      |        ^^^^\n"},
    {"SELECT e\xcc\x81 <x>", 1, 80,
     "    1 | SELECT e\xcc\x81 x\n"
     "      |          ^\n"},
    {"a \x1b[31m <b>", 1, 80,
     "    1 | a  [31m b\n"
     "      |         ^\n"},
    {"<a>", 123456, 80, "123456 | a\n      | ^\n"},
};

static const struct {
    const char *text;
    unsigned width;
    const char *line;
} lines[] = {
    {"SELECT 1", 20, "SELECT 1"},
    {"  SELECT\n\t 1  ", 20, "SELECT 1"},
    {"SELECT a, b, c FROM t", 20, "SELECT a, b, c FR..."},
    {"SELECT a, b, c FROM", 20, "SELECT a, b, c FROM"},
    {"表格表格表格", 10, "表格表..."},
    {"表格表格", 8, "表格表格"},
    {"a\x1b[31mb", 20, "a [31mb"},
    {"", 20, ""},
    {"\n\n", 20, ""},
    {"a\xff"
     "b",
     20,
     "a\xef\xbf\xbd"
     "b"},
};

static const struct {
    const char *word;
    const char *meant;
} suggestions[] = {
    {"staus", "status"}, {"stauts", "status"}, {"verifi", "verify"}, {"bas", "baseline"},
    {"u", "up"},         {"pu", "up"},         {"xyzzy", NULL},      {"", NULL},
    {"d", NULL},         {"dwon", "down"},     {"STATUS", NULL},
};

static const struct {
    const char *text;
    unsigned width;
    const char *wrapped;
} wrappings[] = {
    {"one two three", 20, "one two three"},
    {"one two three", 8, "one two\n  three"},
    {"one\ntwo", 20, "one\n  two"},
    {"one\n\ntwo", 20, "one\n\n  two"},
    {"averyveryverylongword x", 8, "averyveryverylongword\n  x"},
    {"", 8, ""},
    {"表格 表格", 6, "表格\n  表格"},
};

static void
test_places(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        unsigned line = 1;
        unsigned column = 0;
        mig_text_locate(places[i].text, places[i].offset, &line, &column);
        g_assert_cmpuint(line, ==, places[i].line);
        g_assert_cmpuint(column, ==, places[i].column);
    }
}

/* Takes "<" and ">" out. */
static char *
take_range(const char *text, size_t *out_offset, size_t *out_length)
{
    const char *open = strchr(text, '<');
    const char *close = strchr(open, '>');

    *out_offset = (size_t)(open - text);
    *out_length = (size_t)(close - open - 1);
    return g_strdup_printf("%.*s%.*s%s", (int)*out_offset, text, (int)*out_length, open + 1,
                           close + 1);
}

static void
test_excerpts(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(excerpts); i++) {
        size_t offset = 0;
        size_t length = 0;
        g_autofree char *text = take_range(excerpts[i].text, &offset, &length);
        g_autofree char *shown =
            mig_text_excerpt(text, offset, length, excerpts[i].line, excerpts[i].width);
        g_assert_cmpstr(shown, ==, excerpts[i].shown);
    }
}

/* Wherever a range is in a long line, it is seen, its marks are under it, and nothing is wider. */
static void
test_long_lines(void)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < 300; i++)
        g_string_append(text, i % 7 == 0 ? "表" : i % 5 == 0 ? "ä" : "x");
    for (size_t offset = 0; offset < text->len; offset++) {
        /* Only where a character begins. */
        if (((unsigned char)text->str[offset] & 0xc0) == 0x80)
            continue;
        for (size_t length = 1; length < 200; length += 66) {
            g_autofree char *shown = mig_text_excerpt(text->str, offset, length, 1, 80);
            g_auto(GStrv) rows = g_strsplit(shown, "\n", -1);
            g_assert_cmpuint(g_strv_length(rows), ==, 3);
            g_assert_cmpuint(mig_text_width(rows[0]), <=, 80);
            g_assert_cmpuint(mig_text_width(rows[1]), <=, 80);
            g_assert_nonnull(strchr(rows[1], '^'));
            size_t column = (size_t)(strchr(rows[1], '^') - rows[1]);
            g_assert_cmpuint(column, <, mig_text_width(rows[0]));
        }
    }
}

static void
test_lines(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autofree char *line =
            mig_text_one_line(lines[i].text, strlen(lines[i].text), lines[i].width);
        g_assert_cmpstr(line, ==, lines[i].line);
    }
}

static void
test_large_line(void)
{
    g_autofree char *large = g_malloc(10000001);

    memset(large, 'x', 10000000);
    large[10000000] = '\0';
    g_autofree char *line = mig_text_one_line(large, 10000000, 40);
    g_assert_cmpuint(strlen(line), ==, 40);
    memset(large, ' ', 10000000);
    large[9999999] = 'y';
    g_autofree char *blank = mig_text_one_line(large, 10000000, 40);
    g_assert_cmpstr(blank, ==, "...");
}

static void
test_suggestions(void)
{
    static const char *const words[] = {"up", "down", "status", "verify", "baseline", NULL};

    for (size_t i = 0; i < G_N_ELEMENTS(suggestions); i++)
        g_assert_cmpstr(mig_text_suggest(suggestions[i].word, words), ==, suggestions[i].meant);
}

static void
test_wrapping(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(wrappings); i++) {
        g_autofree char *wrapped = mig_text_wrap(wrappings[i].text, wrappings[i].width, "  ");
        g_assert_cmpstr(wrapped, ==, wrappings[i].wrapped);
    }
}

static void
test_padding(void)
{
    g_autoptr(GString) out = g_string_new(NULL);

    mig_text_pad(out, "表", 5);
    g_string_append_c(out, '|');
    mig_text_pad(out, "toolong", 3);
    g_string_append_c(out, '|');
    mig_text_pad(out, "e\xcc\x81", 3);
    g_assert_cmpstr(out->str, ==, "表   |toolong|e\xcc\x81  ");
    g_assert_cmpuint(mig_text_width("😀ab"), ==, 4);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/text/places", test_places);
    g_test_add_func("/base/text/excerpts", test_excerpts);
    g_test_add_func("/base/text/excerpts-of-long-lines", test_long_lines);
    g_test_add_func("/base/text/on-one-line", test_lines);
    g_test_add_func("/base/text/a-large-one-on-one-line", test_large_line);
    g_test_add_func("/base/text/suggestions", test_suggestions);
    g_test_add_func("/base/text/wrapping", test_wrapping);
    g_test_add_func("/base/text/padding", test_padding);
    return g_test_run();
}
