/* SPDX-License-Identifier: MIT */
/* One file to one MigMigration. */
#pragma once

#include <migrate/source.h>

/**
 * mig_migration_new:
 * @path: (borrowed) as it is shown
 * @filename: (borrowed) its last part; when it isn't a migration's name, the version is "0" and the
 *     name is the file's
 *
 * Returns: (owned) a migration that isn't parsed yet and has no checksum
 */
MigMigration *mig_migration_new(const char *path, const char *filename);

/**
 * mig_migration_parse:
 * @migration: (inout) one that isn't parsed
 * @bytes: (borrowed) its file's; may hold anything
 * @problems: (inout) from mig_problems_new(): what is wrong with the file
 *
 * Fills in all but the raw checksum. With a problem the migration is only good for freeing.
 */
void mig_migration_parse(MigMigration *migration, const char *bytes, size_t length,
                         MigEngine engine, GPtrArray *problems);
