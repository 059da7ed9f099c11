/* SPDX-License-Identifier: MIT */
/* The edits of findings in a file's text, and findings that are known from a baseline. */
#include "lint/baseline.h"
#include "lint/fix.h"

/* One finding's edit, and what becomes of a text. */
typedef struct {
    unsigned line, column, end_line, end_column;
    const char *fix;
} Edit;

static const struct {
    const char *name;
    const char *before;
    const char *after;
    size_t edits;
    size_t left;
    Edit findings[3];
} texts[] = {
    {"inserts", "ab\ncd\n", "ab\ncXd\n", 1, 0, {{2, 2, 2, 2, "X"}}},
    {"replaces", "ab\ncd\n", "ab\nX\n", 1, 0, {{2, 1, 2, 3, "X"}}},
    {"removes over lines", "ab\ncd\n", "ad\n", 1, 0, {{1, 2, 2, 2, ""}}},
    {"counts characters",
     "\xc3\xa4\xf0\x9f\x98\x80x\n",
     "\xc3\xa4\xf0\x9f\x98\x80Yx\n",
     1,
     0,
     {{1, 3, 1, 3, "Y"}}},
    {"at the end without a line end", "ab", "abX", 1, 0, {{1, 3, 1, 3, "X"}}},
    {"several, in any order", "abc\n", "XabYc\n", 2, 0, {{1, 3, 1, 3, "Y"}, {1, 1, 1, 1, "X"}}},
    {"side by side", "abcd", "XYd", 2, 0, {{1, 1, 1, 3, "X"}, {1, 3, 1, 4, "Y"}}},
    {"overlapping: one for now", "abcd", "Xd", 1, 1, {{1, 1, 1, 4, "X"}, {1, 2, 1, 3, "Y"}}},
    {"two insertions at one place", "ab", "aXb", 1, 1, {{1, 2, 1, 2, "X"}, {1, 2, 1, 2, "Y"}}},
    {"the same twice", "ab", "aXb", 1, 0, {{1, 2, 1, 2, "X"}, {1, 2, 1, 2, "X"}}},
    {"behind a byte order mark",
     "\xef\xbb\xbf"
     "ab",
     "\xef\xbb\xbfXab",
     1,
     0,
     {{1, 1, 1, 1, "X"}}},
    {"with the file's line ends", "a;\r\nb;\r\n", "a;\r\nb\r\nc;\r\n", 1, 0, {{2, 2, 2, 2, "\nc"}}},
    {"keeps comments comments",
     "x\n  -- a;\n",
     "x\n  -- a\n  -- b;\n",
     1,
     0,
     {{2, 7, 2, 7, "\nb"}}},
    {"comments without a space", "--a;\n", "--a\n--b;\n", 1, 0, {{1, 4, 1, 4, "\nb"}}},
    {"behind the line's end", "ab\n", "ab\n", 0, 0, {{1, 4, 1, 4, "X"}}},
    {"behind the last line", "ab\n", "ab\n", 0, 0, {{3, 1, 3, 1, "X"}}},
    {"backwards", "ab\n", "ab\n", 0, 0, {{1, 3, 1, 1, "X"}}},
    {"nowhere", "ab\n", "ab\n", 0, 0, {{0, 0, 0, 0, "X"}}},
    {"in an empty file", "", "X", 1, 0, {{1, 1, 1, 1, "X"}}},
};

static MigFinding *
new_finding(const Edit *edit)
{
    MigFinding *finding = mig_finding_new("rule", MIG_SEVERITY_ERROR, "1_a.sql", 1, 1, "no");

    finding->fix = g_strdup(edit->fix);
    finding->fix_line = edit->line;
    finding->fix_column = edit->column;
    finding->fix_end_line = edit->end_line;
    finding->fix_end_column = edit->end_column;
    return finding;
}

static void
test_texts(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(MigFindings) findings = mig_findings_new();
        size_t edits = 0;
        size_t left = 0;

        g_test_message("%s", texts[i].name);
        for (size_t j = 0; j < G_N_ELEMENTS(texts[i].findings); j++) {
            if (texts[i].findings[j].fix != NULL)
                mig_findings_take(findings, new_finding(&texts[i].findings[j]));
        }
        g_autofree char *after = mig_fix_text(texts[i].before, findings->list, &edits, &left);
        g_assert_cmpstr(after, ==, texts[i].after);
        g_assert_cmpuint(edits, ==, texts[i].edits);
        g_assert_cmpuint(left, ==, texts[i].left);
    }
}

static void
test_allowed(void)
{
    const Edit edit = {1, 1, 1, 1, "X"};
    g_autoptr(MigFindings) findings = mig_findings_new();
    MigFinding *finding = new_finding(&edit);
    size_t edits = 1;
    size_t left = 1;

    finding->allowed = g_strdup("it is meant");
    mig_findings_take(findings, finding);
    g_autofree char *after = mig_fix_text("a", findings->list, &edits, &left);
    g_assert_cmpstr(after, ==, "a");
    g_assert_cmpuint(edits + left, ==, 0);
}

static MigFindings *
new_findings(const char *const *fingerprints)
{
    MigFindings *findings = mig_findings_new();

    for (; *fingerprints != NULL; fingerprints++) {
        MigFinding *finding =
            mig_finding_new("a-rule", MIG_SEVERITY_ERROR, "dir/1_a b.sql", 1, 1, "no");
        finding->fingerprint = g_strdup(*fingerprints);
        mig_findings_take(findings, finding);
    }
    return findings;
}

#define ONE "0123456789abcdef"
#define TWO "fedcba9876543210"

/* An entry is for one finding, and what isn't found any more is known. */
static void
test_baseline(void)
{
    const char *const before[] = {ONE, ONE, TWO, NULL};
    const char *const now[] = {ONE, ONE, ONE, NULL};
    g_autoptr(MigFindings) old = new_findings(before);
    g_autoptr(MigFindings) findings = new_findings(now);
    g_autofree char *text = mig_baseline_write(old);
    g_autoptr(GError) error = NULL;
    g_autoptr(MigBaseline) baseline = mig_baseline_parse("known", text, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(mig_baseline_apply(baseline, findings), ==, 2);
    g_assert_cmpuint(findings->list->len, ==, 1);
    g_autoptr(GPtrArray) unused = mig_baseline_unused(baseline);
    g_assert_cmpuint(unused->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(unused, 0), ==, TWO " a-rule 1_a b.sql");
}

static const struct {
    const char *text;
    const char *message; /* NULL: it is right */
} baselines[] = {
    {"# migrate lint baseline, version 1\r\n\r\n# more\r\n" ONE " a-rule 1.sql\r\n", NULL},
    {"# migrate lint baseline, version 1", NULL},
    {"", "known:1: this is no baseline"},
    {"# migrate lint baseline, version 2\n", "known:1: this is no baseline"},
    {"# migrate lint baseline, version 1\n" ONE "\n", "known:2: not an entry"},
    {"# migrate lint baseline, version 1\n" ONE " a-rule\n", "known:2: not an entry"},
    {"# migrate lint baseline, version 1\n" ONE "0 a-rule 1.sql\n", "known:2: not an entry"},
    {"# migrate lint baseline, version 1\nABCDEF0123456789 a-rule 1.sql\n",
     "known:2: not an entry"},
};

static void
test_baseline_text(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(baselines); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(MigBaseline) baseline = mig_baseline_parse("known", baselines[i].text, &error);

        if (baselines[i].message == NULL) {
            g_assert_no_error(error);
            g_assert_nonnull(baseline);
            continue;
        }
        g_assert_error(error, MIG_ERROR, MIG_ERROR_FILE);
        g_assert_true(g_str_has_prefix(error->message, baselines[i].message));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lint/fix/changes-nothing-but-the-edits", test_texts);
    g_test_add_func("/lint/fix/leaves-what-is-allowed", test_allowed);
    g_test_add_func("/lint/baseline/an-entry-is-for-one-finding", test_baseline);
    g_test_add_func("/lint/baseline/refuses-what-is-none", test_baseline_text);
    return g_test_run();
}
