/* SPDX-License-Identifier: MIT */
/* A file's text replaced as a whole, or not at all. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/**
 * mig_replace_file:
 * @path: (borrowed) a file that is there; a symbolic link stays one
 * @error: %MIG_ERROR_FILE
 *
 * Writes beside the file, keeping its mode, and puts that in its place when all of it is on the disk:
 * whoever reads meanwhile sees the old text or the new one.
 */
bool mig_replace_file(const char *path, const char *text, GError **error);
