/* SPDX-License-Identifier: MIT */
/* Every check over every step of a plan. */
#include "lint/run.h"

const MigCheck *
mig_checks(void)
{
    static const MigCheck checks[] = {NULL};

    return checks;
}

MigFindings *
mig_lint_plan(const MigPlan *plan, const MigCheck *checks)
{
    MigFindings *findings = mig_findings_new();

    for (guint i = 0; i < plan->steps->len; i++) {
        for (size_t j = 0; checks[j] != NULL; j++)
            checks[j](plan, g_ptr_array_index(plan->steps, i), findings);
    }
    mig_findings_sort(findings);
    return findings;
}
