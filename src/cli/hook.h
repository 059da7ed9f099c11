/* SPDX-License-Identifier: MIT */
/* Commands before and after a run. */
#pragma once

#include "cli/session.h"

/**
 * mig_hook_run:
 * @command: (borrowed) for sh(1)
 * @when: (static) "before" or "after", for messages
 * @plan: (borrowed) what it gets as JSON on its standard input, as `plan --format json` prints it
 * @error: %MIG_ERROR_FAILED if it can't be run or its exit status isn't 0
 */
bool mig_hook_run(const char *command, const char *when, const MigPlan *plan,
                  const MigSession *session, GError **error);
