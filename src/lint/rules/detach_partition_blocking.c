/* SPDX-License-Identifier: MIT */
/* A partition that goes while all of the partitioned table is locked. */
#include "lint/action.h"
#include "lint/edit.h"
#include "lint/rule.h"

static void
advise_time_out(MigFinding *finding, const char *why)
{
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "%s: use a short lock time-out, and retries.", why);
}

static void
check_detach(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *parent = mig_lint_table(ctx, &change->table);
    const MigTable *rest = parent != NULL ? mig_table_default_partition(parent) : NULL;
    const char *name = mig_lint_name(ctx, &change->table);

    if (g_strcmp0(change->text, "finalize") == 0)
        return;
    if (change->concurrently) {
        if (rest == NULL)
            return;
        /* Refused whatever its age and size. */
        MigFinding *finding = mig_lint_report_on(
            ctx, MIG_SEVERITY_ERROR, change, NULL,
            "%s has a default partition: the server refuses to detach concurrently", name);
        mig_lint_danger(finding, "The statement fails.");
        advise_time_out(finding, "Leave CONCURRENTLY out");
        return;
    }
    bool old = mig_lint_is_before(ctx, 140000);
    MigFinding *finding = mig_lint_report_as(
        ctx, old || rest != NULL ? MIG_SEVERITY_WARNING : mig_lint_severity(ctx), change,
        "detaching %s blocks reads and writes of all of %s", mig_lint_name(ctx, &change->to), name);
    if (old)
        advise_time_out(finding, "Before PostgreSQL 14 there is no online form");
    else if (rest != NULL)
        advise_time_out(finding, "With a default partition there is no online form");
    else if (parent != NULL && !parent->assumed && mig_lint_can_leave_transaction(ctx, change))
        mig_lint_fix_end(ctx, finding, change->span, " CONCURRENTLY");
}

static bool
goes_too(const MigLintContext *ctx, const MigTable *parent)
{
    const MigChanges *changes = ctx->statement->changes;

    for (size_t i = 0; i < changes->n_changes; i++) {
        if (changes->changes[i].kind == MIG_CHANGE_DROP_TABLE &&
            mig_lint_table(ctx, &changes->changes[i].table) == parent)
            return true;
    }
    return false;
}

static void
check_drop(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const MigTable *parent = table != NULL && table->is_partition && table->parents->len > 0
                                 ? g_ptr_array_index(table->parents, 0)
                                 : NULL;

    if (parent == NULL || goes_too(ctx, parent) || mig_lint_is_new(ctx, table))
        return;
    bool online = !mig_lint_is_before(ctx, 140000) && mig_table_default_partition(parent) == NULL;
    const char *name = mig_lint_table_name(ctx, table);
    const char *whole = mig_lint_table_name(ctx, parent);
    MigFinding *finding = mig_lint_report_on(
        ctx, online ? mig_lint_severity(ctx) : MIG_SEVERITY_WARNING, change, parent,
        "dropping the partition %s blocks reads and writes of all of %s", name, whole);
    if (!online) {
        advise_time_out(finding, "There is no online form here");
        return;
    }
    mig_lint_clear_steps(finding);
    mig_lint_step(finding,
                  "ALTER TABLE %s DETACH PARTITION %s CONCURRENTLY, in a migration of its own.",
                  whole, name);
    mig_lint_step(finding, "In the next migration: DROP TABLE %s.", name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind == MIG_CHANGE_DETACH_PARTITION)
        check_detach(ctx, change);
    else if (change->kind == MIG_CHANGE_DROP_TABLE)
        check_drop(ctx, change);
}

const MigRule mig_rule_detach_partition_blocking = {
    .id = "detach-partition-blocking",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_YES,
    .summary = "A partition that goes without CONCURRENTLY",
    .danger =
        "AccessExclusiveLock on the parent until the transaction ends: it waits for every query of "
        "the partitioned table, and all others wait behind it.",
    .steps = {"DETACH PARTITION ... CONCURRENTLY, in a migration of its own.",
              "If it is interrupted: DETACH PARTITION ... FINALIZE.",
              "The table that was a partition keeps a CHECK of its bound, which may be dropped."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", DETACH PARTITION",
    .check = check,
};
