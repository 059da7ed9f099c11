/* SPDX-License-Identifier: MIT */
/* Temporary directories that are removed with all that is in them. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/** mig_scratch_new: (owned) the path of a new and empty directory. */
char *mig_scratch_new(void);

/** mig_scratch_remove: removes @path, a file or a directory with all that is in it. */
void mig_scratch_remove(const char *path);
