/* SPDX-License-Identifier: MIT */
/* A backup before anything runs. */
#pragma once

#include "cli/session.h"

/**
 * mig_backup_make:
 * @path: (borrowed) where to; must not exist
 * @error: %MIG_ERROR_USAGE if @path exists or the engine's program isn't on PATH,
 *     %MIG_ERROR_FAILED if the backup didn't come out whole
 *
 * SQLite through its own backup, checked; PostgreSQL by pg_dump in its custom format, MySQL and
 * MariaDB by mysqldump or mariadb-dump. The password reaches these by their environment only.
 */
bool mig_backup_make(MigSession *session, const char *path, GError **error);
