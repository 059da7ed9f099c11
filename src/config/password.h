/* SPDX-License-Identifier: MIT */
/* The database's password where it isn't in the URL: a file's first line, or a command's. */
#pragma once

#include <migrate/error.h>

/**
 * mig_password_read_file:
 * @place: (borrowed) which setting says so, for errors
 *
 * Returns: (owned) the first line of a file, or %NULL with @error set to %MIG_ERROR_USAGE
 */
char *mig_password_read_file(const char *path, const char *place, GError **error);

/**
 * mig_password_run_command:
 * @command: (borrowed) for sh -c; its standard input and error are ours
 * @place: (borrowed) which setting says so, for errors
 *
 * Returns: (owned) the first line that it wrote, or %NULL with @error set to %MIG_ERROR_USAGE
 */
char *mig_password_run_command(const char *command, const char *place, GError **error);
