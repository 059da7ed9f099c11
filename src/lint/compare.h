/* SPDX-License-Identifier: MIT */
/* Whether two expressions say the same. */
#pragma once

#include "lint/context.h"

/** Whether they are written alike, but for blanks and parentheses. Of queries inside nothing is known:
 * they are never the same. Both %NULL: the same. */
bool mig_lint_same_expr(const MigLintContext *ctx, const MigExpr *a, const MigExpr *b);
