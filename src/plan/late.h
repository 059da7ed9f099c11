/* SPDX-License-Identifier: MIT */
/* Whether a late migration may run after those that are newer. */
#pragma once

#include "plan/step.h"

/**
 * mig_late_check:
 * @maker: (borrowed) where the SQL of what is applied is asked for, if its file isn't what was run
 * @pairs: (borrowed) MigPair, by ascending version
 * @late: (borrowed) MigMigration, parsed, each older than one that is applied
 * @error: %MIG_ERROR_HISTORY: one touches what a newer one touches, or that can't be told; names both
 *     and what they share
 *
 * A late migration may run when it and everything that was applied before it came could as well have
 * run in the order of their versions: neither writes what the other reads or writes.
 *
 * Returns: whether all of them may run
 */
bool mig_late_check(const MigStepMaker *maker, const GArray *pairs, const GPtrArray *late,
                    GError **error);
