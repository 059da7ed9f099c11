/* SPDX-License-Identifier: MIT */
/* Which findings stop a run. */
#include <migrate/lint.h>
#include <string.h>

static const struct {
    const char *title;
    const char *findings; /* e, w, i; E: an allowed error */
    MigGateMode mode;
    bool fresh;
    bool passes;
} cases[] = {
    {"nothing", "", MIG_GATE_ERROR, false, true},
    {"an-error", "e", MIG_GATE_ERROR, false, false},
    {"an-error-among-others", "wiEew", MIG_GATE_ERROR, false, false},
    {"warnings", "wwi", MIG_GATE_ERROR, false, true},
    {"an-allowed-error", "E", MIG_GATE_ERROR, false, true},
    {"an-error-on-a-fresh-database", "e", MIG_GATE_ERROR, true, true},
    {"an-error-with-warn", "e", MIG_GATE_WARN, false, true},
    {"an-error-with-off", "e", MIG_GATE_OFF, false, true},
};

static MigFindings *
make_findings(const char *letters)
{
    MigFindings *findings = mig_findings_new();

    for (size_t i = 0; letters[i] != '\0'; i++) {
        MigSeverity severity = letters[i] == 'w'   ? MIG_SEVERITY_WARNING
                               : letters[i] == 'i' ? MIG_SEVERITY_INFO
                                                   : MIG_SEVERITY_ERROR;
        MigFinding *finding =
            mig_finding_new("a-rule", severity, "m/1_a.sql", (unsigned)i + 1, 4, "blocks writes");
        if (letters[i] == 'E')
            finding->allowed = g_strdup("it is small");
        mig_findings_take(findings, finding);
    }
    return findings;
}

static void
test_case(gconstpointer data)
{
    size_t i = GPOINTER_TO_SIZE(data);
    g_autoptr(MigFindings) findings = make_findings(cases[i].findings);
    const MigGate gate = {.mode = cases[i].mode, .fresh = cases[i].fresh};
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(mig_gate_decide(findings, &gate, &error), ==, cases[i].passes);
    if (cases[i].passes)
        g_assert_no_error(error);
    else
        g_assert_error(error, MIG_ERROR, MIG_ERROR_LINT);
}

static void
test_message(void)
{
    g_autoptr(MigFindings) findings = make_findings("weE");
    g_autoptr(MigFindings) many = make_findings("eeeeeeeeeeee");
    const MigGate gate = {.mode = MIG_GATE_ERROR};
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) long_error = NULL;

    g_assert_false(mig_gate_decide(findings, &gate, &error));
    g_assert_nonnull(strstr(error->message, "1 finding stops this run:\n"
                                            "    m/1_a.sql:2:4: blocks writes [a-rule]\n"));
    g_assert_null(strstr(error->message, "m/1_a.sql:1:"));
    g_assert_null(strstr(error->message, "m/1_a.sql:3:"));
    g_assert_nonnull(strstr(error->message, "nothing was executed"));
    g_assert_nonnull(strstr(error->message, "-- migrate:allow RULE -- reason"));
    g_assert_nonnull(strstr(error->message, "--lint warn"));

    g_assert_false(mig_gate_decide(many, &gate, &long_error));
    g_assert_nonnull(strstr(long_error->message, "12 findings stop this run"));
    g_assert_nonnull(strstr(long_error->message, "m/1_a.sql:10:4"));
    g_assert_null(strstr(long_error->message, "m/1_a.sql:11:4"));
    g_assert_nonnull(strstr(long_error->message, "and 2 more"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat("/lint/gate/", cases[i].title, NULL);
        g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_case);
    }
    g_test_add_func("/lint/gate/the-message-says-where-and-how-to-go-on", test_message);
    return g_test_run();
}
