/* SPDX-License-Identifier: MIT */
/* A migration that can't be reverted, and doesn't say so. */
#include "lint/rollback.h"
#include "lint/rule.h"

/* Whether anything of it would have to be taken back. */
static bool
leaves_something(const MigReviewedStatement *statement)
{
    for (size_t i = 0; i < statement->changes->n_changes; i++) {
        const MigChange *change = &statement->changes->changes[i];
        MigChangeKind kind = change->kind;
        bool passes = kind == MIG_CHANGE_SELECT || kind == MIG_CHANGE_SET ||
                      kind == MIG_CHANGE_USE || kind == MIG_CHANGE_TRANSACTION ||
                      kind == MIG_CHANGE_LOCK_TABLE || kind == MIG_CHANGE_ANALYZE ||
                      kind == MIG_CHANGE_VACUUM || kind == MIG_CHANGE_PSQL ||
                      kind == MIG_CHANGE_REINDEX || kind == MIG_CHANGE_MAINTAIN ||
                      kind == MIG_CHANGE_REFRESH_MATERIALIZED_VIEW;

        if (!passes && !change->in_body && !change->temporary &&
            g_strcmp0(change->text, "explain") != 0)
            return true;
    }
    return false;
}

static void
check(MigLintContext *ctx)
{
    const MigMigration *migration = ctx->step->step->migration;
    const MigReviewedStatement *first = NULL;

    if (ctx->down || ctx->step->step->direction != MIG_DIRECTION_UP || migration == NULL ||
        (migration->down != NULL && migration->down->statements->len > 0))
        return;
    if (mig_lint_is_irreversible(ctx))
        return;
    for (guint i = 0; first == NULL && i < ctx->step->statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(ctx->step->statements, i);
        if (leaves_something(statement))
            first = statement;
    }
    if (first == NULL)
        return;
    mig_lint_report_at(ctx, mig_lint_severity(ctx), (MigPlace){0}, "%s",
                       migration->down == NULL ? "there is no DOWN section"
                                               : "the DOWN section is empty");
}

const MigRule mig_rule_down_missing = {
    .id = "down-missing",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BACK,
    .summary = "a migration that can't be reverted, and doesn't say so",
    .danger = "When the deploy goes wrong, somebody must write the way back under pressure.",
    .steps =
        {"Write the reverse under -- ===== DOWN =====, the last statement first.",
         "If there is no way back, say why in the header: -- Rollback: irreversible – reason."},
    .check_end = check,
};
