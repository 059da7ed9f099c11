/* SPDX-License-Identifier: MIT */
/* Findings as Markdown, for a comment on a pull request. */
#include "report/findings_view.h"
#include "report/markdown.h"

#include <string.h>

/* GitHub refuses a comment of more than 65536 characters, and nobody reads so much. */
#define MAX_BYTES 60000

static void
append_finding(GString *out, const MigFinding *finding)
{
    g_string_append_printf(out, "\n**%s**, line %u: ", mig_severity_name(finding->severity),
                           finding->line);
    mig_markdown_text(out, finding->message);
    g_string_append(out, " (");
    mig_markdown_code(out, finding->rule);
    g_string_append(out, ")\n\n");
    if (finding->source != NULL) {
        g_autofree char *line = g_utf8_make_valid(finding->source, -1);
        for (char *c = line; *c != '\0'; c++)
            *c = g_ascii_iscntrl(*c) ? ' ' : *c;
        mig_markdown_block(out, g_strstrip(line));
        g_string_append_c(out, '\n');
    }
    if (finding->danger != NULL) {
        mig_markdown_text(out, finding->danger);
        g_string_append(out, "\n\n");
    }
    for (guint i = 0; finding->steps != NULL && i < finding->steps->len; i++) {
        g_string_append_printf(out, "%u. ", i + 1);
        mig_markdown_text(out, g_ptr_array_index(finding->steps, i));
        g_string_append_c(out, '\n');
    }
}

static void
append_allowed(GString *out, const MigFindings *findings)
{
    bool any = false;

    for (guint i = 0; i < findings->list->len; i++) {
        const MigFinding *finding = g_ptr_array_index(findings->list, i);
        if (finding->allowed == NULL)
            continue;
        if (!any)
            g_string_append(out, "\n### Allowed\n\n");
        any = true;
        g_string_append(out, "- ");
        mig_markdown_code(out, finding->file);
        g_string_append_printf(out, " line %u, ", finding->line);
        mig_markdown_code(out, finding->rule);
        g_string_append(out, ": ");
        mig_markdown_text(out, finding->allowed);
        g_string_append_c(out, '\n');
    }
}

/* Returns: how many were left out, since the comment would be too long */
static size_t
append_findings(GString *out, const MigFindingsView *view)
{
    const char *file = NULL;
    size_t left = 0;

    for (guint i = 0; i < view->findings->list->len; i++) {
        const MigFinding *finding = g_ptr_array_index(view->findings->list, i);
        g_autoptr(GString) part = g_string_new(NULL);

        if (finding->allowed != NULL)
            continue;
        if (file == NULL || strcmp(file, finding->file) != 0) {
            g_autofree char *path = mig_findings_path(view, finding->file);
            g_string_append(part, "\n### ");
            mig_markdown_code(part, path);
            g_string_append_c(part, '\n');
        }
        append_finding(part, finding);
        if (left > 0 || out->len + part->len > MAX_BYTES) {
            left++;
            continue;
        }
        file = finding->file;
        g_string_append(out, part->str);
    }
    return left;
}

void
mig_findings_print_markdown(const MigReport *report, const MigFindingsView *view)
{
    g_autofree char *summary = mig_findings_summary(view);
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GString) allowed = g_string_new(NULL);

    g_string_append_printf(out, "## migrate lint: %s\n", summary);
    size_t left = append_findings(out, view);
    if (left > 0)
        g_string_append_printf(out, "\n... and %zu more: `migrate lint` tells all of them.\n",
                               left);
    append_allowed(allowed, view->findings);
    if (out->len + allowed->len <= MAX_BYTES)
        g_string_append(out, allowed->str);
    fputs(out->str, report->out);
}
