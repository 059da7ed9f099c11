/* SPDX-License-Identifier: MIT */
/* Carrying a plan out from beginning to end: lock, plan, run, and again when the connection was lost. */
#pragma once

#include "cli/session.h"

typedef struct {
    MigGoal goal;
    bool verify;
    bool wait_for_blockers;
    int64_t terminate_after_ms; /* 0: never */
    const char *backup;         /* (borrowed) where to, or %NULL */
    const char *before;         /* (borrowed) a command, or %NULL */
    const char *after;          /* (borrowed) a command, or %NULL */
} MigCarryOptions;

/**
 * mig_carry_out:
 *
 * What up, down, redo and goto do: plans without a lock, and where there is something to do takes
 * the lock, makes the history's tables, plans again, and carries that out. When the connection is
 * lost it is made again for as long as the setting `reconnect` says, the history tells what is done,
 * and what is left is carried out.
 *
 * Returns: the exit status, which counts unless @error is set
 */
int mig_carry_out(MigInvocation *invocation, const MigCarryOptions *options, GError **error);
