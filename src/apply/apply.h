/* SPDX-License-Identifier: MIT */
/* Plan to execution. */
#pragma once

#include "history/table.h"

#include <migrate/apply.h>

typedef struct {
    int64_t lock_timeout_ms;      /* for each statement; 0: without limit */
    int64_t statement_timeout_ms; /* likewise */
    bool verify;                  /* whether VERIFY runs after UP */
    MigProgressFunc progress;     /* or %NULL */
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
MigExecution *mig_apply(const MigPlan *plan, MigTable *table, const MigApplyOptions *options);
