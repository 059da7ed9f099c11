/* SPDX-License-Identifier: MIT */
/* Triggers whose names don't say whose they are. */
#include "lint/defined.h"
#include "lint/naming.h"
#include "lint/rule.h"

#include <string.h>

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_CREATE_TRIGGER || ctx->down || change->name.name == NULL ||
        change->table.name == NULL)
        return;
    /* On PostgreSQL its name is its table's own, and may be the same on all of them. */
    bool own = ctx->engine == MIG_ENGINE_POSTGRES &&
               g_strcmp0(mig_lint_text(ctx, "naming"), "strict") != 0 &&
               strlen(change->name.name) > 4;
    if (!own && !mig_lint_name_fits(ctx, change->name.name, "trg_", change->table.name))
        mig_lint_report_part(ctx, mig_lint_naming_severity(ctx), change, change->name.span,
                             "the trigger %s doesn't say that it is of %s", change->name.name,
                             mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_naming_trigger = {
    .id = "naming-trigger",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_NAMING,
    .summary = "a trigger whose name doesn't say its table",
    .danger = "Whoever reads it has to look up what it belongs to.",
    .steps = {"Call it trg_{table}_{what}."},
    .check = check,
};
