/* SPDX-License-Identifier: MIT */
/* Rows written in a transaction that holds the locks of an earlier ALTER. */
#include "lint/data.h"
#include "lint/rule.h"

#include <string.h>

static bool
blocks_somebody(const MigRelationLock *lock)
{
    return !lock->index && !lock->made_here && (lock->blocks_reads || lock->blocks_writes);
}

/* Returns: the lock on the table itself, else one on another table that nobody can read meanwhile */
static const MigRelationLock *
find_lock(const MigLintContext *ctx, const MigName *name)
{
    const GArray *held = mig_lint_held(ctx);
    const MigTable *table = mig_lint_table(ctx, name);
    const MigRelationLock *other = NULL;

    for (guint i = 0; i < held->len; i++) {
        const MigRelationLock *lock = &g_array_index(held, MigRelationLock, i);
        const MigName locked = {.schema = lock->schema, .name = lock->name};

        if (!blocks_somebody(lock) || !mig_lint_is_old(ctx, &locked))
            continue;
        if (strcmp(lock->name, name->name) == 0 &&
            (table == NULL || g_strcmp0(lock->schema, table->schema) == 0))
            return lock;
        if (lock->blocks_reads && !mig_lint_is_small(ctx, mig_lint_table(ctx, &locked)))
            other = lock;
    }
    return other;
}

/* Returns: the table of which many rows are read or written; NULL: they are few, or new */
static const MigName *
worked_on(const MigLintContext *ctx, const MigChange *change)
{
    const MigName *source = NULL;

    if (change->kind == MIG_CHANGE_INSERT) {
        bool copies = change->query != NULL && change->query->n_values == 0 &&
                      mig_lint_reads_old(ctx, change->query, &source);
        return copies ? source : NULL;
    }
    if (change->kind != MIG_CHANGE_UPDATE && change->kind != MIG_CHANGE_DELETE)
        return NULL;
    if (change->table.name == NULL || !mig_lint_is_old(ctx, &change->table) ||
        mig_lint_is_small(ctx, mig_lint_table(ctx, &change->table)) ||
        mig_lint_is_pinned(ctx, &change->table, change->expr, change->query))
        return NULL;
    return &change->table;
}

static void
judge(MigLintContext *ctx, const MigChange *change)
{
    const MigName *name = mig_lint_is_backfill(ctx) ? NULL : worked_on(ctx, change);
    const MigRelationLock *lock = name != NULL ? find_lock(ctx, name) : NULL;

    if (lock == NULL)
        return;
    const MigName locked = {.schema = lock->schema, .name = lock->name};
    const MigTable *table = mig_lint_table(ctx, &locked);
    const char *shown =
        table != NULL ? mig_lint_table_name(ctx, table) : mig_lint_name(ctx, &locked);
    bool same = strcmp(lock->name, name->name) == 0;

    mig_lint_report_as(ctx, same ? mig_lint_severity(ctx) : MIG_SEVERITY_WARNING, change,
                       "%s %s keeps %s locked for %s, as this transaction has changed it before%s",
                       change->kind == MIG_CHANGE_UPDATE   ? "updating"
                       : change->kind == MIG_CHANGE_DELETE ? "deleting from"
                                                           : "copying",
                       mig_lint_name(ctx, name), shown,
                       lock->blocks_reads ? "reads and writes" : "writes",
                       mig_lint_assuming(ctx, name));
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (mig_lint_in_transaction(ctx))
        mig_lint_each_write(ctx, change, judge);
}

const MigRule mig_rule_backfill_in_ddl_transaction = {
    .id = "backfill-in-ddl-transaction",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DATA,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "rows are written while an ALTER before them holds its lock",
    .danger =
        "The ALTER's lock is held until the last row is written: nobody can use the table for as "
        "long as that takes.",
    .steps =
        {"If the new column needs one value, ADD COLUMN with DEFAULT has it in every row at once.",
         "Else put -- migrate:backfill before the statement: the ALTER is committed first, and "
         "the rows follow in batches.",
         "Or write the rows in a migration of their own."},
    .manual = "PostgreSQL 16, \"Explicit Locking\", Table-Level Locks",
    .weaker = {"unbatched-backfill", "data-in-schema-migration"},
    .check = check,
};
