/* SPDX-License-Identifier: MIT */
/* The way back: what the header says of it, and what was there before. */
#pragma once

#include "lint/context.h"

/** Whether the header says that there is no way back: "Rollback: irreversible". */
bool mig_lint_is_irreversible(const MigLintContext *ctx);

/** (borrowed) while DOWN is looked at, the table as it was before UP; %NULL: there was none, or that
 * isn't known. For rules with `wants_before`. */
const MigTable *mig_lint_table_before(const MigLintContext *ctx, const MigName *name);
