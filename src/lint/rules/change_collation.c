/* SPDX-License-Identifier: MIT */
/* Another collation for a column that indexes have. */
#include "lint/action.h"
#include "lint/retype.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigType *to = mig_lint_new_type(change);
    const MigType *from = mig_lint_old_type(ctx, change);

    if (to == NULL || from == NULL || g_strcmp0(from->collation, to->collation) == 0)
        return;
    g_autoptr(MigImpact) impact = mig_lint_impact(ctx, change);
    if (impact->rebuilds->len == 0 || mig_lint_has_table(ctx, impact->rewrites, &change->table))
        return;

    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < impact->rebuilds->len; i++)
        g_ptr_array_add(
            names, (gpointer)(uintptr_t)g_array_index(impact->rebuilds, MigRelationRef, i).name);
    MigFinding *finding = mig_lint_report(
        ctx, change, "another collation for %s has %s built anew while reads and writes of %s wait",
        change->name.name, mig_lint_list(ctx, (const char *const *)names->pdata, names->len),
        mig_lint_name(ctx, &change->table));
    mig_lint_clear_steps(finding);
    mig_lint_step(finding,
                  "CREATE INDEX CONCURRENTLY on %s (%s COLLATE %s%s%s) instead: queries that say "
                  "so use it.",
                  mig_lint_name(ctx, &change->table), change->name.name,
                  to->collation != NULL ? "\"" : "", to->collation != NULL ? to->collation : "...",
                  to->collation != NULL ? "\"" : "");
    mig_lint_step(finding, "Or a new column with the collation, filled in batches.");
}

const MigRule mig_rule_change_collation = {
    .id = "change-collation",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_NO,
    .summary = "Another collation for an indexed column",
    .danger =
        "AccessExclusiveLock while the column's indexes are built anew; the table itself isn't "
        "written.",
    .steps = {"An index with the collation, concurrently; or a new column that has it."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", SET DATA TYPE",
    .check = check,
};
