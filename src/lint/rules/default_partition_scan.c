/* SPDX-License-Identifier: MIT */
/* A new partition for which the default partition is read. */
#include "lint/action.h"
#include "lint/rule.h"

static const MigName *
parent_of(const MigChange *change)
{
    if (change->kind == MIG_CHANGE_ATTACH_PARTITION)
        return &change->table;
    if (change->kind == MIG_CHANGE_CREATE_TABLE && change->create_table != NULL &&
        change->create_table->partition_of.name != NULL)
        return &change->create_table->partition_of;
    return NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigName *parent = parent_of(change);
    const MigTable *table = parent != NULL ? mig_lint_table(ctx, parent) : NULL;
    const MigTable *rest = table != NULL ? mig_table_default_partition(table) : NULL;

    if (rest == NULL || mig_lint_is_before(ctx, 110000) || rest == mig_lint_table(ctx, &change->to))
        return;
    const MigName name = {.schema = rest->schema, .name = rest->name};
    g_autoptr(MigImpact) impact = mig_lint_impact(ctx, change);
    if (!mig_lint_has_table(ctx, impact->scans, &name))
        return;
    const char *shown = mig_lint_table_name(ctx, rest);
    MigFinding *finding = mig_lint_report_on(
        ctx, mig_lint_severity(ctx), change, rest,
        "every row of the default partition %s is read while reads and writes of it wait", shown);
    mig_lint_clear_steps(finding);
    mig_lint_step(
        finding, "ALTER TABLE %s ADD CONSTRAINT ... CHECK (NOT (the new bound)) NOT VALID.", shown);
    mig_lint_step(finding,
                  "Move rows that disagree; then VALIDATE CONSTRAINT in the next migration.");
    mig_lint_step(finding,
                  "Then make the partition. Better, keep %s empty, or have no default partition.",
                  shown);
}

const MigRule mig_rule_default_partition_scan = {
    .id = "default-partition-scan",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "A new partition beside a full default partition",
    .danger =
        "AccessExclusiveLock on the default partition while it is read for rows that belong to the "
        "new one; if there is one, the statement fails.",
    .steps = {"A valid CHECK on the default partition that leaves the new bound out.",
              "Then make the partition."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", ATTACH PARTITION; \"CREATE TABLE\", PARTITION OF",
    .check = check,
};
