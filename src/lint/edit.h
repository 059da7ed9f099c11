/* SPDX-License-Identifier: MIT */
/* Edits that mend a statement in place: where a word stands, how a name is written. */
#pragma once

#include "lint/context.h"

/** Whether the statement has the keyword (lower case); @out_span: where, the first time. */
bool mig_lint_find_word(const MigLintContext *ctx, const char *word, MigSpan *out_span);
/** Mends it by @text, which begins with a space, behind a keyword of the statement. */
void
mig_lint_fix_behind(MigLintContext *ctx, MigFinding *finding, const char *word, const char *text);
/** Mends it by @text behind all of the span. */
void mig_lint_fix_end(MigLintContext *ctx, MigFinding *finding, MigSpan span, const char *text);
/** (borrowed) the name as PostgreSQL takes it: in quotes where it needs them. */
const char *mig_lint_ident(MigLintContext *ctx, const char *name);
/** (borrowed) a name as it was written in the statement; %NULL: it wasn't. */
const char *mig_lint_written(MigLintContext *ctx, const MigName *name);
