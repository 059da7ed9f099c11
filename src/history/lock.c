/* SPDX-License-Identifier: MIT */
/* One runner at a time; who holds the lock. */
#include "history/lock.h"

#include "base/duration.h"
#include "history/private.h"

#include <string.h>

/* Polls are cheap, and what is waited for is usually short. */
#define POLL_FIRST_MS 20
#define POLL_MOST_MS 500
#define TELL_MS 1000

struct MigLock {
    MigTable *table; /* (borrowed) */
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
poll_lock(MigTable *table, int64_t wait_ms, MigWaitFunc waiting, gpointer data, GError **error)
{
    MigTarget *target = table->target;
    int64_t start = g_get_monotonic_time();
    int64_t pause = POLL_FIRST_MS;
    int64_t told = -TELL_MS;

    for (;;) {
        g_autofree char *holder = NULL;
        bool taken = false;
        int64_t waited = (g_get_monotonic_time() - start) / 1000;
        bool last = waited >= wait_ms;
        bool tell = waiting != NULL && waited - told >= TELL_MS;

        if (!mig_target_try_lock(target, table->label, &taken, last || tell ? &holder : NULL,
                                 error))
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

MigLock *
mig_lock_take(MigTable *table, int64_t wait_ms, MigWaitFunc waiting, gpointer data, GError **error)
{
    if (!poll_lock(table, wait_ms, waiting, data, error))
        return NULL;

    MigLock *lock = g_new0(MigLock, 1);
    lock->table = table;
    return lock;
}

void
mig_lock_release(MigLock *lock)
{
    if (lock == NULL)
        return;

    /* Where this fails the connection is gone, and the lock with it. */
    mig_target_unlock(lock->table->target, lock->table->label, NULL);
    g_free(lock);
}
