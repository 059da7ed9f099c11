/* SPDX-License-Identifier: MIT */
/* How many rows a statement goes through, and how long that will take, roughly. */
#pragma once

#include "review/review.h"

/**
 * mig_estimate:
 * @statement: (inout) gets `rows`, `bytes` and `duration_ms`
 * @sizes: (borrowed) (nullable)
 *
 * From the sizes of what is scanned, rewritten and built, and the speed that was measured. What does
 * not grow with a table takes no time here, however long it may wait for its locks.
 */
void mig_estimate(MigReviewedStatement *statement, const MigSizes *sizes);
