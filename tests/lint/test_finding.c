/* SPDX-License-Identifier: MIT */
/* Findings: making, sorting, counting. */
#include <migrate/lint.h>

/* In the order in which they are to be told. */
static const struct {
    const char *rule;
    MigSeverity severity;
    const char *file;
    unsigned line;
    unsigned column;
} sorted[] = {
    {"b-rule", MIG_SEVERITY_ERROR, "2_first.sql", 1, 1},
    {"a-rule", MIG_SEVERITY_INFO, "2_first.sql", 1, 5},
    {"a-rule", MIG_SEVERITY_WARNING, "2_first.sql", 3, 1},
    {"c-rule", MIG_SEVERITY_ERROR, "1_second.sql", 2, 2},
    {"a-rule", MIG_SEVERITY_WARNING, "1_second.sql", 2, 2},
    {"b-rule", MIG_SEVERITY_WARNING, "1_second.sql", 2, 2},
    {"a-rule", MIG_SEVERITY_INFO, "1_second.sql", 10, 1},
};

static void
test_sort(void)
{
    /* The first of each file in the files' order, else as mixed as can be. */
    static const size_t orders[][G_N_ELEMENTS(sorted)] = {
        {0, 1, 2, 3, 4, 5, 6},
        {2, 6, 1, 5, 0, 4, 3},
        {1, 0, 2, 5, 6, 3, 4},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        g_autoptr(MigFindings) findings = mig_findings_new();
        for (size_t j = 0; j < G_N_ELEMENTS(sorted); j++) {
            size_t at = orders[i][j];
            mig_findings_take(findings,
                              mig_finding_new(sorted[at].rule, sorted[at].severity, sorted[at].file,
                                              sorted[at].line, sorted[at].column, "no"));
        }
        mig_findings_sort(findings);
        for (guint j = 0; j < G_N_ELEMENTS(sorted); j++) {
            const MigFinding *got = g_ptr_array_index(findings->list, j);
            g_assert_cmpstr(got->file, ==, sorted[j].file);
            g_assert_cmpuint(got->line, ==, sorted[j].line);
            g_assert_cmpstr(got->rule, ==, sorted[j].rule);
            g_assert_cmpint(got->severity, ==, sorted[j].severity);
        }
    }
}

static void
test_count(void)
{
    g_autoptr(MigFindings) findings = mig_findings_new();
    MigFinding *allowed = mig_finding_new("a", MIG_SEVERITY_ERROR, "1.sql", 1, 1, "no");

    allowed->allowed = g_strdup("it is small");
    mig_findings_take(findings, allowed);
    for (size_t i = 0; i < G_N_ELEMENTS(sorted); i++)
        mig_findings_take(findings,
                          mig_finding_new(sorted[i].rule, sorted[i].severity, "1.sql", 1, 1, "no"));

    MigFindingCount count = mig_findings_count(findings);
    g_assert_cmpuint(count.by_severity[MIG_SEVERITY_ERROR], ==, 2);
    g_assert_cmpuint(count.by_severity[MIG_SEVERITY_WARNING], ==, 3);
    g_assert_cmpuint(count.by_severity[MIG_SEVERITY_INFO], ==, 2);
    g_assert_cmpuint(count.allowed, ==, 1);
}

static void
test_free(void)
{
    g_autoptr(MigFinding) finding = mig_finding_new("a", MIG_SEVERITY_INFO, "1.sql", 2, 3, "no");

    g_assert_cmpuint(finding->end_line, ==, 2);
    g_assert_cmpuint(finding->end_column, ==, 3);
    g_assert_null(finding->danger);
    g_assert_null(finding->allowed);
    finding->steps = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(finding->steps, g_strdup("do it in two steps"));
    finding->danger = g_strdup("writes wait");
    finding->fix = g_strdup("SELECT 1");

    mig_finding_free(NULL);
    mig_findings_free(NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lint/finding/are-told-in-the-order-of-files-and-places", test_sort);
    g_test_add_func("/lint/finding/counts-what-is-allowed-apart", test_count);
    g_test_add_func("/lint/finding/frees-half-built-ones", test_free);
    return g_test_run();
}
