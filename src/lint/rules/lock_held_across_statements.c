/* SPDX-License-Identifier: MIT */
/* A lock that is held while a later statement of the same transaction takes its time. */
#include "lint/action.h"
#include "lint/rule.h"

/* A query's table is one finding of create-matview-with-data. */
static bool
is_stored_query(const MigChanges *changes)
{
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];
        if (change->kind == MIG_CHANGE_CREATE_MATERIALIZED_VIEW ||
            (change->kind == MIG_CHANGE_CREATE_TABLE && change->create_table != NULL &&
             change->create_table->query != NULL))
            return true;
    }
    return false;
}

static void
check_statement(MigLintContext *ctx)
{
    const MigImpact *impact = ctx->statement->impact;
    const MigRelationLock *lock = mig_lint_strongest_held(ctx);

    if (lock == NULL || is_stored_query(ctx->statement->changes))
        return;
    const MigRelationRef *rewritten = mig_lint_first_old(ctx, impact->rewrites);
    const MigRelationRef *slow =
        rewritten != NULL ? rewritten : mig_lint_first_old(ctx, impact->scans);
    if (slow == NULL)
        return;

    const MigName name = {.schema = lock->schema, .name = lock->name};
    const MigPlace place = {.statement = ctx->statement, .table = &name};
    bool reads = mig_lock_mode_blocks_reads(lock->mode);
    /* The first slow statement shows where the transaction has to be cut. */
    if (mig_lint_was_told(ctx, reads ? MIG_SEVERITY_ERROR : MIG_SEVERITY_WARNING))
        return;
    mig_lint_report_at(ctx, reads ? MIG_SEVERITY_ERROR : mig_lint_severity(ctx), place,
                       "an earlier lock keeps %s of %s waiting while this %s all rows of %s",
                       reads ? "reads and writes" : "writes",
                       mig_lint_relation_name(ctx, lock->schema, lock->name),
                       rewritten != NULL ? "writes" : "reads",
                       mig_lint_relation_name(ctx, slow->schema, slow->name));
}

const MigRule mig_rule_lock_held_across_statements = {
    .id = "lock-held-across-statements",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "A slow statement while an earlier one's lock is held",
    .danger = "A lock is held until its transaction ends: the table is blocked for the later "
              "statement's time, too.",
    .steps = {"Put the two statements into migrations of their own, or the slow one first."},
    .manual = "PostgreSQL 16, \"Explicit Locking\", Table-Level Locks",
    .weaker = {"many-tables-locked"},
    .check_statement = check_statement,
};
