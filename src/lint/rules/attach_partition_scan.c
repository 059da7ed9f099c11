/* SPDX-License-Identifier: MIT */
/* ATTACH PARTITION that reads the whole new partition. */
#include "lint/action.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_ATTACH_PARTITION || mig_lint_is_before(ctx, 100000))
        return;
    const MigTable *child = mig_lint_table(ctx, &change->to);
    g_autoptr(MigImpact) impact = mig_lint_impact(ctx, change);
    if (!mig_lint_has_table(ctx, impact->scans, &change->to))
        return;

    const char *name = mig_lint_name(ctx, &change->to);
    const char *parent = mig_lint_name(ctx, &change->table);
    MigFinding *finding =
        mig_lint_report_on(ctx, mig_lint_severity(ctx), change, child,
                           "every row of %s is read while reads and writes of it wait", name);
    if (impact->because != NULL)
        mig_lint_danger(finding, "AccessExclusiveLock on %s meanwhile: %s.", name, impact->because);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding,
                  "ALTER TABLE %s ADD CONSTRAINT %s_bound CHECK (...) NOT VALID: the bound, and "
                  "the key IS NOT NULL.",
                  name, change->to.name);
    mig_lint_step(finding, "In the next migration: ALTER TABLE %s VALIDATE CONSTRAINT %s_bound.",
                  name, change->to.name);
    mig_lint_step(finding, "Give it indexes like those of %s, concurrently, and its foreign keys.",
                  parent);
    mig_lint_step(finding, "ATTACH PARTITION, which then reads nothing; then drop the CHECK.");
}

const MigRule mig_rule_attach_partition_scan = {
    .id = "attach-partition-scan",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "ATTACH PARTITION that reads the new partition",
    .danger =
        "AccessExclusiveLock on the table that becomes a partition while all of it is read. Since "
        "PostgreSQL 12 its new parent stays open.",
    .steps =
        {"ADD CONSTRAINT ... CHECK NOT VALID on the table: the bound, and the key IS NOT NULL.",
         "In the next migration: VALIDATE CONSTRAINT.",
         "ATTACH PARTITION, which then reads nothing; then drop the CHECK."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", ATTACH PARTITION",
    .check = check,
};
