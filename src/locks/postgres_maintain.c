/* SPDX-License-Identifier: MIT */
/* VACUUM, ANALYZE, CLUSTER, TRUNCATE and LOCK TABLE on PostgreSQL. */
#include <string.h>

#include "locks/postgres.h"

/* (owned) the table that is named with its partitions, or without a name all that are known. */
static GPtrArray *
find_tables(MigWork *work, const MigChange *change)
{
    const MigTable *table = NULL;

    if (change->table.name == NULL)
        return mig_work_all_tables(work);
    table = mig_work_table(work, &change->table, false);
    if (table == NULL)
        return g_ptr_array_new();
    return mig_work_tree(table, change->only || table->kind != MIG_RELATION_PARTITIONED);
}

void
mig_postgres_vacuum(MigWork *work, const MigChange *change)
{
    g_autoptr(GPtrArray) tables = find_tables(work, change);
    bool repack = g_strcmp0(change->text, "repack") == 0;

    if (repack && work->major < 19) {
        mig_work_refuse(work, "42601", "REPACK needs PostgreSQL 19");
        return;
    }
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        if (!mig_work_has_rows(table) && table->kind != MIG_RELATION_PARTITIONED)
            continue;
        mig_work_lock(work, table, change->on || repack ? AX : SUX);
        mig_work_scan(work, table);
        if (change->on || repack)
            mig_postgres_rewrite(work, table);
    }
    if (repack && change->concurrently)
        mig_work_because(work, "the strongest lock is held only for the swap at the end");
}

void
mig_postgres_analyze(MigWork *work, const MigChange *change)
{
    g_autoptr(GPtrArray) tables = find_tables(work, change);

    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        if (!mig_work_has_rows(table) && table->kind != MIG_RELATION_PARTITIONED)
            continue;
        mig_work_lock_indexes(work, table, AS);
        mig_work_lock(work, table, SUX);
        mig_work_scan(work, table);
    }
}

static bool
was_clustered(const MigTable *table)
{
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        if (index->clustered)
            return true;
    }
    return false;
}

void
mig_postgres_cluster(MigWork *work, const MigChange *change)
{
    g_autoptr(GPtrArray) tables = find_tables(work, change);
    bool named = change->table.name != NULL;

    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        /* Without a name, those that have been clustered before. */
        if (!named && !was_clustered(table))
            continue;
        mig_work_lock(work, table, AX);
        if (named && change->to.name == NULL && !table->assumed && table->columns_known &&
            mig_work_has_rows(table) && !was_clustered(table)) {
            mig_work_refuse(work, "42704",
                            "there is no previously clustered index for table \"%s\"", table->name);
            return;
        }
        mig_postgres_rewrite(work, table);
    }
}

static void truncate_tree(MigWork *work, const MigTable *table, bool only, bool cascade);

/* Tables that reference one that is emptied have to be emptied with it. */
static void
truncate_children(MigWork *work, const MigTable *table, bool cascade)
{
    g_autoptr(GArray) keys = mig_work_keys_to(work, table);

    for (guint i = 0; i < keys->len; i++) {
        const MigTable *child = g_array_index(keys, MigWorkKey, i).child;
        if (child == table || mig_work_dropped(work, child, "*"))
            continue;
        if (!cascade) {
            mig_work_refuse(work, "0A000",
                            "cannot truncate a table referenced in a foreign key constraint: "
                            "table \"%s\" references \"%s\"",
                            child->name, table->name);
            return;
        }
        mig_work_drops(work, child, "*");
        truncate_tree(work, child, false, true);
    }
}

static void
truncate_tree(MigWork *work, const MigTable *table, bool only, bool cascade)
{
    g_autoptr(GPtrArray) tables = mig_work_tree(table, only);

    mig_postgres_lock_all(work, tables, AX);
    for (guint i = 0; i < tables->len; i++)
        truncate_children(work, g_ptr_array_index(tables, i), cascade);
    if (work->impact->refused != NULL)
        return;
    for (guint i = 0; i < tables->len; i++) {
        const MigTable *part = g_ptr_array_index(tables, i);
        if (mig_work_has_rows(part))
            mig_work_lock_indexes(work, part, AX);
    }
    for (guint i = 0; work->major <= 13 && table->is_partition && i < table->parents->len; i++)
        mig_work_lock(work, g_ptr_array_index(table->parents, i), AS);
}

void
mig_postgres_truncate(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, false);

    if (table != NULL)
        truncate_tree(work, table, change->only, change->cascade);
}

static MigLockMode
read_mode(const char *text)
{
    static const struct {
        const char *name;
        MigLockMode mode;
    } modes[] = {
        {"access share", AS},  {"row share", RS},
        {"row exclusive", RX}, {"share update exclusive", SUX},
        {"share", S},          {"share row exclusive", SRX},
        {"exclusive", X},      {"access exclusive", AX},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(modes); i++) {
        if (g_strcmp0(modes[i].name, text) == 0)
            return modes[i].mode;
    }
    return AX;
}

enum { MAX_VIEW_DEPTH = 50 };

/* A view's tables are locked with it. */
static void
lock_relation(MigWork *work, const MigTable *table, bool only, MigLockMode mode, unsigned depth)
{
    g_autoptr(GPtrArray) tables = mig_work_tree(table, only);

    mig_postgres_lock_all(work, tables, mode);
    for (guint i = 0;
         table->kind == MIG_RELATION_VIEW && depth < MAX_VIEW_DEPTH && i < table->depends_on->len;
         i++) {
        const MigDependency *needed = g_ptr_array_index(table->depends_on, i);
        const MigTable *below = mig_work_named(work, needed->schema, needed->table, true);
        const MigRelationLock *known =
            below != NULL ? mig_work_lock_of(work, below->schema, below->name) : NULL;
        /* Views may stand on one another in many ways; each is locked once. */
        if (below != NULL && below != table && (known == NULL || known->mode < mode))
            lock_relation(work, below, false, mode, depth + 1);
    }
}

void
mig_postgres_lock_table(MigWork *work, const MigChange *change)
{
    const MigTable *table = mig_work_table(work, &change->table, false);

    if (table != NULL)
        lock_relation(work, table, change->only, read_mode(change->text), 0);
}
