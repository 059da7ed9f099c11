/* SPDX-License-Identifier: MIT */
/* A foreign key that goes, and locks the table which it references. */
#include "lint/action.h"
#include "lint/parents.h"
#include "lint/rule.h"

#include <string.h>

static bool
drops_key(const MigChange *change, const MigTableConstraint *key)
{
    if (change->kind == MIG_CHANGE_DROP_TABLE)
        return true;
    if (change->kind == MIG_CHANGE_DROP_CONSTRAINT)
        return g_strcmp0(change->name.name, key->name) == 0;
    for (size_t i = 0; i < key->n_columns; i++) {
        if (g_strcmp0(key->columns[i], change->name.name) == 0)
            return true;
    }
    return false;
}

/* A table that the same statement drops has nobody left to wait for it. */
static bool
is_dropped_with(const MigLintContext *ctx, const MigTable *table)
{
    const MigChanges *changes = ctx->statement->changes;

    for (size_t i = 0; i < changes->n_changes; i++) {
        if (changes->changes[i].kind == MIG_CHANGE_DROP_TABLE &&
            mig_lint_table(ctx, &changes->changes[i].table) == table)
            return true;
    }
    return false;
}

static void
find_parents(MigLintContext *ctx, const MigChange *change, MigLintParents *parents)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (table == NULL || mig_lint_is_new(ctx, table))
        return;
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        const MigName parent = {.schema = key->ref_schema, .name = key->ref_table};

        if (key->kind != MIG_CONSTRAINT_FOREIGN_KEY || !drops_key(change, key) ||
            is_dropped_with(ctx, mig_lint_table(ctx, &parent)))
            continue;
        mig_lint_parents_add(ctx, parents, &parent, &change->table);
    }
}

static bool
is_kept_by(const MigLintContext *ctx, const char *qualified)
{
    g_auto(GStrv) parts = g_strsplit(qualified, ".", 2);
    const GArray *held = mig_lint_held(ctx);

    for (guint i = 0; i < held->len; i++) {
        const MigRelationLock *lock = &g_array_index(held, MigRelationLock, i);
        const MigName name = {.schema = lock->schema, .name = lock->name};

        if (!lock->index && lock->mode == MIG_LOCK_MODE_ACCESS_EXCLUSIVE &&
            mig_lint_table(ctx, &name) != NULL && mig_lint_is_old_relation(ctx, lock) &&
            !(g_strcmp0(lock->schema, parts[0]) == 0 && g_strcmp0(lock->name, parts[1]) == 0))
            return true;
    }
    return false;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    g_auto(MigLintParents) here = {0};

    mig_lint_parents_init(&here);
    if (change->kind != MIG_CHANGE_DROP_TABLE && change->kind != MIG_CHANGE_DROP_CONSTRAINT &&
        change->kind != MIG_CHANGE_DROP_COLUMN)
        return;
    find_parents(ctx, change, &here);
    /* With one referenced table, and nothing else in the transaction, it is as good as it gets. */
    if (here.names->len == 0 || (here.names->len == 1 && mig_lint_is_alone(ctx)))
        return;

    const char *locked =
        mig_lint_list(ctx, (const char *const *)here.shown->pdata, here.shown->len);
    bool several = here.names->len == 1 && is_kept_by(ctx, g_ptr_array_index(here.names, 0));
    mig_lint_report_on(
        ctx, here.names->len > 1 ? MIG_SEVERITY_ERROR : mig_lint_severity(ctx), change, here.first,
        "dropping the foreign key%s locks %s against reads and writes%s",
        here.names->len > 1 ? "s" : "", locked, several ? ", together with other tables" : "");
}

const MigRule mig_rule_drop_foreign_key_locks_parent = {
    .id = "drop-foreign-key-locks-parent",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A foreign key that goes among other changes",
    .danger = "AccessExclusiveLock on the referenced table as well, whose triggers go, until the "
              "transaction ends: even reads of it wait.",
    .steps = {"Drop the foreign keys one by one, each in a migration of its own with a short lock "
              "time-out: -- migrate:lock-timeout 1s.",
              "Then drop what had them."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", DROP CONSTRAINT; \"Explicit Locking\"",
    .check = check,
};
