/* SPDX-License-Identifier: MIT */
/* Partitions and inheritance on PostgreSQL: attached, detached, made, and what is read for it. */
#include <string.h>

#include "locks/postgres.h"

/* Rows of the default partition may belong to the new one: it is read to see that none does. */
static void
check_default(MigWork *work, const MigTable *parent, const MigTable *besides, const MigBound *bound)
{
    const MigTable *rest = mig_table_default_partition(parent);
    g_autoptr(GPtrArray) tables = NULL;

    if (rest == NULL || rest == besides || bound == NULL || bound->kind == MIG_BOUND_DEFAULT)
        return;
    tables = mig_work_tree(rest, false);
    mig_postgres_lock_all(work, tables, AX);
    if (mig_postgres_proves_outside(rest, parent, bound))
        return;
    for (guint i = 0; i < tables->len; i++)
        mig_work_scan(work, g_ptr_array_index(tables, i));
    mig_work_because(work, "the default partition %s is read for rows that belong here",
                     rest->name);
}

static bool
has_same_key(const MigTable *table, const MigTableConstraint *key)
{
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *other = g_ptr_array_index(table->constraints, i);
        bool same = other->kind == MIG_CONSTRAINT_FOREIGN_KEY && other->validated &&
                    g_strcmp0(other->ref_table, key->ref_table) == 0 &&
                    g_strcmp0(other->ref_schema, key->ref_schema) == 0 &&
                    other->n_columns == key->n_columns && other->on_delete == key->on_delete &&
                    other->on_update == key->on_update && other->deferrable == key->deferrable;
        for (size_t j = 0; same && j < key->n_columns; j++)
            same = g_strcmp0(other->columns[j], key->columns[j]) == 0;
        if (same)
            return true;
    }
    return false;
}

/* The parent's foreign keys become the partition's. */
static void
clone_keys(MigWork *work, const MigTable *parent, const MigTable *part)
{
    for (guint i = 0; i < parent->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(parent->constraints, i);
        const MigTable *referenced = NULL;

        if (key->kind != MIG_CONSTRAINT_FOREIGN_KEY)
            continue;
        referenced = mig_postgres_parent(work, key);
        if (referenced == NULL)
            continue;
        mig_work_lock(work, referenced, SRX);
        if (part != NULL && !has_same_key(part, key)) {
            mig_postgres_check_key(work, part, referenced);
            mig_work_because(work, "every row of %s is looked up in %s", part->name,
                             referenced->name);
        }
    }
}

static void
attach_indexes(MigWork *work, const MigTable *parent, const MigTable *part)
{
    for (guint i = 0; i < parent->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(parent->indexes, i);
        mig_work_lock_index(work, parent, index, work->major >= 12 ? SUX : AX);
        if (part == NULL || mig_postgres_matching_index(part, index->parts, index->n_parts,
                                                        index->unique, index->method) != NULL)
            continue;
        mig_work_scan(work, part);
        mig_work_because(work, "an index like %s is built on %s while it is locked", index->name,
                         part->name);
    }
}

void
mig_postgres_attach(MigWork *work, const MigChange *change)
{
    const MigTable *parent = mig_work_table(work, &change->table, change->parent_if_exists);
    const MigTable *part = mig_work_table(work, &change->to, false);
    g_autoptr(GPtrArray) tables = NULL;

    if (parent != NULL)
        mig_work_lock(work, parent, work->major >= 12 ? SUX : AX);
    if (parent == NULL || part == NULL)
        return;
    mig_work_lock(work, part, AX);
    if (!parent->assumed && parent->kind != MIG_RELATION_PARTITIONED) {
        mig_work_refuse(work, "42809", "\"%s\" is not partitioned", parent->name);
        return;
    }
    if (part->is_partition) {
        mig_work_refuse(work, "42809", "\"%s\" is already a partition", part->name);
        return;
    }
    tables = mig_work_tree(part, false);
    mig_postgres_lock_all(work, tables, AX);
    check_default(work, parent, part, change->bound);
    attach_indexes(work, parent, part);
    if (!mig_postgres_proves_inside(part, parent, change->bound)) {
        for (guint i = 0; i < tables->len; i++)
            mig_work_scan(work, g_ptr_array_index(tables, i));
        mig_work_because(work,
                         "no valid CHECK proves that all rows of %s belong there: they are read",
                         part->name);
    }
    clone_keys(work, parent, part);
}

/* Whoever references the parent may reference rows that are leaving. */
static void
release_references(MigWork *work, const MigTable *parent, const MigTable *part)
{
    g_autoptr(GArray) keys = mig_work_keys_to(work, parent);

    for (guint i = 0; i < keys->len; i++) {
        const MigWorkKey *key = &g_array_index(keys, MigWorkKey, i);
        mig_work_lock(work, key->child, AX);
        mig_work_lock(work, part, AX);
        mig_work_scan(work, key->child);
        mig_work_scan(work, part);
        for (guint j = 0; j < part->indexes->len; j++) {
            const MigTableIndex *index = g_ptr_array_index(part->indexes, j);
            bool used = index->unique && index->n_parts == key->key->n_ref_columns;
            for (size_t k = 0; used && k < index->n_parts; k++)
                used = index->parts[k].column != NULL &&
                       mig_work_has_name(key->key->ref_columns, key->key->n_ref_columns,
                                         index->parts[k].column);
            if (used)
                mig_work_lock_index(work, part, index, AX);
        }
        mig_work_because(work, "%s is read for rows that reference %s", key->child->name,
                         part->name);
    }
}

void
mig_postgres_detach(MigWork *work, const MigChange *change)
{
    const MigTable *parent = NULL, *part = NULL, *rest = NULL;

    if (change->concurrently && work->major < 14) {
        mig_work_refuse(work, "42601", "DETACH PARTITION CONCURRENTLY needs PostgreSQL 14");
        return;
    }
    parent = mig_work_table(work, &change->table, change->parent_if_exists);
    part = mig_work_table(work, &change->to, false);
    if (parent != NULL)
        mig_work_lock(work, parent,
                      change->concurrently || g_strcmp0(change->text, "finalize") == 0 ? SUX : AX);
    if (parent == NULL || part == NULL)
        return;
    rest = mig_table_default_partition(parent);
    if (change->concurrently && rest != NULL) {
        mig_work_refuse(work, "55000",
                        "cannot detach partitions concurrently when a default partition exists");
        return;
    }
    if (!part->assumed && !parent->assumed && !part->is_partition) {
        mig_work_refuse(work, "42P01", "relation \"%s\" is not a partition of relation \"%s\"",
                        part->name, parent->name);
        return;
    }
    mig_work_lock(work, part, work->major <= 13 ? SUX : AX);
    if (rest != NULL)
        mig_work_lock(work, rest, AX);
    work->impact->waits_for_others = change->concurrently;
    clone_keys(work, parent, NULL);
    release_references(work, parent, part);
}

void
mig_postgres_new_partition(MigWork *work, const MigTable *parent, const MigBound *bound)
{
    mig_work_lock(work, parent, AX);
    if (!parent->assumed && parent->kind != MIG_RELATION_PARTITIONED) {
        mig_work_refuse(work, "42809", "\"%s\" is not partitioned", parent->name);
        return;
    }
    check_default(work, parent, NULL, bound);
    attach_indexes(work, parent, NULL);
    clone_keys(work, parent, NULL);
}

/* MERGE and SPLIT PARTITION (19): rows are copied to new partitions under the strongest lock. */
void
mig_postgres_partitions(MigWork *work, const MigChange *change)
{
    const MigTable *parent = NULL;

    if (work->major < 19) {
        mig_work_refuse(work, "42601", "MERGE and SPLIT PARTITION need PostgreSQL 19");
        return;
    }
    parent = mig_work_table(work, &change->table, change->parent_if_exists);
    if (parent == NULL)
        return;
    mig_work_lock(work, parent, AX);
    for (size_t i = 0; i < change->n_partitions; i++) {
        const MigTable *part = NULL;
        if (mig_catalog_table(work->catalog, &change->partitions[i].name, &part) !=
            MIG_LOOKUP_FOUND)
            continue;
        mig_work_lock(work, part, AX);
        mig_work_scan(work, part);
    }
    if (change->to.name != NULL) {
        const MigTable *part = mig_work_table(work, &change->to, true);
        if (part != NULL) {
            mig_work_lock(work, part, AX);
            mig_work_scan(work, part);
        }
    }
    mig_work_because(work, "rows are copied into the new partitions");
}

void
mig_postgres_inherit(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_postgres_target(work, change);
    const MigTable *parent = mig_work_table(work, &change->to, false);

    if (table != NULL && parent != NULL)
        mig_work_lock(work, parent, change->on ? SUX : AS);
}
