/* SPDX-License-Identifier: MIT */
/* What somebody does by hand while the walks over all faults go on. */
#pragma once

#include "apply/walk.h"

/**
 * mig_hand_act:
 * @what: (borrowed) "(doubt)": a run died in the last counted statement of migration 4; "(not done)":
 *   of which there is nothing to be seen; "(undo)": it was reverted, and the history wasn't told;
 *   "(edit)": the file of migration 1 was changed; "(transaction)" and the like: there is a broken
 *   migration 8, as mig_walk_broken() has it; "(mend)": it isn't broken any more
 */
void mig_hand_act(MigWalk *walk, const char *what);

/**
 * mig_hand_settle:
 *
 * Looks whether the statement that the last run named took effect, and says so with `repair`.
 *
 * Returns: whether the last run named it, and it could be settled
 */
bool mig_hand_settle(MigWalk *walk);
