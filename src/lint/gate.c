/* SPDX-License-Identifier: MIT */
/* Which findings stop a run. */
#include <migrate/lint.h>

/* How many of them a message names. */
#define LISTED 10

static bool
stops(const MigFinding *finding)
{
    return finding->severity == MIG_SEVERITY_ERROR && finding->allowed == NULL;
}

bool
mig_gate_decide(const MigFindings *findings, const MigGate *gate, GError **error)
{
    size_t n = mig_findings_count(findings).by_severity[MIG_SEVERITY_ERROR];
    size_t told = 0;

    if (gate->mode != MIG_GATE_ERROR || gate->fresh || n == 0)
        return true;

    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < findings->list->len && told < LISTED; i++) {
        const MigFinding *finding = g_ptr_array_index(findings->list, i);
        if (!stops(finding))
            continue;
        g_string_append_printf(list, "\n    %s:%u:%u: %s [%s]", finding->file, finding->line,
                               finding->column, finding->message, finding->rule);
        told++;
    }
    if (told < n)
        g_string_append_printf(list, "\n    and %zu more", n - told);
    g_set_error(error, MIG_ERROR, MIG_ERROR_LINT,
                "%zu finding%s this run:%s\n"
                "  nothing was executed; mend the file, or accept what is meant above its "
                "statement:\n"
                "    -- migrate:allow RULE -- reason\n"
                "  or, for this run alone: --lint warn",
                n, n == 1 ? " stops" : "s stop", list->str);
    return false;
}
