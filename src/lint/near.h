/* SPDX-License-Identifier: MIT */
/* What somebody may have meant by a name that leads nowhere. */
#pragma once

#include "lint/context.h"

/** (borrowed) a relation whose name is like @name; %NULL: none is. */
const char *mig_lint_near_table(MigLintContext *ctx, const char *name);

/** (borrowed) a column of the table whose name is like @name; %NULL: none is. */
const char *mig_lint_near_column(const MigTable *table, const char *name);

/** (static) the id of a rule that is like @id; %NULL: none is. */
const char *mig_lint_near_rule(const char *id);

/** (borrowed) "; did you mean near", or "" where @near is %NULL. */
const char *mig_lint_hint(MigLintContext *ctx, const char *near);
