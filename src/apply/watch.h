/* SPDX-License-Identifier: MIT */
/* Who keeps us waiting: seen through a second connection while a statement runs. */
#pragma once

#include "driver/target.h"

typedef struct MigWatch MigWatch;

/**
 * MigWatchFunc:
 * @text: (borrowed) who blocks, for people: one line for each blocker
 * @terminated: whether they were ended
 *
 * Called from the watch's thread.
 */
typedef void (*MigWatchFunc)(const char *text, bool terminated, gpointer data);

/**
 * mig_watch_new:
 * @target: (borrowed) whose statements are watched; outlives the watch
 * @terminate_after_ms: end the sessions that block a statement for longer than this; 0: never
 *
 * Nothing is connected until a statement has run for a second.
 */
MigWatch *
mig_watch_new(MigTarget *target, int64_t terminate_after_ms, MigWatchFunc func, gpointer data);
void mig_watch_free(MigWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigWatch, mig_watch_free)

/** mig_watch_begin, mig_watch_end: round each statement; @waited_ms: what it waited in earlier tries. */
void mig_watch_begin(MigWatch *watch, int64_t waited_ms);
void mig_watch_end(MigWatch *watch);
