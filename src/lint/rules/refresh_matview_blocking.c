/* SPDX-License-Identifier: MIT */
/* A materialized view that is refreshed while its readers wait. */
#include "lint/action.h"
#include "lint/edit.h"
#include "lint/rule.h"

/* CONCURRENTLY needs a unique index over plain columns that has all rows. */
static bool
has_row_key(const MigTable *view)
{
    for (guint i = 0; i < view->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(view->indexes, i);
        bool plain = index->unique && index->where == NULL && index->valid && index->n_parts > 0;

        for (size_t j = 0; plain && j < index->n_parts; j++)
            plain = index->parts[j].column != NULL;
        if (plain)
            return true;
    }
    return false;
}

static void
check_concurrent(MigLintContext *ctx, const MigChange *change, const MigTable *view)
{
    if (view == NULL || view->assumed || has_row_key(view))
        return;
    /* Refused whatever its age and size. */
    MigFinding *finding = mig_lint_report_on(
        ctx, MIG_SEVERITY_ERROR, change, NULL,
        "%s has no unique index over plain columns: the server refuses to refresh it concurrently",
        mig_lint_table_name(ctx, view));
    mig_lint_danger(finding, "The statement fails.");
    mig_lint_clear_steps(finding);
    mig_lint_step(finding,
                  "CREATE UNIQUE INDEX on %s over columns that tell all of its rows apart.",
                  mig_lint_table_name(ctx, view));
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_REFRESH_MATERIALIZED_VIEW || !change->on)
        return;
    const MigTable *view = mig_lint_table(ctx, &change->table);
    if (change->concurrently) {
        check_concurrent(ctx, change, view);
        return;
    }
    /* Nobody can read it, and CONCURRENTLY is refused. */
    if (view != NULL && !view->assumed && !view->populated)
        return;

    const char *name = mig_lint_name(ctx, &change->table);
    bool has_key = view != NULL && !view->assumed && has_row_key(view);
    MigFinding *finding =
        mig_lint_report(ctx, change, "readers of %s wait until its query has run", name);
    mig_lint_clear_steps(finding);
    if (!has_key)
        mig_lint_step(finding,
                      "CREATE UNIQUE INDEX CONCURRENTLY on %s over columns that tell all of its "
                      "rows apart, in a migration of its own.",
                      name);
    mig_lint_step(finding, "REFRESH MATERIALIZED VIEW CONCURRENTLY %s.", name);
    if (has_key && !change->nested)
        mig_lint_fix_behind(ctx, finding, "view", " CONCURRENTLY");
}

const MigRule mig_rule_refresh_matview_blocking = {
    .id = "refresh-matview-blocking",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_YES,
    .summary = "REFRESH MATERIALIZED VIEW without CONCURRENTLY",
    .danger = "AccessExclusiveLock on the view while its whole query runs: readers wait.",
    .steps = {"A unique index over plain columns of it.",
              "REFRESH MATERIALIZED VIEW CONCURRENTLY."},
    .manual = "PostgreSQL 16, \"REFRESH MATERIALIZED VIEW\", CONCURRENTLY",
    .check = check,
};
