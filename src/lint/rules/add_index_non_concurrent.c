/* SPDX-License-Identifier: MIT */
/* CREATE INDEX without CONCURRENTLY on a table in use. */
#include "lint/action.h"
#include "lint/edit.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_CREATE_INDEX || change->concurrently)
        return;

    /* A partitioned parent takes no CONCURRENTLY, and has a rule of its own. */
    const MigTable *table = mig_lint_table(ctx, &change->table);
    if (table != NULL && table->kind == MIG_RELATION_PARTITIONED)
        return;

    const char *name = mig_lint_name(ctx, &change->table);
    const char *index = change->index->name.name;
    MigFinding *finding = mig_lint_report(
        ctx, change, "building %s%s blocks writes to %s", index != NULL ? "index " : "an index",
        index != NULL ? mig_lint_name(ctx, &change->index->name) : "", name);

    /* What isn't known may be partitioned. */
    if (table != NULL && !table->assumed && mig_lint_can_leave_transaction(ctx, change))
        mig_lint_fix_behind(ctx, finding, "index", " CONCURRENTLY");
}

const MigRule mig_rule_add_index_non_concurrent = {
    .id = "add-index-non-concurrent",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_YES,
    .summary = "CREATE INDEX without CONCURRENTLY on a table in use",
    .danger = "Writes to the table wait until the whole index is built; reads go on.",
    .steps = {"Put the index into a migration of its own.",
              "CREATE INDEX CONCURRENTLY: the runner takes it out of the transaction.",
              "If the build fails, the runner drops what is left of it before it tries again."},
    .manual = "PostgreSQL 16, \"CREATE INDEX\", Building Indexes Concurrently",
    .check = check,
};
