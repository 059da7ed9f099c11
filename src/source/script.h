/* SPDX-License-Identifier: MIT */
/* A section's text to a MigScript, and a place in it to one in the file. */
#pragma once

#include <migrate/statement.h>

#include "source/problem.h"
#include "sql/splitter.h"

/**
 * mig_script_new:
 * @text: (borrowed) a section's, as it is in the file
 * @line: in the file, of @text's first byte
 * @may_be_commented: whether the commented form is undone
 *
 * Returns: (owned) a script whose statements are still %NULL
 */
MigScript *mig_script_new(const char *text, size_t length, unsigned line, bool may_be_commented);

/**
 * mig_script_new_empty:
 *
 * Returns: (owned) a script that does nothing
 */
MigScript *mig_script_new_empty(void);

/**
 * mig_script_split:
 * @script: (inout) gets its statements; their directives aren't filled in
 *
 * What the splitter refuses is a problem, and so is a marker behind white space.
 *
 * Returns: (owned) MigNote, or %NULL if it couldn't be split
 */
GArray *mig_script_split(const MigInput *input, MigScript *script);
