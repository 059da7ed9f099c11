/* SPDX-License-Identifier: MIT */
/* Statements that share a transaction, or one that can't have any. */
#pragma once

#include <migrate/plan.h>

typedef struct {
    const MigScript *script; /* (borrowed) */
    const char *path;        /* (borrowed) for errors */
    MigEngine engine;
    int server_version; /* 0: the newest known */
    MigTransactionMode mode;
    size_t first;  /* statements before this one are done */
    bool tolerant; /* see MigGoal */
} MigUnitInput;

/**
 * mig_units_build:
 * @error: %MIG_ERROR_FILE with "path:line:column: what": a BEGIN without COMMIT and the like
 *
 * Cuts a script into units. Pure, and stable: the same statements give the same units wherever an
 * interrupted run left off.
 *
 * Returns: (owned) array of MigUnit, or %NULL with @error set
 */
GArray *mig_units_build(const MigUnitInput *input, GError **error);

/**
 * mig_units_atomic:
 *
 * Whether a run of these leaves all or nothing: at most one of them changes the database, and that
 * one can be undone.
 */
bool mig_units_atomic(const GArray *units);

/**
 * mig_units_replay:
 *
 * The statements before @first that set something in the session, which an interrupted run's session
 * had and the next one's must have, too.
 *
 * Returns: (owned) array of size_t, or %NULL if there are none
 */
GArray *mig_units_replay(const MigUnitInput *input);
