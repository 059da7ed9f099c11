/* SPDX-License-Identifier: MIT */
/* Something that ought to be checked, and isn't. */
#include "lint/data.h"
#include "lint/rule.h"

static const char *
describe(const MigLintContext *ctx, const MigChange *change)
{
    if (change->in_body || g_strcmp0(change->text, "explain") == 0)
        return NULL;
    if (change->kind == MIG_CHANGE_UPDATE || change->kind == MIG_CHANGE_DELETE ||
        change->kind == MIG_CHANGE_MERGE)
        return mig_lint_is_old(ctx, &change->table) ? "changes rows" : NULL;
    if (change->kind == MIG_CHANGE_DROP_TABLE || change->kind == MIG_CHANGE_DROP_COLUMN ||
        change->kind == MIG_CHANGE_TRUNCATE)
        return "removes data";
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT)
        return mig_lint_is_old(ctx, &change->table) ? "adds a constraint" : NULL;
    return NULL;
}

static void
check_end(MigLintContext *ctx)
{
    const MigMigration *migration = ctx->step->step->migration;

    if (ctx->down || migration == NULL || migration->verify != NULL ||
        ctx->step->step->direction != MIG_DIRECTION_UP)
        return;
    for (guint i = 0; i < ctx->step->statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(ctx->step->statements, i);

        for (size_t j = 0; j < statement->changes->n_changes; j++) {
            const MigChange *change = &statement->changes->changes[j];
            const MigPlace place = {.statement = statement, .span = change->span};
            const char *what = describe(ctx, change);

            if (what == NULL)
                continue;
            mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                               "this %s, and no VERIFY section looks at what came of it", what);
            return;
        }
    }
}

const MigRule mig_rule_verify_missing = {
    .id = "verify-missing",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_SOURCE,
    .off = true,
    .summary = "a change of data or of rules that no VERIFY looks at",
    .danger = "That it ran doesn't mean that it did what was meant; people find out later.",
    .steps =
        {"Write queries under -- ===== VERIFY ===== that tell right from wrong: how many rows are "
         "left to do, whether the constraint holds."},
    .check_end = check_end,
};
