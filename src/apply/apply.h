/* SPDX-License-Identifier: MIT */
/* Plan to execution. */
#pragma once

#include "history/lock.h"
#include "history/table.h"

#include <migrate/apply.h>

typedef struct {
    int64_t lock_timeout_ms;      /* for each statement; 0: without limit */
    int64_t statement_timeout_ms; /* likewise */
    const MigLock *lock;        /* (borrowed) that keeps others off; %NULL: the caller's business */
    bool verify;                /* whether VERIFY runs after UP */
    unsigned lock_retries;      /* further tries of what failed for a lock and left nothing */
    bool wait_for_blockers;     /* try again without counting, as long as it is for a lock */
    int64_t terminate_after_ms; /* end sessions that block us longer than this; 0: never */
    MigProgressFunc progress;   /* or %NULL */
    gpointer data;
} MigApplyOptions;

/**
 * mig_apply:
 * @plan: (borrowed) must outlive the execution
 * @table: (borrowed) the history, whose lock the caller holds and whose tables are there
 *
 * Carries out a plan, step by step, up to the first that fails.
 *
 * Returns: (owned) what ran, never %NULL: failure is in it
 */
MigExecution *
mig_apply(const MigPlan *plan, MigHistoryTable *table, const MigApplyOptions *options);
