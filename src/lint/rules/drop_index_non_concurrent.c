/* SPDX-License-Identifier: MIT */
/* DROP INDEX without CONCURRENTLY on a table in use. */
#include "lint/action.h"
#include "lint/edit.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = NULL;
    const MigTableIndex *index = NULL;
    size_t n = ctx->statement->changes->n_changes;

    if (change->kind != MIG_CHANGE_DROP_INDEX || change->concurrently ||
        mig_catalog_index(ctx->catalog, &change->name, NULL, &table, &index) == MIG_LOOKUP_ABSENT)
        return;
    if (table != NULL && table->kind == MIG_RELATION_PARTITIONED)
        return;
    /* The server refuses to drop what a constraint or a partitioned index needs. */
    if (index != NULL && (index->constraint != NULL || index->parent != NULL ||
                          mig_lint_is_new_moment(ctx, index->made)))
        return;

    const char *name = mig_lint_name(ctx, &change->name);
    MigFinding *finding = mig_lint_report_on(
        ctx, mig_lint_severity(ctx), change, table,
        "dropping index %s blocks reads and writes of %s, and first waits for those that run", name,
        table != NULL ? mig_lint_table_name(ctx, table) : "its table");

    if (n > 1)
        mig_lint_step(finding, "CONCURRENTLY takes one index at a time: a statement for each.");
    if (change->cascade)
        mig_lint_step(finding, "CASCADE can't be combined with it: drop what needs %s first.",
                      name);
    if (n == 1 && !change->cascade && table != NULL && !table->assumed &&
        mig_lint_can_leave_transaction(ctx, change))
        mig_lint_fix_behind(ctx, finding, "index", " CONCURRENTLY");
}

const MigRule mig_rule_drop_index_non_concurrent = {
    .id = "drop-index-non-concurrent",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_YES,
    .summary = "DROP INDEX without CONCURRENTLY on a table in use",
    .danger =
        "AccessExclusiveLock on the index's table: short by itself, but it queues behind every "
        "running query, and all others queue behind it.",
    .steps =
        {"DROP INDEX CONCURRENTLY, in a migration of its own: it waits for the table's readers "
         "without keeping anybody out."},
    .manual = "PostgreSQL 16, \"DROP INDEX\", CONCURRENTLY",
    .check = check,
};
