/* SPDX-License-Identifier: MIT */
/* What failed, in the database's own words, with the place in the file. */
#pragma once

#include <migrate/error.h>
#include <migrate/statement.h>

/**
 * mig_failure_describe:
 * @statement: (borrowed) of @script
 * @error: (borrowed) what it failed with
 *
 * Returns: (owned) "path:line:column: message (code)", the source line underlined, detail and hint,
 *     without a newline at the end
 */
char *mig_failure_describe(const MigScript *script, const MigStatement *statement, const char *path,
                           const GError *error);
