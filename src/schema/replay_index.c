/* SPDX-License-Identifier: MIT */
/* Indexes, and those of partitions that come and go with them. */
#include <string.h>

#include "schema/copy.h"
#include "schema/naming.h"
#include "schema/replay.h"
#include "schema/session.h"

MigTableIndex *
mig_replay_new_index(MigReplay *replay, MigTable *table, const char *name, const MigKeyPart *parts,
                     size_t n_parts)
{
    MigTableIndex *index = mig_arena_new0(table->arena, MigTableIndex, 1);

    index->name = mig_arena_strdup(table->arena, name);
    index->name_known = true;
    index->parts = mig_copy_key_parts(table->arena, parts, n_parts);
    index->n_parts = n_parts;
    index->method = "btree";
    index->valid = true;
    index->made = mig_replay_made(replay);
    index->visibility_set = index->made;
    return index;
}

static MigTableIndex *
build_index(MigReplay *replay, MigTable *table, const MigIndex *said)
{
    g_autofree char *made = NULL;
    const char *name = said->name.name;

    if (name == NULL) {
        g_autofree char *addition =
            mig_naming_join_parts(said->parts, said->n_parts, said->include, said->n_include);

        made = mig_naming_postgres(replay->catalog, table->schema, table->name, addition, "idx",
                                   false);
        name = made;
    }

    MigTableIndex *index = mig_replay_new_index(replay, table, name, said->parts, said->n_parts);

    index->name_made = made != NULL;
    index->name_known = made == NULL || table->columns_known;
    index->include = mig_copy_strings(table->arena, said->include, said->n_include);
    index->n_include = said->n_include;
    index->where = mig_copy_expr(table->arena, said->where);
    if (said->method != NULL)
        index->method = mig_arena_strdup(table->arena, said->method);
    index->tablespace = mig_arena_strdup(table->arena, said->tablespace);
    index->unique = said->unique;
    index->nulls_not_distinct = said->nulls_not_distinct;
    index->invisible = said->invisible;
    return index;
}

static bool
same_expr(const MigExpr *a, const MigExpr *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (a->kind != b->kind || g_strcmp0(a->text, b->text) != 0 ||
        g_strcmp0(a->name, b->name) != 0 || a->n_args != b->n_args)
        return false;
    for (size_t i = 0; i < a->n_args; i++) {
        if (!same_expr(a->args[i], b->args[i]))
            return false;
    }
    return true;
}

/* Whether a partition's own index can stand for its parent's. */
static bool
is_alike(const MigTableIndex *a, const MigTableIndex *b)
{
    if (a->n_parts != b->n_parts || a->unique != b->unique || a->n_include != b->n_include ||
        strcmp(a->method, b->method) != 0 || !same_expr(a->where, b->where) ||
        (a->constraint != NULL && b->constraint == NULL) || (a->primary != b->primary))
        return false;
    for (size_t i = 0; i < a->n_parts; i++) {
        if (g_strcmp0(a->parts[i].column, b->parts[i].column) != 0 ||
            !same_expr(a->parts[i].expr, b->parts[i].expr) ||
            a->parts[i].descending != b->parts[i].descending)
            return false;
    }
    return true;
}

static MigTableIndex *
find_alike(const MigTable *child, const MigTableIndex *index)
{
    for (guint i = 0; i < child->indexes->len; i++) {
        MigTableIndex *own = child->indexes->pdata[i];

        if (own->parent == NULL && is_alike(index, own))
            return own;
    }
    return NULL;
}

static const char *
label_of(const MigTable *table, const MigTableIndex *index)
{
    const MigTableConstraint *constraint = mig_store_constraint(table, index->constraint);

    if (index->primary)
        return "pkey";
    if (constraint == NULL)
        return "idx";
    return constraint->kind == MIG_CONSTRAINT_EXCLUDE ? "excl" : "key";
}

void
mig_replay_index_partition(MigReplay *replay, MigTable *parent, MigTableIndex *index,
                           MigTable *child)
{
    g_autofree char *qualified = mig_store_qualify(parent->schema, index->name);
    MigTableIndex *own = find_alike(child, index);

    mig_store_touch(replay->catalog, child, replay->now);
    if (own == NULL) {
        const char *label = label_of(parent, index);
        g_autofree char *addition = index->primary
                                        ? NULL
                                        : mig_naming_join_parts(index->parts, index->n_parts,
                                                                index->include, index->n_include);
        g_autofree char *name = mig_naming_postgres(replay->catalog, child->schema, child->name,
                                                    addition, label, index->constraint != NULL);

        own = mig_copy_index(child->arena, index);
        own->name = mig_arena_strdup(child->arena, name);
        own->name_made = true;
        own->made = mig_replay_made(replay);
        own->valid = true;
        if (index->constraint != NULL) {
            const MigTableConstraint *key = mig_store_constraint(parent, index->constraint);
            MigTableConstraint *copy = key == NULL ? NULL : mig_copy_constraint(child->arena, key);

            own->constraint = own->name;
            if (copy != NULL) {
                copy->name = own->name;
                copy->name_made = true;
                copy->index = own->name;
                copy->inherited = true;
                copy->made = own->made;
                mig_store_add_constraint(replay->catalog, child, copy);
            }
        }
        mig_store_add_index(replay->catalog, child, own);
    }
    own->parent = mig_arena_strdup(child->arena, qualified);
    mig_replay_index_partitions(replay, child, own);
}

void
mig_replay_index_partitions(MigReplay *replay, MigTable *table, MigTableIndex *index)
{
    if (table->kind != MIG_RELATION_PARTITIONED)
        return;
    for (guint i = 0; i < table->children->len; i++)
        mig_replay_index_partition(replay, table, index, table->children->pdata[i]);
}

static void
create_mysql_index(MigReplay *replay, MigTable *table, const MigChange *change)
{
    MigTableIndex *old = mig_store_index(table, change->index->name.name);

    if (old != NULL && !change->or_replace)
        return;
    if (old != NULL)
        mig_replay_remove_index(replay, table, old);
    mig_replay_mysql_index(replay, table, change->index);
}

void
mig_replay_create_index(MigReplay *replay, const MigChange *change)
{
    MigCatalog *catalog = replay->catalog;
    const MigIndex *said = change->index;
    MigName on = change->table;

    if (said == NULL)
        return;
    /* SQLite writes the schema before the index's name, and the table is in the same one. */
    if (MIG_IS_SQLITE(catalog) && on.schema == NULL)
        on.schema = said->name.schema != NULL ? said->name.schema : change->name.schema;

    MigTable *table = mig_replay_table(replay, &on);

    if (table == NULL || mig_replay_is_full(table))
        return;
    if (MIG_IS_MYSQL(catalog)) {
        create_mysql_index(replay, table, change);
        return;
    }
    if (said->name.name != NULL && mig_store_name_taken(catalog, table->schema, said->name.name))
        return;

    bool nested = replay->nested;

    replay->nested = nested || (change->if_not_exists && !table->columns_known);

    MigTableIndex *index = build_index(replay, table, said);

    mig_store_add_index(catalog, table, index);
    if (change->only && table->kind == MIG_RELATION_PARTITIONED)
        index->valid = table->children->len == 0;
    else
        mig_replay_index_partitions(replay, table, index);
    replay->nested = nested;
}

void
mig_replay_remove_index(MigReplay *replay, MigTable *table, MigTableIndex *index)
{
    g_autofree char *qualified = mig_store_qualify(table->schema, index->name);
    MigTableConstraint *constraint = mig_store_constraint(table, index->constraint);

    mig_store_touch(replay->catalog, table, replay->now);
    mig_store_remove_index(replay->catalog, table, index);
    if (constraint != NULL && constraint->index != NULL && index->constraint != NULL)
        mig_store_remove_constraint(replay->catalog, table, constraint);
    if (index->replica_identity)
        table->replica_identity = 'i';
    for (guint c = 0; c < table->children->len; c++) {
        MigTable *child = table->children->pdata[c];

        for (guint i = child->indexes->len; i-- > 0;) {
            MigTableIndex *own = child->indexes->pdata[i];

            if (g_strcmp0(own->parent, qualified) == 0)
                mig_replay_remove_index(replay, child, own);
        }
    }
}

/* The index that a change names, and its table. */
static MigTableIndex *
find(MigReplay *replay, const MigChange *change, MigTable **out_table)
{
    MigTable *table = NULL;

    if (change->table.name != NULL)
        table = mig_replay_table(replay, &change->table);
    else if (change->name.name != NULL && !MIG_IS_MYSQL(replay->catalog))
        table = mig_session_index(replay->catalog, change->name.schema, change->name.name);
    if (table == NULL)
        return NULL;
    *out_table = table;
    return mig_store_index(table, change->name.name);
}

void
mig_replay_drop_index(MigReplay *replay, const MigChange *change)
{
    MigTable *table = NULL;
    MigTableIndex *index = find(replay, change, &table);

    if (index == NULL || (index->constraint != NULL && !MIG_IS_MYSQL(replay->catalog)))
        return;

    bool key = MIG_IS_POSTGRES(replay->catalog) && index->unique && index->where == NULL;
    g_autofree const char **columns = g_new0(const char *, index->n_parts + 1);

    for (size_t i = 0; i < index->n_parts; i++) {
        columns[i] = index->parts[i].column;
        key = key && columns[i] != NULL;
    }
    size_t n_columns = index->n_parts;

    mig_replay_remove_index(replay, table, index);
    if (key)
        mig_replay_drop_references(replay, table, columns, n_columns);
}

void
mig_replay_rename_index(MigReplay *replay, const MigChange *change)
{
    MigTable *table = NULL;
    MigTableIndex *index = find(replay, change, &table);

    if (index == NULL || change->to.name == NULL)
        return;

    MigTableConstraint *constraint = mig_store_constraint(table, index->constraint);
    g_autofree char *old = mig_store_qualify(table->schema, index->name);
    g_autofree char *renamed = mig_store_qualify(table->schema, change->to.name);

    mig_store_touch(replay->catalog, table, replay->now);
    mig_store_rename_index(replay->catalog, table, index, change->to.name);
    if (constraint != NULL) {
        mig_store_rename_constraint(replay->catalog, table, constraint, change->to.name);
        constraint->index = index->name;
        index->constraint = constraint->name;
    }
    for (guint c = 0; c < table->children->len; c++) {
        MigTable *child = table->children->pdata[c];

        for (guint i = 0; i < child->indexes->len; i++) {
            MigTableIndex *own = child->indexes->pdata[i];

            if (g_strcmp0(own->parent, old) == 0)
                own->parent = mig_arena_strdup(child->arena, renamed);
        }
    }
}

void
mig_replay_alter_index(MigReplay *replay, const MigChange *change)
{
    MigTable *table = NULL;
    MigTableIndex *index = find(replay, change, &table);

    if (index == NULL || change->kind != MIG_CHANGE_INDEX_VISIBILITY)
        return;
    mig_store_touch(replay->catalog, table, replay->now);
    index->invisible = !change->on;
    index->visibility_set = mig_replay_made(replay);
}

/* Whether every partition has an index attached to it. */
static bool
is_covered(const MigTable *table, const MigTableIndex *index)
{
    g_autofree char *qualified = mig_store_qualify(table->schema, index->name);

    for (guint c = 0; c < table->children->len; c++) {
        const MigTable *child = table->children->pdata[c];
        bool attached = false;

        for (guint i = 0; !attached && i < child->indexes->len; i++) {
            const MigTableIndex *own = child->indexes->pdata[i];

            attached = own->valid && g_strcmp0(own->parent, qualified) == 0;
        }
        if (!attached)
            return false;
    }
    return true;
}

void
mig_replay_attach_index(MigReplay *replay, const MigChange *change)
{
    MigTable *parent = NULL;
    MigTableIndex *index = find(replay, change, &parent);

    if (index == NULL || change->to.name == NULL)
        return;

    MigTable *child = mig_session_index(replay->catalog, change->to.schema, change->to.name);
    MigTableIndex *own = child == NULL ? NULL : mig_store_index(child, change->to.name);

    if (own == NULL)
        return;

    g_autofree char *qualified = mig_store_qualify(parent->schema, index->name);

    mig_store_touch(replay->catalog, child, replay->now);
    mig_store_touch(replay->catalog, parent, replay->now);
    own->parent = mig_arena_strdup(child->arena, qualified);
    index->valid = index->valid || is_covered(parent, index);
}
