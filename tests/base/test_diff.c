/* SPDX-License-Identifier: MIT */
/* Differences of two texts, and that one can be made of the other by them. */
#include "base/diff.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *before;
    const char *after;
    const char *diff; /* without the two lines of names */
} cases[] = {
    {"", "", ""},
    {"a\n", "a\n", ""},
    {"a\n", "a", ""},
    {"a\r\nb\r\n", "a\nb\n", ""},
    {"", "a\n", "@@ -0,0 +1,1 @@\n+a\n"},
    {"a\n", "", "@@ -1,1 +0,0 @@\n-a\n"},
    {"a\n", "b\n", "@@ -1,1 +1,1 @@\n-a\n+b\n"},
    {"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n",
     "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"},
    {"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "x\n2\n3\n4\n5\n6\n7\n8\ny\n",
     "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n"},
    {"1\n2\n3\n4\n5\n6\n7\n", "x\n2\n3\n4\n5\n6\ny\n",
     "@@ -1,7 +1,7 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n-7\n+y\n"},
    {"a\nb\n", "a\n\nb\n", "@@ -1,2 +1,3 @@\n a\n+\n b\n"},
};

static void
test_cases(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *diff = mig_diff_unified("old", cases[i].before, "new", cases[i].after);
        g_autofree char *wanted = *cases[i].diff != '\0'
                                      ? g_strconcat("--- old\n+++ new\n", cases[i].diff, NULL)
                                      : g_strdup("");
        g_assert_cmpstr(diff, ==, wanted);
    }
}

/* What `patch` would make of it. */
static char *
apply_diff(const char *before, const char *diff)
{
    g_auto(GStrv) lines = g_strsplit(before, "\n", -1);
    g_auto(GStrv) edits = g_strsplit(diff, "\n", -1);
    GString *out = g_string_new(NULL);
    size_t at = 0;

    for (size_t i = *diff != '\0' ? 2 : 0; edits[i] != NULL && *edits[i] != '\0'; i++) {
        if (g_str_has_prefix(edits[i], "@@ -")) {
            char *rest = NULL;
            size_t first = strtoul(edits[i] + 4, &rest, 10);
            size_t count = strtoul(rest + 1, NULL, 10);
            size_t start = count > 0 ? first - 1 : first;
            while (at < start)
                g_string_append_printf(out, "%s\n", lines[at++]);
            continue;
        }
        if (edits[i][0] != '+')
            g_assert_cmpstr(edits[i] + 1, ==, lines[at++]);
        if (edits[i][0] != '-')
            g_string_append_printf(out, "%s\n", edits[i] + 1);
    }
    while (lines[at] != NULL && (*lines[at] != '\0' || lines[at + 1] != NULL))
        g_string_append_printf(out, "%s\n", lines[at++]);
    return g_string_free(out, FALSE);
}

static char *
random_text(unsigned words)
{
    GString *text = g_string_new(NULL);
    int n = g_test_rand_int_range(0, 40);

    for (int i = 0; i < n; i++)
        g_string_append_printf(text, "line %d\n", g_test_rand_int_range(0, (int)words));
    return g_string_free(text, FALSE);
}

static void
test_random(void)
{
    for (unsigned i = 0; i < 2000; i++) {
        g_autofree char *before = random_text(3 + i % 30);
        g_autofree char *after = random_text(3 + i % 30);
        g_autofree char *diff = mig_diff_unified("old", before, "new", after);
        g_autofree char *made = apply_diff(before, diff);
        g_assert_cmpstr(made, ==, after);
    }
}

/* Two large texts without anything in common: the time is bounded. */
static void
test_large(void)
{
    g_autoptr(GString) before = g_string_new("same\n");
    g_autoptr(GString) after = g_string_new("same\n");

    for (int i = 0; i < 20000; i++) {
        g_string_append_printf(before, "old %d\n", i);
        g_string_append_printf(after, "new %d\n", i);
    }
    g_string_append(before, "end\n");
    g_string_append(after, "end\n");
    g_autofree char *diff = mig_diff_unified("old", before->str, "new", after->str);
    g_autofree char *made = apply_diff(before->str, diff);
    g_assert_cmpstr(made, ==, after->str);
    g_assert_nonnull(strstr(diff, "@@ -1,20002 +1,20002 @@\n same\n-old 0\n"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/diff/cases", test_cases);
    g_test_add_func("/base/diff/one-can-be-made-of-the-other", test_random);
    g_test_add_func("/base/diff/large", test_large);
    return g_test_run();
}
