/* SPDX-License-Identifier: MIT */
/* What is in a database, put into others: making a new database takes longer than most tests. */
#pragma once

#include "driver/target.h"
#include "support/database.h"

typedef struct MigImage MigImage;

/**
 * mig_image_new:
 * @database: (borrowed) which outlives the image
 * @target: (borrowed) a connection to it
 *
 * What the walks make is what is copied: of a server's, tables with their rows, keys, checks and
 * indexes, but no defaults, no keys that refer to others, nothing but tables.
 *
 * Returns: (owned) what is in it now
 */
MigImage *mig_image_new(const MigTestDatabase *database, MigTarget *target);
void mig_image_free(MigImage *image);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigImage, mig_image_free)

/**
 * mig_image_restore:
 * @database: (borrowed) what gets it instead of what it has; to SQLite's nobody is connected
 * @target: (borrowed) a connection to it; NULL for SQLite
 */
void mig_image_restore(const MigImage *image, const MigTestDatabase *database, MigTarget *target);
