/* SPDX-License-Identifier: MIT */
/* The strongest lock, for a moment. */
#include "lint/action.h"
#include "lint/rule.h"

static void
check_statement(MigLintContext *ctx)
{
    const MigImpact *impact = ctx->statement->impact;

    if (!impact->brief || impact->waits_for_others)
        return;
    for (guint i = 0; i < impact->locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(impact->locks, MigRelationLock, i);
        const MigName name = {.schema = lock->schema, .name = lock->name};
        const MigPlace place = {.statement = ctx->statement, .table = &name};

        if (lock->index || lock->mode != MIG_LOCK_MODE_ACCESS_EXCLUSIVE ||
            !mig_lint_is_old_relation(ctx, lock))
            continue;
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "%s is locked against reads and writes until the transaction ends",
                           mig_lint_relation_name(ctx, lock->schema, lock->name));
    }
}

const MigRule mig_rule_exclusive_lock_brief = {
    .id = "exclusive-lock-brief",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_LOCK,
    .off = true,
    .fix = MIG_RULE_FIX_NO,
    .summary = "AccessExclusiveLock for a moment",
    .danger =
        "The statement takes no time, but it waits for every query that runs on the table, and all "
        "others wait behind it.",
    .steps = {"A short lock time-out with retries, and a transaction that does nothing else."},
    .manual = "PostgreSQL 16, \"Explicit Locking\", Table-Level Locks",
    .check_statement = check_statement,
};
