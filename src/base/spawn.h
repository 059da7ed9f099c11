/* SPDX-License-Identifier: MIT */
/* Other programs, started so that they can be stopped and see nothing they shouldn't. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/** Where a program that was started finds MigSpawn.secret. */
#define MIG_SPAWN_SECRET "/dev/fd/3"

/**
 * MigSpawn:
 *
 * What is to be started. Everything is borrowed.
 */
typedef struct {
    const char *const *argv;        /* %NULL-terminated; looked up on PATH */
    const char *const *environment; /* "NAME=value" to be added to ours, "NAME" to be left out of
                                       it, %NULL-terminated; %NULL: as ours is */
    const char *input;  /* what its standard input holds; %NULL: nothing, as from /dev/null */
    const char *secret; /* what %MIG_SPAWN_SECRET holds, a file in memory: arguments are for
                           everybody to read, and ps(1) shows an environment; %NULL: nothing */
} MigSpawn;

/**
 * mig_spawn:
 * @out_status: (out) as wait(2) gives it
 * @error: if it can't be started
 *
 * Runs a program to its end. What it writes goes to our standard error. Signals that we block, so
 * that one thread of ours can wait for them, are not blocked in it.
 *
 * Returns: whether it was started
 */
bool mig_spawn(const MigSpawn *program, int *out_status, GError **error);

/** mig_spawn_restore_signals: (scope call) a GSpawnChildSetupFunc; runs in the child. */
void mig_spawn_restore_signals(gpointer data);

/** mig_spawn_describe: (owned) "ended with status 3", "was killed by SIGTERM". */
char *mig_spawn_describe(int status);
