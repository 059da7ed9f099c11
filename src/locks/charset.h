/* SPDX-License-Identifier: MIT */
/* Character sets of MySQL and MariaDB: which one a column has, and how wide its characters are. */
#pragma once

#include "schema/catalog.h"

/** How many bytes a character may take; 1 for what isn't known. */
int mig_charset_bytes(const char *charset);

/**
 * mig_charset_of:
 * @version: of the server
 * @table: (nullable) the table that the column is in, or comes into
 * @out_assumed: (out) (optional) whether nothing says it, so that the server's default was taken
 *
 * Returns: (owned) in lower case, "utf8" as "utf8mb3"
 */
char *mig_charset_of(MigEngine engine, int version, const MigTable *table, const MigType *type,
                     bool *out_assumed);
