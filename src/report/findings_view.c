/* SPDX-License-Identifier: MIT */
/* What the reports of findings share. */
#include "report/findings_view.h"

#include <string.h>

char *
mig_findings_path(const MigFindingsView *view, const char *file)
{
    if (view->root == NULL)
        return g_utf8_make_valid(file, -1);

    g_autofree char *whole = g_canonicalize_filename(file, NULL);
    g_autofree char *valid = g_utf8_make_valid(whole, -1);
    size_t length = strlen(view->root);
    bool below = strncmp(valid, view->root, length) == 0 && valid[length] == '/';
    return g_strdup(below ? valid + length + 1 : valid);
}

bool
mig_findings_fails(const MigFindingsView *view, const MigFinding *finding)
{
    return finding->allowed == NULL && finding->severity >= view->fail_on;
}

char *
mig_findings_summary(const MigFindingsView *view)
{
    MigFindingCount count = mig_findings_count(view->findings);
    g_autoptr(GString) found = g_string_new(NULL);
    size_t errors = count.by_severity[MIG_SEVERITY_ERROR];
    size_t warnings = count.by_severity[MIG_SEVERITY_WARNING];

    mig_style_count(found, errors, errors == 1 ? "error" : "errors");
    mig_style_count(found, warnings, warnings == 1 ? "warning" : "warnings");
    mig_style_count(found, count.by_severity[MIG_SEVERITY_INFO], "info");
    mig_style_count(found, count.allowed, "allowed");
    mig_style_count(found, view->n_baseline, "in the baseline");
    return g_strdup_printf("%u file%s, %zu statement%s: %s", view->files->len,
                           mig_style_plural(view->files->len), view->n_statements,
                           mig_style_plural(view->n_statements),
                           found->len > 0 ? found->str : "no findings");
}

void
mig_findings_advice(GString *out, const MigFinding *finding)
{
    if (finding->danger != NULL)
        g_string_append_printf(out, "%s\n", finding->danger);
    for (guint i = 0; finding->steps != NULL && i < finding->steps->len; i++)
        g_string_append_printf(out, "%u. %s\n", i + 1,
                               (const char *)g_ptr_array_index(finding->steps, i));
}
