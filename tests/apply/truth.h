/* SPDX-License-Identifier: MIT */
/* Whether the history tells what took effect. */
#pragma once

#include "apply/walk.h"

/**
 * mig_truth_check:
 *
 * Holds what each record says, and that there is none, against how often each statement took
 * effect, whatever ran before: every migration was applied as often as it was reverted, or once
 * more, none of its statements more often than the others, but for the one in doubt.
 *
 * Returns: the first version of which the history doesn't tell the truth; 0 if there is none
 */
int mig_truth_check(const MigHistory *history, const MigTallies *tallies);

bool mig_truth_is_reverting(const MigRecord *record);

/** mig_truth_is_locked: whether it is MySQL's migration 6, somewhere in its LOCK TABLES. */
bool mig_truth_is_locked(const MigRecord *record);

/**
 * mig_truth_of_doubt:
 *
 * Returns: how often, 0 or 1, the statement in doubt took effect this time; -1: it isn't counted
 */
int mig_truth_of_doubt(const MigRecord *record, const MigTallies *tallies);
