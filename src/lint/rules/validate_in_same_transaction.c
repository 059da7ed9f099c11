/* SPDX-License-Identifier: MIT */
/* VALIDATE CONSTRAINT under a lock that the transaction holds already. */
#include "lint/action.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_VALIDATE_CONSTRAINT)
        return;
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const MigTableConstraint *constraint = table != NULL && change->name.name != NULL
                                               ? mig_table_constraint(table, change->name.name)
                                               : NULL;
    if (constraint != NULL && constraint->validated)
        return;

    MigLockMode held = mig_lint_held_on(ctx, table);
    bool here = ctx->statement->changes->n_changes > 1 &&
                mig_lint_lock_on(ctx, &change->table) >= MIG_LOCK_MODE_SHARE_ROW_EXCLUSIVE;
    if (held < MIG_LOCK_MODE_SHARE_ROW_EXCLUSIVE && !here)
        return;
    held = MAX(held, here ? mig_lint_lock_on(ctx, &change->table) : held);
    mig_lint_report(ctx, change, "%s is validated while %s is still locked against %s",
                    mig_lint_name(ctx, &change->name), mig_lint_name(ctx, &change->table),
                    mig_lock_mode_blocks_reads(held) ? "reads and writes" : "writes");
}

const MigRule mig_rule_validate_in_same_transaction = {
    .id = "validate-in-same-transaction",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "VALIDATE CONSTRAINT in the transaction that locked the table",
    .danger = "NOT VALID has won nothing: the strong lock of the earlier statement is held while "
              "every row is read.",
    .steps = {"Put VALIDATE CONSTRAINT into the next migration."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", Notes",
    .weaker = {"lock-held-across-statements"},
    .check = check,
};
