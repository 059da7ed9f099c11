/* SPDX-License-Identifier: MIT */
/* DROP COLUMN, and what goes silently with a column. */
#include <string.h>

#include "schema/copy.h"
#include "schema/replay.h"

static bool
has_column(const MigTable *table, const char *const *columns, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (mig_names_equal(table->engine, columns[i], name))
            return true;
    }
    return false;
}

static bool
index_names(const MigTable *table, const MigTableIndex *index, const char *name)
{
    for (size_t i = 0; i < index->n_parts; i++) {
        if (mig_names_equal(table->engine, index->parts[i].column, name) ||
            (index->parts[i].expr != NULL && mig_expr_mentions(index->parts[i].expr, name)))
            return true;
    }
    return has_column(table, index->include, index->n_include, name) ||
           (index->where != NULL && mig_expr_mentions(index->where, name));
}

/* PostgreSQL drops what names the column, as much as it may name besides. */
static void
drop_with_column(MigReplay *replay, MigTable *table, const char *name)
{
    for (guint i = table->constraints->len; i-- > 0;) {
        MigTableConstraint *constraint = table->constraints->pdata[i];

        if (has_column(table, constraint->columns, constraint->n_columns, name))
            mig_replay_remove_own_constraint(replay, table, constraint);
        i = MIN(i, table->constraints->len);
    }
    for (guint i = table->indexes->len; i-- > 0;) {
        MigTableIndex *index = table->indexes->pdata[i];

        if (index_names(table, index, name))
            mig_replay_remove_index(replay, table, index);
        i = MIN(i, table->indexes->len);
    }
}

/* Foreign keys of others that name the column: CASCADE. */
static void
drop_references(MigReplay *replay, MigTable *table, const char *name)
{
    g_autoptr(GPtrArray) users = mig_store_users(replay->catalog, table->schema, table->name);

    for (guint i = 0; i < users->len; i++) {
        MigTable *child = users->pdata[i];

        for (guint c = child->constraints->len; c-- > 0;) {
            MigTableConstraint *key = child->constraints->pdata[c];

            if (key->ref_table == NULL || strcmp(key->ref_table, table->name) != 0 ||
                strcmp(key->ref_schema, table->schema) != 0 ||
                !has_column(table, key->ref_columns, key->n_ref_columns, name))
                continue;
            mig_store_touch(replay->catalog, child, replay->now);
            mig_store_remove_constraint(replay->catalog, child, key);
        }
    }
}

static void
drop_triggers_of(MigTable *table, const char *name)
{
    for (guint i = table->triggers->len; i-- > 0;) {
        const MigTableTrigger *trigger = table->triggers->pdata[i];

        if (has_column(table, trigger->columns, trigger->n_columns, name))
            g_ptr_array_remove_index(table->triggers, i);
    }
}

/* MySQL takes the column out of each index; the index goes with its last one. */
static void
shrink_indexes(MigReplay *replay, MigTable *table, const char *name)
{
    for (guint i = table->indexes->len; i-- > 0;) {
        MigTableIndex *index = table->indexes->pdata[i];
        MigTableConstraint *key = mig_store_constraint(table, index->constraint);
        size_t kept = 0;

        for (size_t p = 0; p < index->n_parts; p++) {
            if (!mig_names_equal(table->engine, index->parts[p].column, name))
                index->parts[kept++] = index->parts[p];
        }
        if (kept == index->n_parts)
            continue;
        index->n_parts = kept;
        if (kept == 0) {
            mig_replay_remove_index(replay, table, index);
            continue;
        }
        for (size_t c = 0; key != NULL && c < key->n_columns; c++) {
            if (!mig_names_equal(table->engine, key->columns[c], name))
                continue;
            memmove(&key->columns[c], &key->columns[c + 1],
                    (key->n_columns - c - 1) * sizeof *key->columns);
            key->n_columns--;
        }
    }
}

/* Checks of the column alone: MariaDB and MySQL drop these; SQLite those that stand with it, and its
 * references. What names other columns, too, is in the way of the statement. */
static void
drop_own_constraints(MigReplay *replay, MigTable *table, const char *name)
{
    for (guint i = table->constraints->len; i-- > 0;) {
        MigTableConstraint *constraint = table->constraints->pdata[i];
        bool of_it = has_column(table, constraint->columns, constraint->n_columns, name);

        if (of_it && constraint->n_columns == 1 &&
            (constraint->kind == MIG_CONSTRAINT_CHECK ||
             (MIG_IS_SQLITE(replay->catalog) && constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY)))
            mig_store_remove_constraint(replay->catalog, table, constraint);
    }
}

void
mig_replay_remove_column(MigReplay *replay, MigTable *table, MigTableColumn *column)
{
    const char *name = column->name;

    mig_store_touch(replay->catalog, table, replay->now);
    if (MIG_IS_POSTGRES(replay->catalog)) {
        drop_references(replay, table, name);
        drop_with_column(replay, table, name);
        drop_triggers_of(table, name);
        mig_replay_drop_views_of(replay, table, name);
        mig_store_remove_sequence_of(replay->catalog, column);
    } else {
        if (MIG_IS_MYSQL(replay->catalog))
            shrink_indexes(replay, table, name);
        drop_own_constraints(replay, table, name);
    }
    g_ptr_array_remove(table->columns, column);
    /* Generated columns that are computed from it: CASCADE. */
    for (guint i = table->columns->len; MIG_IS_POSTGRES(replay->catalog) && i-- > 0;) {
        /* One that went may have taken others along. */
        if (i >= table->columns->len)
            continue;

        MigTableColumn *other = table->columns->pdata[i];

        if (other->generated_as != NULL && mig_expr_mentions(other->generated_as, name))
            mig_replay_remove_column(replay, table, other);
    }
    for (guint i = 0; i < table->children->len; i++) {
        MigTable *child = table->children->pdata[i];
        MigTableColumn *own = mig_store_column(child, name);

        if (own == NULL || !own->inherited)
            continue;
        if (own->local || child->parents->len > 1)
            own->inherited = child->parents->len > 1;
        else
            mig_replay_remove_column(replay, child, own);
    }
}

void
mig_replay_drop_column(MigReplay *replay, const MigChange *change)
{
    MigTable *table = mig_replay_table(replay, &change->table);

    if (table == NULL)
        return;

    MigTableColumn *column = mig_store_column(table, change->name.name);

    if (column == NULL) {
        /* Views may read a column that isn't known, too. */
        if (MIG_IS_POSTGRES(replay->catalog) && !table->columns_known && change->cascade &&
            change->name.name != NULL)
            mig_replay_drop_views_of(replay, table, change->name.name);
        return;
    }
    if (change->only) {
        for (guint i = 0; i < table->children->len; i++) {
            MigTableColumn *own = mig_store_column(table->children->pdata[i], column->name);

            if (own != NULL) {
                own->inherited = false;
                own->local = true;
            }
        }
    }
    mig_replay_remove_column(replay, table, column);
}
