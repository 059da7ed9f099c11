/* SPDX-License-Identifier: MIT */
/* MySQL's partitions, which are named in their table's definition and are no tables themselves. */
#include <string.h>

#include "schema/copy.h"
#include "schema/replay.h"
#include "schema/session.h"

static bool
is_named(const MigPartition *partition, const MigChange *change)
{
    for (size_t i = 0; i < change->n_partitions; i++) {
        if (change->partitions[i].name.name != NULL && partition->name.name != NULL &&
            g_ascii_strcasecmp(change->partitions[i].name.name, partition->name.name) == 0)
            return true;
    }
    return false;
}

static MigPartition
copy_partition(MigArena *arena, const MigPartition *partition)
{
    MigBound *bound = mig_copy_bound(arena, &partition->bound);

    return (MigPartition){
        .name = {.name = mig_arena_strdup(arena, partition->name.name)},
        .bound = *bound,
    };
}

static void
change_list(MigTable *table, const MigChange *change, bool drop)
{
    const MigPartitionBy *old = table->partition_by;
    MigPartitionBy *by = mig_arena_new0(table->arena, MigPartitionBy, 1);

    *by = *old;
    by->partitions =
        mig_arena_new0(table->arena, MigPartition, old->n_partitions + change->n_partitions);
    by->n_partitions = 0;
    for (size_t i = 0; i < old->n_partitions; i++) {
        if (!drop || !is_named(&old->partitions[i], change))
            by->partitions[by->n_partitions++] = old->partitions[i];
    }
    for (size_t i = 0; !drop && i < change->n_partitions; i++)
        by->partitions[by->n_partitions++] = copy_partition(table->arena, &change->partitions[i]);
    table->partition_by = by;
}

/* PostgreSQL 19: partitions of a table are made one, or one is made several. */
static void
split_or_merge(MigReplay *replay, MigTable *table)
{
    for (guint i = table->children->len; i-- > 0;) {
        MigTable *child = table->children->pdata[i];
        g_autofree char *key = mig_store_key(replay->catalog, child->schema, child->name);

        /* Which are which isn't told: all of them are in doubt. */
        g_hash_table_add(replay->catalog->unsure, g_steal_pointer(&key));
        child->columns_known = false;
        child->bound = NULL;
    }
}

void
mig_replay_change_partitions(MigReplay *replay, MigTable *table, const MigChange *change)
{
    if (MIG_IS_POSTGRES(replay->catalog)) {
        split_or_merge(replay, table);
        for (size_t i = 0; i < change->n_partitions; i++) {
            const MigName *name = &change->partitions[i].name;

            if (name->name != NULL)
                g_hash_table_add(
                    replay->catalog->unsure,
                    mig_store_key(replay->catalog,
                                  mig_session_schema(replay->catalog, name->schema, false),
                                  name->name));
        }
        return;
    }
    if (table->partition_by == NULL || change->text == NULL)
        return;
    if (strcmp(change->text, "add") == 0)
        change_list(table, change, false);
    else if (strcmp(change->text, "drop") == 0)
        change_list(table, change, true);
    else if (strcmp(change->text, "reorganize") == 0 || strcmp(change->text, "coalesce") == 0) {
        /* Only the new ones are told apart from the old ones by the parser. */
        MigPartitionBy *by = mig_arena_new0(table->arena, MigPartitionBy, 1);

        *by = *table->partition_by;
        by->partitions = NULL;
        by->n_partitions = 0;
        table->partition_by = by;
    }
}
