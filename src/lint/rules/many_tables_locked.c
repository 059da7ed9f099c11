/* SPDX-License-Identifier: MIT */
/* Several tables locked one after the other in one transaction. */
#include "lint/action.h"
#include "lint/rule.h"

#include <string.h>

static bool
counts(const MigLintContext *ctx, const MigRelationLock *lock)
{
    const MigName name = {.schema = lock->schema, .name = lock->name};

    if (lock->index || lock->made_here ||
        (lock->mode != MIG_LOCK_MODE_ACCESS_EXCLUSIVE &&
         lock->mode != MIG_LOCK_MODE_SHARE_ROW_EXCLUSIVE))
        return false;

    const MigTable *table = mig_lint_table(ctx, &name);
    if (table != NULL && (table->kind == MIG_RELATION_VIEW || mig_lint_is_small(ctx, table)))
        return false;
    return (table != NULL || lock->assumed) && mig_lint_is_old_relation(ctx, lock);
}

static const MigRelationLock *
find(const MigLintContext *ctx, const GArray *locks, const MigRelationLock *like)
{
    for (guint i = 0; i < locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(locks, MigRelationLock, i);
        if (strcmp(lock->name, like->name) == 0 && g_strcmp0(lock->schema, like->schema) == 0 &&
            counts(ctx, lock))
            return lock;
    }
    return NULL;
}

/* (borrowed) the first that counts in @locks and isn't in @others. */
static const MigRelationLock *
first_besides(const MigLintContext *ctx, const GArray *locks, const GArray *others)
{
    for (guint i = 0; i < locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(locks, MigRelationLock, i);
        if (counts(ctx, lock) && find(ctx, others, lock) == NULL)
            return lock;
    }
    return NULL;
}

static void
check_statement(MigLintContext *ctx)
{
    const GArray *held = mig_lint_held(ctx);
    const GArray *locks = ctx->statement->impact->locks;
    /* Tables that one action joins, as a foreign key does, are locked together anyway. */
    const MigRelationLock *taken =
        mig_lint_in_transaction(ctx) ? first_besides(ctx, locks, held) : NULL;
    const MigRelationLock *other = taken != NULL ? first_besides(ctx, held, locks) : NULL;

    if (other == NULL || mig_lint_was_told(ctx, MIG_SEVERITY_WARNING))
        return;
    const MigName name = {.schema = taken->schema, .name = taken->name};
    const MigPlace place = {.statement = ctx->statement, .table = &name};
    mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                       "the transaction still holds %s locked while it waits for the lock on %s",
                       mig_lint_relation_name(ctx, other->schema, other->name),
                       mig_lint_relation_name(ctx, taken->schema, taken->name));
}

const MigRule mig_rule_many_tables_locked = {
    .id = "many-tables-locked",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "Several tables in use locked in one transaction",
    .danger =
        "While it waits for the second table it holds the first; against code that uses them in "
        "the other order it deadlocks.",
    .steps = {"A migration for each table."},
    .manual = "PostgreSQL 16, \"Explicit Locking\", Deadlocks",
    .check_statement = check_statement,
};
