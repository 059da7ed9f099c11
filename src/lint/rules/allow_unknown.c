/* SPDX-License-Identifier: MIT */
/* migrate:allow of a rule that doesn't exist. */
#include "lint/allow.h"
#include "lint/near.h"
#include "lint/rule.h"
#include "lint/run.h"

static void
check(MigLintContext *ctx)
{
    const GPtrArray *allowances = mig_lint_allowances(ctx);

    for (guint i = 0; i < allowances->len; i++) {
        const MigAllowance *allowance = g_ptr_array_index(allowances, i);
        const MigPlace place = {.line = allowance->directive->line};

        if (mig_rule_find(allowance->rule) == NULL)
            mig_lint_report_at(ctx, mig_lint_severity(ctx), place, "there is no rule %s to allow%s",
                               allowance->rule,
                               mig_lint_hint(ctx, mig_lint_near_rule(allowance->rule)));
    }
}

const MigRule mig_rule_allow_unknown = {
    .id = "allow-unknown",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_SOURCE,
    .summary = "migrate:allow of a rule that doesn't exist",
    .danger = "It allows nothing, while whoever reads it believes that somebody has looked at the "
              "danger.",
    .steps = {"Write the rule's name as the finding has it: -- migrate:allow RULE -- reason.",
              "See migrate lint --list-rules."},
    .check_allowances = check,
};
