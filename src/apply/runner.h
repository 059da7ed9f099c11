/* SPDX-License-Identifier: MIT */
/* What the files of this room share while a plan is carried out. */
#pragma once

#include "apply/apply.h"
#include "apply/journal.h"
#include "apply/watch.h"

typedef struct {
    const MigPlan *plan;            /* (borrowed) */
    const MigApplyOptions *options; /* (borrowed) */
    MigHistoryTable *table;         /* (borrowed) */
    MigTarget *target;              /* (borrowed) */
    MigExecution *execution;        /* (borrowed) */
    const MigStep *step;            /* (borrowed) the one that is running */
    MigStepResult *result;          /* (borrowed) of that step */
    size_t number;                  /* of that step, from 1 */
    MigJournal journal;
    MigWatch *watch;    /* (owned) who keeps a statement waiting */
    GPtrArray *ended;   /* (owned) char *: sessions that were ended for us */
    GMutex ended_mutex; /* over `ended`: the watch's thread adds to it */
    GRand *random;      /* (owned) for pauses */
    int64_t waited_ms;  /* by earlier tries of the unit that runs */
    unsigned tried;     /* how often that unit failed */
    bool single_open;   /* a statement outside a transaction is done, and not marked as done yet */
} MigRunner;

void
mig_runner_tell(const MigRunner *runner, MigProgressKind kind, size_t statement, const char *text);

/**
 * mig_runner_write_again:
 * @tried: how often it failed, from 1
 *
 * Whether what is to be recorded failed for a lock, as of a backup, and is to be written again; waits
 * before that.
 */
bool mig_runner_write_again(MigRunner *runner, unsigned tried, const GError *failure);

/**
 * mig_unit_run:
 * @index: of the unit in the step
 * @out_failed_at: (out) number of the statement that failed, from 1; 0: it wasn't a statement
 * @error: what it failed with, described; a transaction may still be open then
 *
 * Runs one unit, and writes in its transaction what it means for the history.
 */
bool mig_unit_run(MigRunner *runner, guint index, size_t *out_failed_at, GError **error);

/** mig_unit_replay: makes the settings of the session that an interrupted run had made. */
bool mig_unit_replay(MigRunner *runner, GError **error);

/** mig_unit_is_last_change: whether no later unit changes the database. */
bool mig_unit_is_last_change(const MigStep *step, guint index);

/** mig_unit_verifies_inside: whether VERIFY belongs into this unit's transaction. */
bool mig_unit_verifies_inside(const MigRunner *runner, guint index);

/** mig_unit_verify: asks the step's VERIFY, in the open transaction or in one of its own. */
bool mig_unit_verify(MigRunner *runner, bool inside, GError **error);
