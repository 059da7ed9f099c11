/* SPDX-License-Identifier: MIT */
/* What rules say of each statement of a plan. */
#pragma once

#include <migrate/lint.h>
#include <migrate/plan.h>

typedef struct MigPlanFound MigPlanFound;

/** mig_plan_found_new: @findings: (borrowed) (nullable) outlive it */
MigPlanFound *mig_plan_found_new(const MigFindings *findings);
void mig_plan_found_free(MigPlanFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigPlanFound, mig_plan_found_free)

/** mig_plan_found_of: (owned) MigFinding *, (borrowed) each, of a statement of the step's script. */
GPtrArray *mig_plan_found_of(const MigPlanFound *found, const MigStep *step, size_t index);
