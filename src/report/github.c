/* SPDX-License-Identifier: MIT */
/* Findings as commands of GitHub's workflows, which it shows beside the lines of a pull request. */
#include "report/findings_view.h"

#include <string.h>

/* Manual: GitHub Actions, "Workflow commands". A line end would begin another command; in a property
 * a comma or a colon would end it. */
static void
append_escaped(GString *out, const char *text, const char *special)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    for (const char *c = valid; *c != '\0'; c++) {
        if (*c == '%' || g_ascii_iscntrl(*c) || strchr(special, *c) != NULL)
            g_string_append_printf(out, "%%%02X", (unsigned)*c);
        else
            g_string_append_c(out, *c);
    }
}

static void
append_property(GString *out, const char *name, const char *text)
{
    g_string_append_printf(out, "%s=", name);
    append_escaped(out, text, ":,");
}

static const char *
command_of(MigSeverity severity)
{
    static const char *const commands[MIG_N_SEVERITIES] = {
        [MIG_SEVERITY_INFO] = "notice",
        [MIG_SEVERITY_WARNING] = "warning",
        [MIG_SEVERITY_ERROR] = "error",
    };

    return commands[severity];
}

static void
print_finding(const MigReport *report, const MigFindingsView *view, const MigFinding *finding)
{
    g_autofree char *path = mig_findings_path(view, finding->file);
    g_autoptr(GString) out = g_string_new("::");
    g_autoptr(GString) text = g_string_new(finding->message);

    g_string_append_printf(out, "%s ", command_of(finding->severity));
    append_property(out, "file", path);
    g_string_append_printf(out, ",line=%u,endLine=%u", finding->line, finding->end_line);
    /* Columns are heeded within one line only. */
    if (finding->line == finding->end_line)
        g_string_append_printf(out, ",col=%u,endColumn=%u", finding->column, finding->end_column);
    append_property(out, ",title", finding->rule);
    g_string_append(out, "::");
    g_string_append_c(text, '\n');
    mig_findings_advice(text, finding);
    append_escaped(out, g_strchomp(text->str), "");
    fprintf(report->out, "%s\n", out->str);
}

void
mig_findings_print_github(const MigReport *report, const MigFindingsView *view)
{
    g_autofree char *summary = mig_findings_summary(view);

    for (guint i = 0; i < view->findings->list->len; i++) {
        const MigFinding *finding = g_ptr_array_index(view->findings->list, i);
        if (finding->allowed == NULL)
            print_finding(report, view, finding);
    }
    fprintf(report->out, "%s\n", summary);
}
