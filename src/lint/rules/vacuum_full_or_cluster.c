/* SPDX-License-Identifier: MIT */
/* Statements that write a whole table anew to make it smaller or sorted. */
#include "lint/action.h"
#include "lint/edit.h"
#include "lint/rule.h"

#include <string.h>

/* (borrowed) what the statement is called; NULL: it is none of them. */
static const char *
name_of(const MigChange *change)
{
    if (change->kind == MIG_CHANGE_CLUSTER)
        return "CLUSTER";
    if (change->kind != MIG_CHANGE_VACUUM || !change->on)
        return NULL;
    if (g_strcmp0(change->text, "repack") != 0)
        return "VACUUM FULL";
    return change->concurrently ? NULL : "REPACK";
}

/* What REPACK (CONCURRENTLY) asks for. */
static bool
takes_concurrently(const MigTable *table)
{
    return table != NULL && !table->assumed && table->kind == MIG_RELATION_TABLE &&
           !table->unlogged &&
           (mig_table_primary_key(table) != NULL || table->replica_identity == 'i');
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *name = name_of(change);
    MigSpan word = {0};

    if (name == NULL)
        return;
    const MigTable *table = mig_lint_table(ctx, &change->table);
    MigFinding *finding =
        mig_lint_report(ctx, change, "%s writes %s anew while reads and writes wait", name,
                        change->table.name != NULL
                            ? mig_lint_format(ctx, "all of %s", mig_lint_name(ctx, &change->table))
                            : "every table");
    if (mig_lint_is_before(ctx, 190000) || !takes_concurrently(table))
        return;
    mig_lint_step(finding, "Or REPACK (CONCURRENTLY) %s.", mig_lint_name(ctx, &change->table));
    if (strcmp(name, "REPACK") == 0 && change->n_options == 0 &&
        ctx->statement->changes->n_changes == 1 && mig_lint_can_leave_transaction(ctx, change) &&
        mig_lint_find_word(ctx, "repack", &word) && word.offset == change->span.offset)
        mig_lint_fix_behind(ctx, finding, "repack", " (CONCURRENTLY)");
}

const MigRule mig_rule_vacuum_full_or_cluster = {
    .id = "vacuum-full-or-cluster",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_YES,
    .summary = "VACUUM FULL, CLUSTER or REPACK",
    .danger =
        "AccessExclusiveLock while the table and its indexes are written anew: reads and writes "
        "wait, and the disk has to have room for both.",
    .steps =
        {"Plain VACUUM, which lets the space be used again.",
         "Where the file itself has to shrink: pg_repack or pg_squeeze, outside of a migration."},
    .manual = "PostgreSQL 16, \"VACUUM\", FULL; \"CLUSTER\", Notes",
    .check = check,
};
