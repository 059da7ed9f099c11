/* SPDX-License-Identifier: MIT */
/* What is found in a plan before it is carried out, and whether that stops it. */
#pragma once

#include "cli/session.h"

/**
 * mig_gate_pass:
 * @warnings: (inout) (borrowed) char *: gets what was found and stops nothing, for a JSON document
 * @error: %MIG_ERROR_LINT: the run is to stop, and nothing was executed
 *
 * Between plan and apply, for what up, redo and goto are about to do; shows what it finds.
 */
bool
mig_gate_pass(const MigSession *session, const MigPlan *plan, GPtrArray *warnings, GError **error);
