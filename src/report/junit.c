/* SPDX-License-Identifier: MIT */
/* Findings as JUnit's XML, which CI servers show as tests: a suite for each file. */
#include "report/findings_view.h"

#include <string.h>

/* XML has no way to write most control characters, not even as a number. */
static bool
is_xml_char(gunichar c)
{
    return c == '\t' || c == '\n' || c == '\r' ||
           (c >= 0x20 && c != 0x7f && c != 0xfffe && c != 0xffff);
}

static void
append_xml(GString *out, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (!is_xml_char(c))
            g_string_append(out, "\357\277\275");
        else if (c < 0x20 || strchr("&<>\"'", (int)c) != NULL)
            g_string_append_printf(out, "&#%u;", c);
        else
            g_string_append_unichar(out, c);
    }
}

static void
append_attribute(GString *out, const char *name, const char *text)
{
    g_string_append_printf(out, " %s=\"", name);
    append_xml(out, text);
    g_string_append_c(out, '"');
}

typedef struct {
    size_t tests;
    size_t failures;
    size_t skipped;
} Count;

static void
append_case(GString *out, const char *path, const char *name, unsigned line)
{
    g_string_append(out, "    <testcase");
    append_attribute(out, "classname", path);
    append_attribute(out, "name", name);
    append_attribute(out, "file", path);
    if (line > 0)
        g_string_append_printf(out, " line=\"%u\"", line);
    g_string_append_c(out, '>');
}

/* What isn't bad enough to fail is told all the same, as what the test has written. */
static void
append_finding(GString *out, const MigFindingsView *view, const char *path,
               const MigFinding *finding, Count *count)
{
    g_autofree char *name =
        g_strdup_printf("%u:%u %s", finding->line, finding->column, finding->rule);
    g_autoptr(GString) text = g_string_new(NULL);
    bool fails = mig_findings_fails(view, finding);

    g_string_printf(text, "%s:%u:%u: %s: %s [%s]\n", path, finding->line, finding->column,
                    mig_severity_name(finding->severity), finding->message, finding->rule);
    mig_findings_advice(text, finding);
    append_case(out, path, name, finding->line);
    count->tests++;
    if (finding->allowed != NULL) {
        count->skipped++;
        g_string_append(out, "<skipped");
        append_attribute(out, "message", finding->allowed);
        g_string_append(out, "/></testcase>\n");
        return;
    }
    count->failures += fails ? 1 : 0;
    g_string_append(out, fails ? "<failure" : "<system-out");
    if (fails) {
        append_attribute(out, "message", finding->message);
        append_attribute(out, "type", finding->rule);
    }
    g_string_append_c(out, '>');
    append_xml(out, text->str);
    g_string_append_printf(out, "</%s></testcase>\n", fails ? "failure" : "system-out");
}

static void
append_suite(GString *out, const MigFindingsView *view, const char *file, Count *total)
{
    g_autofree char *path = mig_findings_path(view, file);
    g_autoptr(GString) cases = g_string_new(NULL);
    Count count = {0};

    for (guint i = 0; i < view->findings->list->len; i++) {
        const MigFinding *finding = g_ptr_array_index(view->findings->list, i);
        if (strcmp(finding->file, file) == 0)
            append_finding(cases, view, path, finding, &count);
    }
    if (count.tests == 0) {
        append_case(cases, path, "no findings", 0);
        g_string_append(cases, "</testcase>\n");
        count.tests = 1;
    }
    g_string_append(out, "  <testsuite");
    append_attribute(out, "name", path);
    g_string_append_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\">\n%s",
                           count.tests, count.failures, count.skipped, cases->str);
    g_string_append(out, "  </testsuite>\n");
    total->tests += count.tests;
    total->failures += count.failures;
    total->skipped += count.skipped;
}

void
mig_findings_print_junit(const MigReport *report, const MigFindingsView *view)
{
    g_autoptr(GString) suites = g_string_new(NULL);
    Count total = {0};

    for (guint i = 0; i < view->files->len; i++)
        append_suite(suites, view, g_ptr_array_index(view->files, i), &total);
    fprintf(report->out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites name=\"migrate lint\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" "
            "skipped=\"%zu\">\n%s</testsuites>\n",
            total.tests, total.failures, total.skipped, suites->str);
}
