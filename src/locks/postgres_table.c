/* SPDX-License-Identifier: MIT */
/* Tables on PostgreSQL as wholes: made, renamed, moved, given options and owners. */
#include <string.h>

#include "locks/postgres.h"

static void
make_keys(MigWork *work, const MigChange *change)
{
    const MigCreateTable *made = change->create_table;

    for (size_t i = 0; i < made->n_constraints; i++) {
        const MigConstraint *key = &made->constraints[i];
        if (key->kind == MIG_CONSTRAINT_FOREIGN_KEY)
            mig_postgres_add_key(work, NULL, key, false);
    }
    for (size_t i = 0; i < made->n_columns; i++) {
        const MigColumn *column = &made->columns[i];
        for (size_t j = 0; j < column->n_constraints; j++) {
            if (column->constraints[j].kind == MIG_CONSTRAINT_FOREIGN_KEY)
                mig_postgres_add_key(work, NULL, &column->constraints[j], false);
        }
    }
}

void
mig_postgres_create_table(MigWork *work, const MigChange *change)
{
    const MigCreateTable *made = change->create_table;
    const MigTable *parent = NULL;

    if (made == NULL)
        return;
    if (!change->temporary &&
        mig_catalog_table(work->catalog, &change->table, NULL) == MIG_LOOKUP_FOUND) {
        if (!change->if_not_exists)
            mig_work_refuse(work, "42P07", "relation \"%s\" already exists", change->table.name);
        return;
    }
    mig_work_makes(work, &change->table);
    for (size_t i = 0; i < made->n_inherits; i++) {
        parent = mig_work_table(work, &made->inherits[i], false);
        if (parent != NULL)
            mig_work_lock(work, parent, SUX);
    }
    for (size_t i = 0; i < made->n_likes; i++) {
        parent = mig_work_table(work, &made->likes[i].table, false);
        if (parent != NULL)
            mig_work_lock(work, parent, AS);
    }
    if (made->partition_of.name != NULL) {
        parent = mig_work_table(work, &made->partition_of, false);
        if (parent != NULL)
            mig_postgres_new_partition(work, parent, &made->bound);
    }
    make_keys(work, change);
    if (made->query != NULL)
        mig_postgres_query(work, made->query, made->with_data);
}

/* Actions that are done with their lock. */
void
mig_postgres_alter_table(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, change->parent_if_exists);
    bool recurses = change->kind == MIG_CHANGE_ENABLE_TRIGGER;
    g_autoptr(GPtrArray) tables = NULL;

    if (table == NULL)
        return;
    tables =
        mig_work_tree(table, change->only || !recurses || table->kind != MIG_RELATION_PARTITIONED);
    mig_postgres_lock_all(work, tables, mig_postgres_level(work, change));
}

void
mig_postgres_set_persistence(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_postgres_target(work, change);

    if (table == NULL || (!table->assumed && table->unlogged == !change->on)) {
        if (table != NULL)
            mig_work_because(work, "the table is as it is to be already");
        return;
    }
    mig_postgres_rewrite(work, table);
    mig_work_because(work, "the table and its indexes are copied");
}

/* A copy of the files, block by block: no row is looked at. */
static void
move_table(MigWork *work, const MigTable *table, const char *space, MigLockMode mode)
{
    const char *now = table->tablespace != NULL ? table->tablespace : "pg_default";

    mig_work_lock(work, table, mode);
    if (!table->assumed && g_strcmp0(now, space) == 0)
        return;
    mig_work_rewrite(work, table);
    mig_work_because(work, "the table's files are copied");
}

static void
move_index(MigWork *work, const MigChange *change)
{
    const MigTableIndex *index = NULL;
    const MigName *name = change->name.name != NULL ? &change->name : &change->table;
    const MigTable *table = mig_postgres_index_of(work, name, change->parent_if_exists, &index);

    if (table == NULL)
        return;
    mig_work_lock_index(work, table, index, AX);
    if (g_strcmp0(index->tablespace != NULL ? index->tablespace : "pg_default", change->to.name) ==
        0)
        return;
    mig_work_rebuild(work, table, index);
    mig_work_because(work, "the index's files are copied, and every query of its table needs it");
}

/* ALTER TABLE ALL IN TABLESPACE: `name` is where from, `text` the owners, if any were named. */
static void
move_all(MigWork *work, const MigChange *change)
{
    g_autoptr(GPtrArray) tables = mig_work_all_tables(work);
    const char *from = change->name.name;

    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        const char *space = table->tablespace != NULL ? table->tablespace : "pg_default";
        bool right_kind =
            change->object_type == MIG_TYPE_OF_MATERIALIZED_VIEW
                ? table->kind == MIG_RELATION_MATERIALIZED_VIEW
                : table->kind == MIG_RELATION_TABLE || table->kind == MIG_RELATION_PARTITIONED;

        if (g_strcmp0(space, from) != 0)
            continue;
        if (change->object_type == MIG_TYPE_OF_INDEX) {
            for (guint j = 0; j < table->indexes->len; j++) {
                const MigTableIndex *index = g_ptr_array_index(table->indexes, j);
                mig_work_lock_index(work, table, index, AX);
                mig_work_rebuild(work, table, index);
            }
        } else if (right_kind) {
            move_table(work, table, change->to.name, AX);
        }
    }
}

void
mig_postgres_set_tablespace(MigWork *work, const MigChange *change)
{
    const MigTable *table = NULL;
    const MigTableIndex *index = NULL;

    if (change->table.name == NULL && change->name.name != NULL &&
        mig_catalog_index(work->catalog, &change->name, NULL, &table, &index) != MIG_LOOKUP_FOUND) {
        move_all(work, change);
        return;
    }
    if (change->object_type == MIG_TYPE_OF_INDEX) {
        move_index(work, change);
        return;
    }
    table = mig_work_table(work, &change->table, change->parent_if_exists);
    if (table != NULL)
        move_table(work, table, change->to.name, mig_postgres_level(work, change));
}

void
mig_postgres_set_access_method(MigWork *work, const MigChange *change)
{
    const MigTable *table = NULL;
    const char *now = NULL;

    if (work->major < 15) {
        mig_work_refuse(work, "42601", "SET ACCESS METHOD needs PostgreSQL 15");
        return;
    }
    table = mig_postgres_target(work, change);
    if (table == NULL)
        return;
    now = table->access_method != NULL ? table->access_method : "heap";
    if (!table->assumed && g_strcmp0(now, change->to.name != NULL ? change->to.name : "heap") == 0)
        return;
    mig_postgres_rewrite(work, table);
}

void
mig_postgres_replica_identity(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_postgres_target(work, change);
    const MigTableIndex *index = NULL;

    if (table == NULL || change->to.name == NULL)
        return;
    index = mig_table_index(table, change->to.name);
    if (index != NULL)
        mig_work_lock_index(work, table, index, S);
    else if (table->columns_known && !table->assumed)
        mig_work_refuse(work, "42704", "index \"%s\" for table \"%s\" does not exist",
                        change->to.name, table->name);
}

static bool
is_relation(MigObjectType type)
{
    return type == MIG_TYPE_OF_TABLE || type == MIG_TYPE_OF_VIEW ||
           type == MIG_TYPE_OF_MATERIALIZED_VIEW || type == MIG_TYPE_OF_FOREIGN_TABLE;
}

/* RENAME TO, and SET SCHEMA, of what is named like a table. */
void
mig_postgres_rename(MigWork *work, const MigChange *change)
{
    const MigName *name = change->table.name != NULL ? &change->table : &change->name;
    bool if_exists = change->parent_if_exists || change->if_exists;
    const MigTable *table = NULL;

    if (change->kind == MIG_CHANGE_SET_SCHEMA && !is_relation(change->object_type)) {
        if (change->object_type == MIG_TYPE_OF_SEQUENCE)
            mig_postgres_lock_sequence(work, name, AX);
        return;
    }
    table = mig_work_table(work, name, if_exists);
    if (table == NULL)
        return;
    mig_work_lock(work, table, AX);
    if (change->kind == MIG_CHANGE_RENAME_TABLE && change->to.name != NULL) {
        const MigName whole = {.schema = table->schema, .name = change->to.name};
        if (mig_catalog_table(work->catalog, &whole, NULL) == MIG_LOOKUP_FOUND)
            mig_work_refuse(work, "42P07", "relation \"%s\" already exists", whole.name);
    }
}

void
mig_postgres_set_owner(MigWork *work, const MigChange *change)
{
    const MigName *name = change->table.name != NULL ? &change->table : &change->name;
    const MigTable *table = NULL;

    if (!is_relation(change->object_type))
        return;
    table = mig_work_table(work, name, change->parent_if_exists || change->if_exists);
    if (table == NULL)
        return;
    mig_work_lock(work, table, MAX(AX, work->alter));
    if (table->owner == NULL || g_strcmp0(table->owner, change->text) != 0)
        mig_work_lock_indexes(work, table, AX);
}
