/* SPDX-License-Identifier: MIT */
/* The files of `lint --baseline` and `lint --write-baseline`. */
#include "cli/lint_baseline.h"

#include "base/error.h"
#include "lint/baseline.h"

#include <stdio.h>
#include <string.h>

static MigBaseline *
read_baseline(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    size_t length = 0;

    if (!g_file_get_contents(path, &text, &length, error)) {
        mig_error_adopt(error, MIG_ERROR_FILE);
        g_prefix_error(error, "--baseline: ");
        return NULL;
    }
    if (!g_utf8_validate_len(text, length, NULL)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FILE,
                    "--baseline: %s is not UTF-8 text, and so no baseline", path);
        return NULL;
    }
    return mig_baseline_parse(path, text, error);
}

bool
mig_lint_baseline_use(const MigInvocation *invocation, const char *path, MigFindings *findings,
                      size_t *out_n, GError **error)
{
    g_autoptr(MigBaseline) baseline = read_baseline(path, error);
    if (baseline == NULL)
        return false;

    *out_n = mig_baseline_apply(baseline, findings);
    g_autoptr(GPtrArray) unused = mig_baseline_unused(baseline);
    if (unused->len == 0 || !invocation->verbose || invocation->quiet)
        return true;
    fprintf(stderr, "%s: %u entr%s found nothing, and can be removed:\n", path, unused->len,
            unused->len == 1 ? "y" : "ies");
    for (guint i = 0; i < unused->len; i++)
        fprintf(stderr, "  %s\n", (const char *)g_ptr_array_index(unused, i));
    return true;
}

bool
mig_lint_baseline_write(const MigInvocation *invocation, const char *path,
                        const MigFindings *findings, GError **error)
{
    g_autofree char *text = mig_baseline_write(findings);
    size_t n = findings->list->len - mig_findings_count(findings).allowed;

    if (!g_file_set_contents(path, text, -1, error)) {
        mig_error_adopt(error, MIG_ERROR_FILE);
        g_prefix_error(error, "--write-baseline: ");
        return false;
    }
    if (!invocation->quiet)
        fprintf(stderr, "wrote %zu finding%s to %s; `migrate lint --baseline %s` leaves them out\n",
                n, n == 1 ? "" : "s", path, path);
    return true;
}
