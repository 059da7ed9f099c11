/* SPDX-License-Identifier: MIT */
/* What is wrong with files, collected, so that it can be mended in one go. */
#pragma once

#include <migrate/engine.h>
#include <migrate/error.h>
#include <stddef.h>

/**
 * MigInput:
 *
 * A file's text on its way to a migration, and where complaints about it go.
 */
typedef struct {
    const char *path;    /* (borrowed) as messages call the file */
    const char *text;    /* (borrowed) without a BOM; not NUL-terminated */
    size_t length;       /* of text, in bytes */
    MigEngine engine;    /* one engine */
    GPtrArray *problems; /* (borrowed) from mig_problems_new() */
} MigInput;

/**
 * mig_problems_new:
 *
 * Returns: (owned) an empty list; g_ptr_array_unref()
 */
GPtrArray *mig_problems_new(void);

/**
 * mig_problems_add:
 * @path: (borrowed) the file
 * @line: from 1; 0: the file as a whole
 * @column: in characters, from 1; 0: the line as a whole
 * @format: what is wrong, and what to do
 */
void mig_problems_add(GPtrArray *problems, const char *path, unsigned line, unsigned column,
                      const char *format, ...) G_GNUC_PRINTF(5, 6);

/**
 * mig_problems_raise:
 * @error: %MIG_ERROR_FILE with a "path:line:column: what" line for each of the first twenty, by
 *     path and place, and "and N more"
 *
 * Returns: %true if there is none, or %false with @error set
 */
bool mig_problems_raise(GPtrArray *problems, GError **error);
