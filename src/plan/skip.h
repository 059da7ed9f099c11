/* SPDX-License-Identifier: MIT */
/* Whether a client can skip a migration of a script that is to be run again. */
#pragma once

#include <migrate/plan.h>

/**
 * mig_step_can_be_skipped:
 * @error: %MIG_ERROR_FAILED with the statement that can't be, and what to do
 *
 * psql has conditions, but reads what it skips; MySQL has them only in what it can prepare.
 */
bool mig_step_can_be_skipped(const MigStep *step, MigEngine engine, GError **error);
