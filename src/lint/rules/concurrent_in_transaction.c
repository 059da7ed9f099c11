/* SPDX-License-Identifier: MIT */
/* CONCURRENTLY where there is a transaction, or where it breaks one in two. */
#include "lint/action.h"
#include "lint/rule.h"

/* REFRESH MATERIALIZED VIEW CONCURRENTLY is allowed in a transaction. */
static const char *
concurrent_form(const MigChange *change)
{
    if (!change->concurrently)
        return NULL;
    if (change->kind == MIG_CHANGE_CREATE_INDEX)
        return "CREATE INDEX CONCURRENTLY";
    if (change->kind == MIG_CHANGE_DROP_INDEX)
        return "DROP INDEX CONCURRENTLY";
    if (change->kind == MIG_CHANGE_REINDEX)
        return "REINDEX CONCURRENTLY";
    return change->kind == MIG_CHANGE_DETACH_PARTITION ? "DETACH PARTITION CONCURRENTLY" : NULL;
}

static bool
shares_file(const MigLintContext *ctx)
{
    const MigStep *step = ctx->step->step;
    const MigStatement *statement = mig_script_statement(step->script, ctx->statement->index);
    guint others = 0;

    /* Who writes that there is no transaction knows that it isn't all or nothing. */
    if (statement->no_transaction ||
        (step->migration != NULL && step->migration->transaction_mode == MIG_TRANSACTION_MODE_NONE))
        return false;
    for (guint i = 0; i < step->units->len; i++)
        others += mig_step_unit(step, i)->kind != MIG_UNIT_SESSION;
    return others > 1;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *form = concurrent_form(change);

    if (form == NULL)
        return;
    if (change->nested) {
        const MigPlace place = {.statement = ctx->statement, .span = change->span};
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "%s is refused in a DO block, which always has a transaction", form);
        return;
    }
    if (mig_lint_in_transaction(ctx)) {
        mig_lint_report(ctx, change, "%s is refused in a transaction", form);
        return;
    }
    if (!shares_file(ctx))
        return;

    MigFinding *finding = mig_lint_report_as(
        ctx, MIG_SEVERITY_INFO, change,
        "%s splits the migration: it is no longer done as a whole or not at all", form);
    mig_lint_danger(finding, "If a later statement fails, what came before stays done; the runner "
                             "knows where to go on.");
}

static void
check_body(MigLintContext *ctx, const MigChange *change)
{
    const char *form = concurrent_form(change);

    if (form != NULL)
        mig_lint_report(ctx, change, "%s is refused in a function: it runs in a transaction", form);
}

const MigRule mig_rule_concurrent_in_transaction = {
    .id = "concurrent-in-transaction",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "CONCURRENTLY in a transaction, or among statements that share one",
    .danger = "The server refuses it: \"cannot run inside a transaction block\".",
    .steps = {"Put the statement into a migration of its own."},
    .manual = "PostgreSQL 16, \"CREATE INDEX\", Building Indexes Concurrently",
    .check = check,
    .check_body = check_body,
};
