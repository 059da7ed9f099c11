/* SPDX-License-Identifier: MIT */
/* The lock that ALTER TABLE takes, which is that of its strongest action, and on which tables. */
#include <string.h>

#include "locks/postgres.h"

/* PostgreSQL 18, "ALTER TABLE"; what isn't here isn't an action that can stand beside others. */
static const MigLockMode levels[] = {
    [MIG_CHANGE_ADD_COLUMN] = AX,
    [MIG_CHANGE_DROP_COLUMN] = AX,
    [MIG_CHANGE_ALTER_TYPE] = AX,
    [MIG_CHANGE_SET_DEFAULT] = AX,
    [MIG_CHANGE_DROP_DEFAULT] = AX,
    [MIG_CHANGE_SET_NOT_NULL] = AX,
    [MIG_CHANGE_DROP_NOT_NULL] = AX,
    [MIG_CHANGE_ADD_IDENTITY] = AX,
    [MIG_CHANGE_SET_IDENTITY] = AX,
    [MIG_CHANGE_DROP_IDENTITY] = AX,
    [MIG_CHANGE_SET_EXPRESSION] = AX,
    [MIG_CHANGE_DROP_EXPRESSION] = AX,
    [MIG_CHANGE_COLUMN_OPTIONS] = AX,
    [MIG_CHANGE_ADD_CONSTRAINT] = AX,
    [MIG_CHANGE_VALIDATE_CONSTRAINT] = SUX,
    [MIG_CHANGE_ALTER_CONSTRAINT] = AX,
    [MIG_CHANGE_DROP_CONSTRAINT] = AX,
    [MIG_CHANGE_TABLE_OPTIONS] = SUX,
    [MIG_CHANGE_SET_PERSISTENCE] = AX,
    [MIG_CHANGE_SET_TABLESPACE] = AX,
    [MIG_CHANGE_SET_ACCESS_METHOD] = AX,
    [MIG_CHANGE_SET_OWNER] = AX,
    [MIG_CHANGE_CLUSTER_ON] = SUX,
    [MIG_CHANGE_REPLICA_IDENTITY] = AX,
    [MIG_CHANGE_INHERIT] = AX,
    [MIG_CHANGE_OF_TYPE] = AX,
    [MIG_CHANGE_ROW_SECURITY] = AX,
    [MIG_CHANGE_ENABLE_TRIGGER] = SRX,
};

/*
 * Storage parameters that don't need the strongest lock. PostgreSQL 18, "CREATE TABLE", Storage
 * Parameters, and reloptions.c, where each has its lock; a view's, and user_catalog_table, are not
 * among them.
 */
static bool
is_weak_option(const char *name)
{
    static const char *const weak[] = {
        "fillfactor",
        "toast_tuple_target",
        "parallel_workers",
        "n_distinct",
        "vacuum_index_cleanup",
        "vacuum_truncate",
        "deduplicate_items",
        "n_distinct_inherited",
        "log_autovacuum_min_duration",
        "vacuum_max_eager_freeze_failure_rate",
    };
    const char *dot = strchr(name, '.');

    if (dot != NULL)
        name = dot + 1;
    if (g_str_has_prefix(name, "autovacuum_") || g_str_has_prefix(name, "log_autov"))
        return true;
    return mig_work_has_name(weak, G_N_ELEMENTS(weak), name);
}

static MigLockMode
options_level(const MigChange *change)
{
    for (size_t i = 0; i < change->n_options; i++) {
        if (!is_weak_option(change->options[i].name))
            return AX;
    }
    /* SET WITHOUT OIDS, which has none, does nothing behind the strongest lock. */
    return change->n_options > 0 ? SUX : AX;
}

MigLockMode
mig_postgres_own_level(const MigWork *work, const MigChange *change)
{
    const MigTable *table = NULL;

    if ((size_t)change->kind >= G_N_ELEMENTS(levels))
        return MIG_LOCK_MODE_NONE;
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
        change->constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY)
        return SRX;
    if (change->kind == MIG_CHANGE_COLUMN_OPTIONS &&
        (g_strcmp0(change->text, "statistics") == 0 || g_strcmp0(change->text, "options") == 0))
        return SUX;
    if (change->kind == MIG_CHANGE_TABLE_OPTIONS) {
        if (mig_catalog_table(work->catalog, &change->table, &table) == MIG_LOOKUP_FOUND &&
            table->kind == MIG_RELATION_VIEW)
            return AX;
        return options_level(change);
    }
    if (change->kind == MIG_CHANGE_ENABLE_TRIGGER && change->object_type == MIG_TYPE_OF_RULE)
        return AX;
    return levels[change->kind];
}

MigLockMode
mig_postgres_level(const MigWork *work, const MigChange *change)
{
    MigLockMode own = mig_postgres_own_level(work, change);

    return change->nested ? own : MAX(own, work->alter);
}

const MigTable *
mig_postgres_target(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, change->parent_if_exists);

    if (table != NULL)
        mig_work_lock(work, table, mig_postgres_level(work, change));
    return table;
}

void
mig_postgres_lock_all(MigWork *work, const GPtrArray *tables, MigLockMode mode)
{
    for (guint i = 0; i < tables->len; i++)
        mig_work_lock(work, g_ptr_array_index(tables, i), mode);
}

GPtrArray *
mig_postgres_targets(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, change->parent_if_exists);
    g_autoptr(GPtrArray) tables = NULL;

    if (table == NULL)
        return NULL;
    tables = mig_work_tree(table, change->only);
    mig_postgres_lock_all(work, tables, mig_postgres_level(work, change));
    return g_steal_pointer(&tables);
}

void
mig_postgres_rewrite(MigWork *work, const MigTable *table)
{
    if (!mig_work_has_rows(table))
        return;
    mig_work_rewrite(work, table);
    mig_work_scan(work, table);
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        mig_work_lock_index(work, table, index, AX);
        mig_work_rebuild(work, table, index);
    }
}

bool
mig_postgres_is_key_column(const MigTable *table, const char *column)
{
    const MigPartitionBy *by = table->partition_by;

    for (size_t i = 0; by != NULL && i < by->n_key; i++) {
        if (g_strcmp0(by->key[i].column, column) == 0 ||
            (by->key[i].expr != NULL && mig_expr_mentions(by->key[i].expr, column)))
            return true;
    }
    return false;
}
