/* SPDX-License-Identifier: MIT */
/* Every check over every step of a plan. */
#pragma once

#include <migrate/lint.h>

/**
 * MigCheck:
 *
 * Looks at one step of a plan and hands over what it finds.
 */
typedef void (*MigCheck)(const MigPlan *plan, const MigStep *step, MigFindings *findings);

/** mig_checks: (static) what a review looks for, %NULL-terminated; this version knows nothing yet. */
const MigCheck *mig_checks(void);

/**
 * mig_lint_plan:
 * @checks: (borrowed) %NULL-terminated
 *
 * Returns: (owned) what the checks found, sorted
 */
MigFindings *mig_lint_plan(const MigPlan *plan, const MigCheck *checks);
