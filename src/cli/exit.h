/* SPDX-License-Identifier: MIT */
/* Exit statuses, as migrate(1) lists them. */
#pragma once

#include <migrate/error.h>

typedef enum {
    MIG_EXIT_DONE = 0,
    MIG_EXIT_FAILED = 1,     /* a migration or statement failed */
    MIG_EXIT_USAGE = 2,      /* the command line, the configuration or a migration file is wrong */
    MIG_EXIT_PENDING = 3,    /* --check found pending migrations */
    MIG_EXIT_LINT = 4,       /* findings at or above --fail-on */
    MIG_EXIT_VERIFY = 5,     /* a VERIFY query did not return what it must */
    MIG_EXIT_HISTORY = 6,    /* the history and the files disagree */
    MIG_EXIT_LOCKED = 7,     /* another runner holds the lock */
    MIG_EXIT_CONNECTION = 8, /* the database can't be reached */
    MIG_EXIT_SIGNAL = 128,   /* plus the signal, after a clean stop */
} MigExit;

/**
 * mig_exit_status:
 * @error: (borrowed) why a command stopped
 * @signal: which signal asked to stop, for %MIG_ERROR_CANCELLED; 0 if none did
 */
static inline int
mig_exit_status(const GError *error, int signal)
{
    if (error->domain != MIG_ERROR)
        return MIG_EXIT_FAILED;

    switch ((MigErrorCode)error->code) {
    case MIG_ERROR_USAGE:
    case MIG_ERROR_FILE:
        return MIG_EXIT_USAGE;
    case MIG_ERROR_VERIFY:
        return MIG_EXIT_VERIFY;
    case MIG_ERROR_HISTORY:
        return MIG_EXIT_HISTORY;
    case MIG_ERROR_LOCKED:
        return MIG_EXIT_LOCKED;
    case MIG_ERROR_CONNECTION:
        return MIG_EXIT_CONNECTION;
    case MIG_ERROR_PENDING:
        return MIG_EXIT_PENDING;
    case MIG_ERROR_LINT:
        return MIG_EXIT_LINT;
    case MIG_ERROR_CANCELLED:
        return signal > 0 ? MIG_EXIT_SIGNAL + signal : MIG_EXIT_FAILED;
    case MIG_ERROR_SQL:
    case MIG_ERROR_FAILED:
        break;
    }
    return MIG_EXIT_FAILED;
}
