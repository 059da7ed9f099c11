/* SPDX-License-Identifier: MIT */
/* A request to stop, passed down, asked between statements. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct MigCancel MigCancel;
typedef void (*MigCancelFunc)(void *data);

/**
 * mig_cancel_new:
 *
 * Returns: (owned) a request that nobody has made yet; mig_cancel_free()
 */
MigCancel *mig_cancel_new(void);
void mig_cancel_free(MigCancel *cancel);

/**
 * mig_cancel_request:
 * @signal: what is to be reported, such as SIGINT
 *
 * From any thread (not from a signal handler). Calls the function that is registered, and calls it
 * again every tenth of a second until it is unregistered: a database drops a request to cancel that
 * comes just before the statement does.
 */
void mig_cancel_request(MigCancel *cancel, int signal);

/**
 * mig_cancel_requested:
 * @cancel: (borrowed) or %NULL
 *
 * Returns: the signal, or 0 if nobody asked to stop
 */
int mig_cancel_requested(const MigCancel *cancel);

/** mig_cancel_signal_name: (static) "SIGINT"; signals have other names in messages than in manuals. */
const char *mig_cancel_signal_name(int signal);

/**
 * mig_cancel_enter:
 * @cancel: (borrowed) or %NULL
 * @stop: called from another thread when a stop is requested
 *
 * While a statement is running. If a stop was requested already, @stop is not called: ask first.
 */
void mig_cancel_enter(MigCancel *cancel, MigCancelFunc stop, void *data);
void mig_cancel_leave(MigCancel *cancel);

/**
 * mig_cancel_sleep:
 *
 * Sleeps, but wakes up at once when a stop is requested.
 *
 * Returns: whether the whole time was slept
 */
bool mig_cancel_sleep(MigCancel *cancel, int64_t ms);
