/* SPDX-License-Identifier: MIT */
/* One runner at a time; who holds the lock. */
#include "history/lock.h"

#include "base/duration.h"
#include "history/lease.h"
#include "history/private.h"

#include <string.h>

/* Polls are cheap, and what is waited for is usually short. */
#define POLL_FIRST_MS 20
#define POLL_MOST_MS 500
#define TELL_MS 1000

struct MigLock {
    MigHistoryTable *table; /* (borrowed) */
    MigLease *lease;        /* (owned) NULL: the lock is the session's */
};

static bool
refuse_locked(const char *holder, int64_t wait_ms, GError **error)
{
    g_autofree char *waited = mig_duration_format(wait_ms);

    g_set_error(error, MIG_ERROR, MIG_ERROR_LOCKED,
                "another runner is migrating this database: %s\n"
                "  waited %s for it (lock-wait); nothing was changed; run this again when it is "
                "done",
                holder != NULL ? holder : "the database doesn't say who", waited);
    return false;
}

static bool
try_once(MigLock *lock, bool *out_taken, char **out_holder, GError **error)
{
    if (lock->lease != NULL)
        return mig_lease_try(lock->lease, out_taken, out_holder, error);
    return mig_target_try_lock(lock->table->target, lock->table->label, out_taken, out_holder,
                               error);
}

static bool
poll_lock(MigLock *lock, int64_t wait_ms, MigWaitFunc waiting, gpointer data, GError **error)
{
    MigTarget *target = lock->table->target;
    int64_t start = g_get_monotonic_time();
    int64_t pause = POLL_FIRST_MS;
    int64_t told = -TELL_MS;

    for (;;) {
        g_autofree char *holder = NULL;
        bool taken = false;
        int64_t waited = (g_get_monotonic_time() - start) / 1000;
        bool last = waited >= wait_ms;
        bool tell = waiting != NULL && waited - told >= TELL_MS;

        if (!try_once(lock, &taken, last || tell ? &holder : NULL, error))
            return false;
        if (taken)
            return true;
        if (last)
            return refuse_locked(holder, wait_ms, error);
        if (tell) {
            waiting(holder, waited, data);
            told = waited;
        }
        if (!mig_cancel_sleep(mig_target_cancel(target), MIN(pause, wait_ms - waited))) {
            g_set_error(error, MIG_ERROR, MIG_ERROR_CANCELLED,
                        "stopped by %s while waiting for another runner; nothing was changed",
                        mig_cancel_signal_name(mig_cancel_requested(mig_target_cancel(target))));
            return false;
        }
        pause = MIN(pause * 2, POLL_MOST_MS);
    }
}

static void
free_lock(MigLock *lock)
{
    mig_lease_free(lock->lease);
    g_free(lock);
}

MigLock *
mig_lock_take(MigHistoryTable *table, int64_t wait_ms, MigWaitFunc waiting, gpointer data,
              GError **error)
{
    bool pooled = false;
    if (!mig_target_pooled(table->target, &pooled, error))
        return NULL;

    MigLock *lock = g_new0(MigLock, 1);
    lock->table = table;
    if (pooled)
        lock->lease = mig_lease_new(table, error);
    if ((pooled && lock->lease == NULL) || !poll_lock(lock, wait_ms, waiting, data, error) ||
        (pooled && !mig_lease_keep(lock->lease, error))) {
        free_lock(lock);
        return NULL;
    }
    return lock;
}

void
mig_lock_release(MigLock *lock)
{
    if (lock == NULL)
        return;

    /* Where this fails the connection is gone, and the lock with it or soon after. */
    if (lock->lease == NULL)
        mig_target_unlock(lock->table->target, lock->table->label, NULL);
    free_lock(lock);
}

bool
mig_lock_is_leased(const MigLock *lock)
{
    return lock != NULL && lock->lease != NULL;
}

bool
mig_lock_is_lost(const MigLock *lock)
{
    return lock != NULL && lock->lease != NULL && mig_lease_is_lost(lock->lease);
}

bool
mig_lock_holder(MigHistoryTable *table, char **out_holder, GError **error)
{
    g_autofree char *holder = NULL;
    bool taken = false;
    bool pooled = false;

    *out_holder = NULL;
    if (!mig_target_pooled(table->target, &pooled, error))
        return false;
    if (pooled)
        return mig_lease_holder(table, out_holder, error);
    if (!mig_target_try_lock(table->target, table->label, &taken, &holder, error))
        return false;
    if (taken)
        return mig_target_unlock(table->target, table->label, error);
    *out_holder = holder != NULL ? g_steal_pointer(&holder) : g_strdup("another runner");
    return true;
}
