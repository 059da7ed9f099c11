/* SPDX-License-Identifier: MIT */
/* What a statement does to live tables, whatever the engine: chooses the engine, sorts the answer. */
#include "locks/impact.h"

#include <string.h>

#include "locks/engines.h"

static const char *const mode_names[] = {
    [MIG_LOCK_MODE_NONE] = "",
    [MIG_LOCK_MODE_ACCESS_SHARE] = "AccessShareLock",
    [MIG_LOCK_MODE_ROW_SHARE] = "RowShareLock",
    [MIG_LOCK_MODE_ROW_EXCLUSIVE] = "RowExclusiveLock",
    [MIG_LOCK_MODE_SHARE_UPDATE_EXCLUSIVE] = "ShareUpdateExclusiveLock",
    [MIG_LOCK_MODE_SHARE] = "ShareLock",
    [MIG_LOCK_MODE_SHARE_ROW_EXCLUSIVE] = "ShareRowExclusiveLock",
    [MIG_LOCK_MODE_EXCLUSIVE] = "ExclusiveLock",
    [MIG_LOCK_MODE_ACCESS_EXCLUSIVE] = "AccessExclusiveLock",
};

#define BIT(mode) (1u << (mode))

/* PostgreSQL 18, "Explicit Locking", Conflicting Lock Modes. */
static const unsigned conflicts[] = {
    [MIG_LOCK_MODE_NONE] = 0,
    [MIG_LOCK_MODE_ACCESS_SHARE] = BIT(MIG_LOCK_MODE_ACCESS_EXCLUSIVE),
    [MIG_LOCK_MODE_ROW_SHARE] = BIT(MIG_LOCK_MODE_EXCLUSIVE) | BIT(MIG_LOCK_MODE_ACCESS_EXCLUSIVE),
    [MIG_LOCK_MODE_ROW_EXCLUSIVE] =
        BIT(MIG_LOCK_MODE_SHARE) | BIT(MIG_LOCK_MODE_SHARE_ROW_EXCLUSIVE) |
        BIT(MIG_LOCK_MODE_EXCLUSIVE) | BIT(MIG_LOCK_MODE_ACCESS_EXCLUSIVE),
    [MIG_LOCK_MODE_SHARE_UPDATE_EXCLUSIVE] =
        BIT(MIG_LOCK_MODE_SHARE_UPDATE_EXCLUSIVE) | BIT(MIG_LOCK_MODE_SHARE) |
        BIT(MIG_LOCK_MODE_SHARE_ROW_EXCLUSIVE) | BIT(MIG_LOCK_MODE_EXCLUSIVE) |
        BIT(MIG_LOCK_MODE_ACCESS_EXCLUSIVE),
    [MIG_LOCK_MODE_SHARE] = BIT(MIG_LOCK_MODE_ROW_EXCLUSIVE) |
                            BIT(MIG_LOCK_MODE_SHARE_UPDATE_EXCLUSIVE) |
                            BIT(MIG_LOCK_MODE_SHARE_ROW_EXCLUSIVE) | BIT(MIG_LOCK_MODE_EXCLUSIVE) |
                            BIT(MIG_LOCK_MODE_ACCESS_EXCLUSIVE),
    [MIG_LOCK_MODE_SHARE_ROW_EXCLUSIVE] =
        BIT(MIG_LOCK_MODE_ROW_EXCLUSIVE) | BIT(MIG_LOCK_MODE_SHARE_UPDATE_EXCLUSIVE) |
        BIT(MIG_LOCK_MODE_SHARE) | BIT(MIG_LOCK_MODE_SHARE_ROW_EXCLUSIVE) |
        BIT(MIG_LOCK_MODE_EXCLUSIVE) | BIT(MIG_LOCK_MODE_ACCESS_EXCLUSIVE),
    [MIG_LOCK_MODE_EXCLUSIVE] = BIT(MIG_LOCK_MODE_ROW_SHARE) | BIT(MIG_LOCK_MODE_ROW_EXCLUSIVE) |
                                BIT(MIG_LOCK_MODE_SHARE_UPDATE_EXCLUSIVE) |
                                BIT(MIG_LOCK_MODE_SHARE) | BIT(MIG_LOCK_MODE_SHARE_ROW_EXCLUSIVE) |
                                BIT(MIG_LOCK_MODE_EXCLUSIVE) | BIT(MIG_LOCK_MODE_ACCESS_EXCLUSIVE),
    [MIG_LOCK_MODE_ACCESS_EXCLUSIVE] =
        BIT(MIG_LOCK_MODE_ACCESS_SHARE) | BIT(MIG_LOCK_MODE_ROW_SHARE) |
        BIT(MIG_LOCK_MODE_ROW_EXCLUSIVE) | BIT(MIG_LOCK_MODE_SHARE_UPDATE_EXCLUSIVE) |
        BIT(MIG_LOCK_MODE_SHARE) | BIT(MIG_LOCK_MODE_SHARE_ROW_EXCLUSIVE) |
        BIT(MIG_LOCK_MODE_EXCLUSIVE) | BIT(MIG_LOCK_MODE_ACCESS_EXCLUSIVE),
};

const char *
mig_lock_mode_name(MigLockMode mode)
{
    return (size_t)mode < G_N_ELEMENTS(mode_names) ? mode_names[mode] : "";
}

bool
mig_lock_modes_conflict(MigLockMode a, MigLockMode b)
{
    return (size_t)a < G_N_ELEMENTS(conflicts) && (size_t)b < G_N_ELEMENTS(conflicts) &&
           (conflicts[a] & BIT(b)) != 0;
}

bool
mig_lock_mode_blocks_reads(MigLockMode mode)
{
    return mig_lock_modes_conflict(mode, MIG_LOCK_MODE_ACCESS_SHARE);
}

bool
mig_lock_mode_blocks_writes(MigLockMode mode)
{
    return mig_lock_modes_conflict(mode, MIG_LOCK_MODE_ROW_EXCLUSIVE);
}

void
mig_impact_free(MigImpact *impact)
{
    if (impact == NULL)
        return;
    g_clear_pointer(&impact->locks, g_array_unref);
    g_clear_pointer(&impact->waits, g_array_unref);
    g_clear_pointer(&impact->rewrites, g_array_unref);
    g_clear_pointer(&impact->scans, g_array_unref);
    g_clear_pointer(&impact->rebuilds, g_array_unref);
    g_clear_pointer(&impact->strings, g_string_chunk_free);
    g_free(impact);
}

static int
compare_locks(gconstpointer a, gconstpointer b)
{
    const MigRelationLock *left = a, *right = b;
    int order = strcmp(left->name, right->name);

    return order != 0 ? order : strcmp(left->schema, right->schema);
}

static int
compare_refs(gconstpointer a, gconstpointer b)
{
    const MigRelationRef *left = a, *right = b;
    int order = strcmp(left->name, right->name);

    return order != 0 ? order : strcmp(left->schema, right->schema);
}

MigImpact *
mig_impact_of(const MigChanges *changes, const MigCatalog *catalog, MigMoment now)
{
    g_autoptr(MigImpact) impact = g_new0(MigImpact, 1);
    g_auto(MigWork) work = {0};

    impact->locks = g_array_new(false, true, sizeof(MigRelationLock));
    impact->waits = g_array_new(false, true, sizeof(MigRelationLock));
    impact->rewrites = g_array_new(false, true, sizeof(MigRelationRef));
    impact->scans = g_array_new(false, true, sizeof(MigRelationRef));
    impact->rebuilds = g_array_new(false, true, sizeof(MigRelationRef));
    impact->strings = g_string_chunk_new(256);
    mig_work_init(&work, impact, changes, catalog, now);

    switch (work.engine) {
    case MIG_ENGINE_POSTGRES:
        mig_postgres_impact(&work);
        break;
    case MIG_ENGINE_MYSQL:
    case MIG_ENGINE_MARIADB:
        mig_mysql_impact(&work);
        break;
    case MIG_ENGINE_SQLITE:
        mig_sqlite_impact(&work);
        break;
    case MIG_ENGINE_NONE:
    default:
        break;
    }

    g_array_sort(impact->locks, compare_locks);
    g_array_sort(impact->waits, compare_locks);
    g_array_sort(impact->rewrites, compare_refs);
    g_array_sort(impact->scans, compare_refs);
    g_array_sort(impact->rebuilds, compare_refs);
    return g_steal_pointer(&impact);
}

void
mig_impact_add_locks(GArray *held, const MigImpact *impact)
{
    for (guint i = 0; i < impact->locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(impact->locks, MigRelationLock, i);
        MigRelationLock *known = NULL;

        for (guint j = 0; j < held->len && known == NULL; j++) {
            MigRelationLock *other = &g_array_index(held, MigRelationLock, j);
            if (compare_locks(other, lock) == 0)
                known = other;
        }
        if (known == NULL) {
            g_array_append_val(held, *lock);
            continue;
        }
        known->mode = MAX(known->mode, lock->mode);
        known->blocks_reads = known->blocks_reads || lock->blocks_reads;
        known->blocks_writes = known->blocks_writes || lock->blocks_writes;
    }
}
