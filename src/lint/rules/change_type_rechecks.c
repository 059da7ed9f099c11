/* SPDX-License-Identifier: MIT */
/* Another type for a column that keeps its bytes, but not what was checked of it. */
#include "lint/action.h"
#include "lint/retype.h"
#include "lint/rule.h"

/* (borrowed) names of the valid CHECKs that name the column; NULL: there are none. */
static const char *
list_checks(MigLintContext *ctx, const MigTable *table, const char *column)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *check = g_ptr_array_index(table->constraints, i);
        if (check->kind == MIG_CONSTRAINT_CHECK && check->validated && check->expr != NULL &&
            mig_expr_mentions(check->expr, column))
            g_ptr_array_add(names, (gpointer)(uintptr_t)check->name);
    }
    return names->len > 0 ? mig_lint_list(ctx, (const char *const *)names->pdata, names->len)
                          : NULL;
}

static const char *
list_rebuilds(MigLintContext *ctx, const MigImpact *impact)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = 0; i < impact->rebuilds->len; i++)
        g_ptr_array_add(
            names, (gpointer)(uintptr_t)g_array_index(impact->rebuilds, MigRelationRef, i).name);
    return mig_lint_list(ctx, (const char *const *)names->pdata, names->len);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigType *to = mig_lint_new_type(change);
    const MigType *from = mig_lint_old_type(ctx, change);
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (to == NULL || from == NULL || table == NULL)
        return;
    g_autoptr(MigImpact) impact = mig_lint_impact(ctx, change);
    if (mig_lint_has_table(ctx, impact->rewrites, &change->table) ||
        !mig_lint_has_table(ctx, impact->scans, &change->table))
        return;

    const char *column = change->name.name;
    const char *name = mig_lint_name(ctx, &change->table);
    const char *checks = list_checks(ctx, table, column);
    if (checks != NULL) {
        MigFinding *finding = mig_lint_report(
            ctx, change, "the new type of %s has %s tested on every row of %s again", column,
            checks, name);
        mig_lint_clear_steps(finding);
        mig_lint_step(finding, "Drop %s, change the type, and add it again NOT VALID.", checks);
        mig_lint_step(finding, "VALIDATE CONSTRAINT in the next migration.");
        return;
    }
    /* Another collation alone is change-collation's. */
    if (impact->rebuilds->len == 0 || g_strcmp0(from->collation, to->collation) != 0)
        return;
    MigFinding *finding =
        mig_lint_report(ctx, change, "the new type of %s has %s built anew while %s is locked",
                        column, list_rebuilds(ctx, impact), name);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding,
                  "Drop the index concurrently, change the type, and build it again with CREATE "
                  "INDEX CONCURRENTLY.");
}

const MigRule mig_rule_change_type_rechecks = {
    .id = "change-type-rechecks",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "Another type, for which checks or indexes are done again",
    .danger =
        "The values stay, but AccessExclusiveLock is held while the whole table is read: reads and "
        "writes wait.",
    .steps = {"Drop the CHECK, change the type, add it again NOT VALID.",
              "VALIDATE CONSTRAINT in the next migration."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", SET DATA TYPE",
    .check = check,
};
