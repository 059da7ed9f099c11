/* SPDX-License-Identifier: MIT */
/* Where an interrupted migration stands: journal, then catalog, then a refusal. */
#pragma once

#include "history/table.h"

/**
 * mig_resume_settle:
 * @table: (borrowed) whose lock the caller holds: otherwise a running migration looks interrupted
 * @history: (borrowed) what was read under that lock
 * @notices: (borrowed) gets a (owned) char * for each statement that was settled
 * @out_settled: (out) how many: the history has to be read again if any were
 * @error: %MIG_ERROR_HISTORY for a statement that nothing but a person can settle; it says what was
 *     looked for and found
 *
 * For each statement that was being executed when a run died, asks the catalog whether it took
 * effect, and records the answer.
 */
bool mig_resume_settle(MigHistoryTable *table, const MigHistory *history, GPtrArray *notices,
                       size_t *out_settled, GError **error);
