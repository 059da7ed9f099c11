/* SPDX-License-Identifier: MIT */
/* Who waits for PostgreSQL's locks: also users of tables that aren't locked themselves. */
#include "locks/postgres.h"

#include <string.h>

/* nextval() needs its sequence. */
static void
wait_for_sequence(MigWork *work, const MigRelationLock *lock)
{
    g_autofree char *whole = g_strdup_printf("%s.%s", lock->schema, lock->name);
    g_autoptr(GPtrArray) tables = mig_work_all_tables(work);

    for (guint i = 0; i < tables->len; i++) {
        const MigTable *table = g_ptr_array_index(tables, i);
        for (guint j = 0; j < table->columns->len; j++) {
            const MigTableColumn *column = g_ptr_array_index(table->columns, j);
            if (column->sequence != NULL &&
                (g_str_equal(column->sequence, whole) || g_str_equal(column->sequence, lock->name)))
                mig_work_wait(work, table, false, true);
        }
    }
}

/* Whoever writes to a partition looks at its parents' bounds; whoever reads or writes through a
 * parent locks its partitions. */
static void
wait_for_family(MigWork *work, const MigTable *table, MigLockMode mode)
{
    /* A partition that is detached concurrently isn't seen through its parent any more. */
    if (work->impact->waits_for_others)
        return;
    for (guint i = 0; table->is_partition && i < table->parents->len; i++)
        mig_work_wait(work, g_ptr_array_index(table->parents, i), mig_lock_mode_blocks_reads(mode),
                      mig_lock_mode_blocks_writes(mode));
    if (mode != AX || table->kind != MIG_RELATION_PARTITIONED)
        return;
    for (guint i = 0; i < table->children->len; i++)
        mig_work_wait(work, g_ptr_array_index(table->children, i), false, true);
}

/* Whoever writes to a child looks at its parent's rows. */
static void
wait_for_parent(MigWork *work, const MigTable *table, MigLockMode mode)
{
    g_autoptr(GArray) keys = NULL;

    if (!mig_lock_modes_conflict(mode, RS))
        return;
    keys = mig_work_keys_to(work, table);
    for (guint i = 0; i < keys->len; i++) {
        const MigWorkKey *key = &g_array_index(keys, MigWorkKey, i);
        if (key->key->enforced && key->child != table)
            mig_work_wait(work, key->child, false, true);
    }
}

void
mig_postgres_waits(MigWork *work)
{
    GArray *locks = work->impact->locks;

    for (guint i = 0; i < locks->len; i++) {
        MigRelationLock *lock = &g_array_index(locks, MigRelationLock, i);
        lock->blocks_reads = mig_lock_mode_blocks_reads(lock->mode);
        lock->blocks_writes = mig_lock_mode_blocks_writes(lock->mode);
    }
    for (guint i = 0; i < locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(locks, MigRelationLock, i);
        const MigTable *table = g_ptr_array_index(work->owners, i);

        if (!lock->blocks_writes)
            continue;
        if (table == NULL) {
            wait_for_sequence(work, lock);
        } else if (lock->index) {
            /* Every query locks all indexes of what it reads or writes. */
            mig_work_wait(work, table, lock->blocks_reads, true);
        } else {
            wait_for_family(work, table, lock->mode);
            wait_for_parent(work, table, lock->mode);
        }
    }
}
