/* SPDX-License-Identifier: MIT */
/* CREATE TABLE ... PARTITION OF locks all of the partitioned table. */
#include "lint/action.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigCreateTable *made = change->create_table;

    if (change->kind != MIG_CHANGE_CREATE_TABLE || made == NULL ||
        made->partition_of.name == NULL ||
        (change->if_not_exists && mig_lint_table(ctx, &change->table) != NULL) ||
        mig_lint_made_here(ctx, &made->partition_of))
        return;
    const MigTable *parent = mig_lint_table(ctx, &made->partition_of);
    const char *name = mig_lint_name(ctx, &made->partition_of);
    const char *child = mig_lint_name(ctx, &change->table);
    MigFinding *finding = mig_lint_report_on(
        ctx, mig_lint_severity(ctx), change, parent,
        "making the partition %s blocks reads and writes of all of %s", child, name);
    if (mig_lint_is_before(ctx, 120000)) {
        mig_lint_clear_steps(finding);
        mig_lint_step(finding,
                      "Before PostgreSQL 12 ATTACH PARTITION takes the same lock: use a short "
                      "lock time-out, and retries.");
        return;
    }
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "CREATE TABLE %s (LIKE %s INCLUDING ALL).", child, name);
    mig_lint_step(
        finding,
        "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES ...: the empty table is read in no "
        "time, and %s stays open.",
        name, child, name);
}

const MigRule mig_rule_create_partition_locks_parent = {
    .id = "create-partition-locks-parent",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "CREATE TABLE ... PARTITION OF a table in use",
    .danger = "AccessExclusiveLock on the parent until the transaction ends: every query of the "
              "partitioned table queues.",
    .steps = {"CREATE TABLE child (LIKE parent INCLUDING ALL).",
              "ATTACH PARTITION, for which the parent stays open."},
    .manual = "PostgreSQL 16, \"CREATE TABLE\", PARTITION OF; \"Table Partitioning\", Maintenance",
    .check = check,
};
