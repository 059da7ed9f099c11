/* SPDX-License-Identifier: MIT */
/* Constraints as they are altered, renamed and dropped. */
#include <string.h>

#include "schema/replay.h"

/* Another index that makes the same columns unique. */
static bool
is_still_unique(const MigTable *table, const char *const *columns, size_t n_columns)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = table->indexes->pdata[i];
        bool same = index->unique && index->where == NULL && index->n_parts == n_columns;

        for (size_t k = 0; same && k < n_columns; k++)
            same = g_strcmp0(index->parts[k].column, columns[k]) == 0;
        if (same)
            return true;
    }
    return false;
}

void
mig_replay_drop_references(MigReplay *replay, MigTable *table, const char *const *columns,
                           size_t n_columns)
{
    if (is_still_unique(table, columns, n_columns))
        return;

    g_autoptr(GPtrArray) users = mig_store_users(replay->catalog, table->schema, table->name);

    for (guint i = 0; i < users->len; i++) {
        MigTable *child = users->pdata[i];

        for (guint c = child->constraints->len; c-- > 0;) {
            MigTableConstraint *reference = child->constraints->pdata[c];
            bool same = reference->ref_table != NULL &&
                        strcmp(reference->ref_table, table->name) == 0 &&
                        strcmp(reference->ref_schema, table->schema) == 0 &&
                        reference->n_ref_columns == n_columns;

            for (size_t k = 0; same && k < n_columns; k++)
                same = strcmp(reference->ref_columns[k], columns[k]) == 0;
            if (!same)
                continue;
            mig_store_touch(replay->catalog, child, replay->now);
            mig_store_remove_constraint(replay->catalog, child, reference);
        }
    }
}

void
mig_replay_remove_own_constraint(MigReplay *replay, MigTable *table, MigTableConstraint *constraint)
{
    MigTableIndex *index = mig_store_index(table, constraint->index);
    MigTableConstraint copy = *constraint;

    mig_store_remove_constraint(replay->catalog, table, constraint);
    if (index != NULL && copy.kind != MIG_CONSTRAINT_FOREIGN_KEY)
        mig_replay_remove_index(replay, table, index);
    if (MIG_IS_POSTGRES(replay->catalog) &&
        (copy.kind == MIG_CONSTRAINT_PRIMARY_KEY || copy.kind == MIG_CONSTRAINT_UNIQUE))
        mig_replay_drop_references(replay, table, copy.columns, copy.n_columns);
}

void
mig_replay_remove_constraint(MigReplay *replay, MigTable *table, MigTableConstraint *constraint)
{
    MigTableConstraint copy = *constraint;

    mig_replay_remove_own_constraint(replay, table, constraint);
    for (guint i = 0; MIG_IS_POSTGRES(replay->catalog) && i < table->children->len; i++) {
        MigTable *child = table->children->pdata[i];
        MigTableConstraint *own = mig_store_constraint(child, copy.name);

        if (own == NULL || !own->inherited || own->kind != copy.kind || copy.index != NULL)
            continue;
        mig_store_touch(replay->catalog, child, replay->now);
        mig_replay_remove_constraint(replay, child, own);
    }
}

/* DROP CONSTRAINT of a NOT NULL, which is with its column (PostgreSQL 18). */
static bool
drop_not_null(MigReplay *replay, MigTable *table, const char *name)
{
    for (guint i = 0; i < table->columns->len; i++) {
        MigTableColumn *column = table->columns->pdata[i];

        if (g_strcmp0(column->not_null_name, name) != 0)
            continue;
        column->not_null = false;
        column->not_null_not_valid = false;
        column->not_null_name = NULL;
        column->nullability_set = mig_replay_made(replay);
        return true;
    }
    return false;
}

static bool
is_meant(const MigTableConstraint *constraint, const MigChange *change)
{
    return change->constraint_kind == MIG_CONSTRAINT_ANY ||
           constraint->kind == change->constraint_kind;
}

static MigTableConstraint *
find(const MigTable *table, const MigChange *change)
{
    if (change->constraint_kind == MIG_CONSTRAINT_PRIMARY_KEY && change->name.name == NULL) {
        for (guint i = 0; i < table->constraints->len; i++) {
            MigTableConstraint *key = table->constraints->pdata[i];

            if (key->kind == MIG_CONSTRAINT_PRIMARY_KEY)
                return key;
        }
    }
    for (guint i = 0; i < table->constraints->len; i++) {
        MigTableConstraint *constraint = table->constraints->pdata[i];

        if (mig_names_equal(table->engine, constraint->name, change->name.name) &&
            *constraint->name != '\0' && is_meant(constraint, change))
            return constraint;
    }
    return NULL;
}

void
mig_replay_drop_constraint(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL)
        return;

    MigTableConstraint *constraint = find(table, change);

    if (constraint != NULL)
        mig_replay_remove_constraint(replay, table, constraint);
    else
        drop_not_null(replay, table, change->name.name);
}

static void
validate(MigReplay *replay, MigTable *table, const char *name)
{
    g_autoptr(GPtrArray) family = mig_replay_family(table, false);

    for (guint i = 0; i < family->len; i++) {
        MigTable *one = family->pdata[i];
        MigTableConstraint *constraint = mig_store_constraint(one, name);

        mig_store_touch(replay->catalog, one, replay->now);
        if (constraint != NULL && constraint->enforced && !constraint->validated) {
            constraint->validated = true;
            constraint->validated_at = mig_replay_made(replay);
        }
        for (guint c = 0; c < one->columns->len; c++) {
            MigTableColumn *column = one->columns->pdata[c];

            if (g_strcmp0(column->not_null_name, name) != 0 || !column->not_null_not_valid)
                continue;
            column->not_null_not_valid = false;
            column->nullability_set = mig_replay_made(replay);
        }
    }
}

void
mig_replay_alter_constraint(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL)
        return;
    if (change->kind == MIG_CHANGE_VALIDATE_CONSTRAINT) {
        validate(replay, table, change->name.name);
        return;
    }

    MigTableConstraint *constraint = mig_store_constraint(table, change->name.name);

    if (constraint == NULL || change->constraint == NULL)
        return;
    if (constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY) {
        constraint->deferrable =
            change->constraint->deferrable || change->constraint->initially_deferred;
        constraint->initially_deferred = change->constraint->initially_deferred;
    }
    constraint->no_inherit = change->constraint->no_inherit;

    bool enforced = !change->constraint->not_enforced;

    if (enforced && !constraint->enforced)
        constraint->validated_at = mig_replay_made(replay);
    if (enforced != constraint->enforced)
        constraint->validated = enforced;
    constraint->enforced = enforced;
}

void
mig_replay_rename_constraint(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL || change->to.name == NULL)
        return;

    MigTableConstraint *constraint = mig_store_constraint(table, change->name.name);

    if (constraint == NULL) {
        for (guint i = 0; i < table->columns->len; i++) {
            MigTableColumn *column = table->columns->pdata[i];

            if (g_strcmp0(column->not_null_name, change->name.name) == 0)
                column->not_null_name = mig_arena_strdup(table->arena, change->to.name);
        }
        return;
    }

    MigTableIndex *index = mig_store_index(table, constraint->index);

    mig_store_rename_constraint(replay->catalog, table, constraint, change->to.name);
    if (index != NULL) {
        mig_store_rename_index(replay->catalog, table, index, change->to.name);
        index->constraint = constraint->name;
        constraint->index = index->name;
    }
    for (guint i = 0; i < table->children->len; i++) {
        MigTable *child = table->children->pdata[i];
        MigTableConstraint *own = mig_store_constraint(child, change->name.name);

        if (own == NULL || !own->inherited || own->kind != MIG_CONSTRAINT_CHECK)
            continue;
        mig_store_touch(replay->catalog, child, replay->now);
        mig_store_rename_constraint(replay->catalog, child, own, change->to.name);
    }
}
