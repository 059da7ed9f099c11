/* SPDX-License-Identifier: MIT */
/* migrate:allow of what isn't found there. */
#include "lint/private.h"
#include "lint/run.h"

#include <string.h>

/* Whether the rule was looked for at all, so that finding nothing means something. */
static bool
was_asked(const MigLintContext *ctx, const MigRule *rule, const MigAllowance *allowance)
{
    MigLintSetting setting = MIG_LINT_OFF;
    const MigMigration *migration = ctx->step->step->migration;

    if ((rule->engines & ctx->engine) == 0)
        return false;
    if (ctx->options->no_down && allowance->statement == NULL && migration != NULL &&
        migration->down != NULL)
        return false;
    return mig_lint_configured(ctx, rule, &setting) ? setting != MIG_LINT_OFF : !rule->off;
}

static void
check(MigLintContext *ctx)
{
    const GPtrArray *allowances = mig_lint_allowances(ctx);

    for (guint i = 0; i < allowances->len; i++) {
        const MigAllowance *allowance = g_ptr_array_index(allowances, i);
        const MigRule *rule = mig_rule_find(allowance->rule);
        const MigPlace place = {.line = allowance->directive->line};

        /* What is said of allowances themselves is found only now. */
        if (rule == NULL || allowance->used || g_str_has_prefix(rule->id, "allow-") ||
            !was_asked(ctx, rule, allowance))
            continue;
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place, "%s finds nothing %s", rule->id,
                           allowance->statement != NULL ? "in this statement" : "in this file");
    }
}

const MigRule mig_rule_allow_unused = {
    .id = "allow-unused",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_SOURCE,
    .summary = "migrate:allow of what isn't found there",
    .danger = "It would hide a danger that somebody adds later.",
    .steps = {"Take the rule out of the directive.",
              "If another statement was meant, put the directive right before that one."},
    .check_allowances = check,
};
