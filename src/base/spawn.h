/* SPDX-License-Identifier: MIT */
/* Other programs, started so that they can be stopped and see nothing they shouldn't. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/**
 * mig_spawn:
 * @argv: (borrowed) %NULL-terminated; looked up on PATH
 * @environment: (borrowed) "NAME=value" to be added to ours; %NULL: nothing
 * @input: (borrowed) what its standard input holds; %NULL: nothing, as from /dev/null
 * @out_status: (out) as wait(2) gives it
 * @error: if it can't be started
 *
 * Runs a program to its end. What it writes goes to our standard error. Signals that we block, so
 * that one thread of ours can wait for them, are not blocked in it.
 *
 * Returns: whether it was started
 */
bool mig_spawn(const char *const *argv, const char *const *environment, const char *input,
               int *out_status, GError **error);

/** mig_spawn_restore_signals: (scope call) a GSpawnChildSetupFunc; runs in the child. */
void mig_spawn_restore_signals(gpointer data);

/** mig_spawn_describe: (owned) "ended with status 3", "was killed by SIGTERM". */
char *mig_spawn_describe(int status);
