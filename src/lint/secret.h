/* SPDX-License-Identifier: MIT */
/* What an excerpt of the source must not show. */
#pragma once

#include <stddef.h>

/**
 * mig_lint_mask:
 * @line: (transfer full) a line of SQL
 * @before: (borrowed) what the script has before it, which may end where a password begins
 * @n_before: its length, in bytes
 * @offset: (inout) of a part of it, which is moved as the line gets shorter
 * @length: (inout) of that part
 *
 * Takes out whatever may be a password: what stands in quotes behind the words that a password
 * follows, and what stands before the @ of a URL. It may take out more than that, and doesn't ask
 * whether the line is right.
 *
 * Returns: (owned) the line
 */
char *
mig_lint_mask(char *line, const char *before, size_t n_before, size_t *offset, size_t *length);
