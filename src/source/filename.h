/* SPDX-License-Identifier: MIT */
/* File names to versions and names, and names that were meant to be a migration's. */
#pragma once

#include <glib.h>
#include <stddef.h>

typedef enum {
    MIG_FILENAME_MIGRATION, /* <version>_<name>.sql */
    MIG_FILENAME_OTHER,     /* README.md, schema.sql, an editor's backup: passed over */
    MIG_FILENAME_WRONG,     /* looks like a migration, and isn't one */
} MigFilenameKind;

/**
 * mig_filename_kind:
 * @filename: (borrowed) without its directory
 *
 * Allocates nothing: it is asked for each file at each start.
 */
MigFilenameKind mig_filename_kind(const char *filename);

/**
 * mig_filename_split:
 * @filename: (borrowed) one of %MIG_FILENAME_MIGRATION
 * @out_version: (out) (owned) the digits, as they are written
 * @out_name: (out) (owned) what follows the underscore, without ".sql"
 */
void mig_filename_split(const char *filename, char **out_version, char **out_name);

/**
 * mig_filename_complaint:
 * @filename: (borrowed) one of %MIG_FILENAME_WRONG
 *
 * Returns: (owned) why it is no migration and what to rename it to
 */
char *mig_filename_complaint(const char *filename);
