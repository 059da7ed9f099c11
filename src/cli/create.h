/* SPDX-License-Identifier: MIT */
/* New files, which never replace one that is there. */
#pragma once

#include <migrate/error.h>

typedef enum {
    MIG_CREATED,
    MIG_CREATE_EXISTS, /* it was there, and is as it was */
    MIG_CREATE_FAILED,
} MigCreated;

/**
 * mig_create_file:
 * @text: (borrowed) what is to be in it
 * @error: set for %MIG_CREATE_FAILED only: %MIG_ERROR_FAILED
 *
 * A file that can't be written to its end is removed again.
 */
MigCreated mig_create_file(const char *path, const char *text, GError **error);

/**
 * mig_create_directory:
 * @error: set for %MIG_CREATE_FAILED only: %MIG_ERROR_FAILED
 *
 * With its parents.
 */
MigCreated mig_create_directory(const char *path, GError **error);
