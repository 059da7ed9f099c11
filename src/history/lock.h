/* SPDX-License-Identifier: MIT */
/* One runner at a time; who holds the lock. */
#pragma once

#include "history/table.h"

typedef struct MigLock MigLock;

/** Called about once a second while another runner holds the lock; @holder may be %NULL. */
typedef void (*MigWaitFunc)(const char *holder, int64_t waited_ms, gpointer data);

/**
 * mig_lock_take:
 * @table: (borrowed) whose other runners are kept off; must outlive the lock
 * @wait_ms: how long to wait for another runner; 0 is not at all
 * @waiting: (nullable) told while waiting
 * @error: %MIG_ERROR_LOCKED naming the holder, %MIG_ERROR_CANCELLED, or what the database said
 *
 * The lock belongs to the session: a runner that dies, or loses its connection, can't leave it
 * behind. Behind a transaction-pooling proxy, where sessions are shared, it is a row with a lease
 * that a heartbeat on a second connection renews; who finds the lease out takes it over. Waiting is polling, outside a transaction: a runner that waited inside the server would
 * hold a snapshot, and another's CREATE INDEX CONCURRENTLY would wait for it for ever.
 *
 * Manual: PostgreSQL 15, "Advisory Locks"; MySQL 8.4, "Locking Functions".
 *
 * Returns: (owned) the lock, for mig_lock_release(), or %NULL with @error set
 */
MigLock *mig_lock_take(MigHistoryTable *table, int64_t wait_ms, MigWaitFunc waiting, gpointer data,
                       GError **error);

/** mig_lock_release: gives it back; a connection that is lost has done so already. */
void mig_lock_release(MigLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigLock, mig_lock_release)

/**
 * mig_lock_holder:
 * @out_holder: (out) (owned) which runner is at work now, for people; %NULL if none is
 *
 * Writes nothing and keeps nobody waiting.
 */
bool mig_lock_holder(MigHistoryTable *table, char **out_holder, GError **error);

/** mig_lock_is_leased: whether it is a lease, since a pooling proxy shares the session; %NULL isn't. */
bool mig_lock_is_leased(const MigLock *lock);

/**
 * mig_lock_is_lost:
 * @lock: (borrowed) or %NULL
 *
 * Whether a lease could not be renewed in time: another runner may be at work, and nothing further
 * may be executed. A session's lock is only lost with its connection, which shows by itself.
 */
bool mig_lock_is_lost(const MigLock *lock);
