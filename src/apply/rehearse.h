/* SPDX-License-Identifier: MIT */
/* A plan carried out for real in one transaction that is then rolled back. */
#pragma once

#include "driver/target.h"

#include <migrate/plan.h>

/** MigTakenLock: a lock that a statement took, or made stronger. Strings are (owned). */
typedef struct {
    char *schema;
    char *name;
    char *mode; /* "AccessExclusiveLock" */
    bool index;
} MigTakenLock;

/** MigRehearsed: what came of one statement. */
typedef struct {
    const MigStep *step; /* (borrowed) */
    size_t index;        /* of the statement in its script */
    GPtrArray *taken; /* (owned) MigTakenLock, by schema and name; %NULL: the engine can't tell */
    int64_t duration_ms;
} MigRehearsed;

/** MigRehearsal: how far it got. Failure is a value, as with MigExecution. */
typedef struct {
    GPtrArray *statements; /* (owned) MigRehearsed, those that succeeded */
    size_t verified;       /* VERIFY queries that passed */
    GError *error;         /* (owned) what stopped it; %NULL: all of it went well */
    int64_t duration_ms;
} MigRehearsal;

typedef struct {
    int64_t lock_timeout_ms;
    int64_t statement_timeout_ms;
    bool verify;
} MigRehearseOptions;

/**
 * mig_rehearse:
 * @target: (borrowed) no transaction is open
 * @error: %MIG_ERROR_FAILED where the plan can't be rehearsed: a statement that can't be in a
 *     transaction, named with its place; an engine that commits each DDL statement
 *
 * Runs the plan's statements and VERIFY queries in one transaction, and rolls back. Locks are waited
 * for as long as the lock time-out says, once. Nothing stays but what no transaction takes back:
 * numbers that sequences gave out.
 *
 * Returns: (owned) what came of it, or %NULL with @error set if nothing was begun
 */
MigRehearsal *mig_rehearse(const MigPlan *plan, MigTarget *target,
                           const MigRehearseOptions *options, GError **error);
void mig_rehearsal_free(MigRehearsal *rehearsal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigRehearsal, mig_rehearsal_free)
