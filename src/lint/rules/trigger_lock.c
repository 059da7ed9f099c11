/* SPDX-License-Identifier: MIT */
/* A trigger that comes, goes, or is switched. */
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    bool made = change->kind == MIG_CHANGE_CREATE_TRIGGER;
    bool switched =
        change->kind == MIG_CHANGE_ENABLE_TRIGGER && change->object_type == MIG_TYPE_OF_TRIGGER;
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (!made && !switched && change->kind != MIG_CHANGE_DROP_TRIGGER)
        return;
    /* A view's rows are those of tables, which aren't locked. */
    if (table != NULL && table->kind == MIG_RELATION_VIEW)
        return;
    MigLockMode mode = mig_lint_lock_on(ctx, &change->table);
    if (!mig_lock_mode_blocks_writes(mode))
        return;
    bool large = mig_lint_rows(ctx, table) >= 0 && !mig_lint_is_small(ctx, table);
    const char *trigger =
        change->name.name != NULL
            ? mig_lint_format(ctx, "the trigger %s", mig_lint_name(ctx, &change->name))
            : "all triggers";
    mig_lint_report_as(ctx, large ? MIG_SEVERITY_WARNING : mig_lint_severity(ctx), change,
                       "%s %s blocks %s of %s until the transaction ends",
                       made       ? "making"
                       : switched ? "switching"
                                  : "dropping",
                       trigger, mig_lock_mode_blocks_reads(mode) ? "reads and writes" : "writes",
                       mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_trigger_lock = {
    .id = "trigger-lock",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A trigger made, dropped or switched on a table in use",
    .danger = "ShareRowExclusiveLock on the table, so that writes wait; DROP TRIGGER takes "
              "AccessExclusiveLock, so that reads wait too. Brief, if the transaction is.",
    .steps = {"Put it into a migration of its own."},
    .manual = "PostgreSQL 16, \"Explicit Locking\", Table-Level Locks",
    .check = check,
};
