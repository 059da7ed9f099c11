/* SPDX-License-Identifier: MIT */
/* `up --dry-run`: what would run, or a rehearsal of it. */
#pragma once

#include "cli/command.h"

#include <migrate/plan.h>

/** mig_rehearse_plan: `up --dry-run=plan`, which is what `plan` shows. */
int mig_rehearse_plan(MigInvocation *invocation, MigGoal *goal, GError **error);

/**
 * mig_rehearse_command:
 * @goal: (inout) as `up` has it
 * @verify: whether VERIFY queries are asked
 *
 * Runs what is pending in one transaction, shows the locks that were taken beside those that were
 * predicted, and rolls back. The history isn't touched.
 *
 * Returns: the exit status, which counts unless @error is set
 */
int mig_rehearse_command(MigInvocation *invocation, MigGoal *goal, bool verify, GError **error);
