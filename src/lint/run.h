/* SPDX-License-Identifier: MIT */
/* Every rule over every change of a plan. */
#pragma once

#include "lint/rule.h"

/**
 * mig_lint_plan:
 * @plan: (borrowed) outlives the review
 * @catalog: (transfer full) as it is before the plan
 * @sizes: (borrowed) (nullable) outlives the review
 * @options: (borrowed)
 * @findings: (inout) gets what was found, sorted with what was there
 *
 * Reviews the plan and asks all rules about it; of each migration that is applied, its DOWN, too.
 *
 * Returns: (owned) the review
 */
MigReview *mig_lint_plan(const MigPlan *plan, MigCatalog *catalog, const MigSizes *sizes,
                         const MigLintOptions *options, MigFindings *findings);

/** mig_lint_allowances: (borrowed) MigAllowance of the migration, for the rules about them. */
const GPtrArray *mig_lint_allowances(const MigLintContext *ctx);
