/* SPDX-License-Identifier: MIT */
/* MigExecution: what ran. */
#pragma once

#include <migrate/plan.h>

G_BEGIN_DECLS

typedef enum {
    MIG_OUTCOME_DONE,
    MIG_OUTCOME_FAILED,
    MIG_OUTCOME_NOT_RUN, /* an earlier one failed, or a stop was requested */
} MigOutcome;

/**
 * MigStepResult:
 *
 * What became of one step of the plan.
 */
typedef struct {
    const MigStep *step; /* (borrowed) from the plan */
    MigOutcome outcome;
    size_t done;      /* statements that are done, and committed, those of earlier runs included */
    size_t total;     /* statements that the script has */
    size_t failed_at; /* number of the statement that failed, from 1; 0 if none did */
    size_t verified;  /* VERIFY queries that passed */
    bool rolled_back; /* failed, and nothing of this run is left of it */
    int64_t duration_ms;
} MigStepResult;

/**
 * MigExecution:
 *
 * How far a plan got. Failure is a value: what ran before it is in `results`.
 */
typedef struct {
    GPtrArray *results;  /* (owned) MigStepResult, one for each step of the plan */
    GPtrArray *warnings; /* (owned) char *, such as a setting that a migration left behind */
    GError *error;       /* (owned) why it stopped; %NULL: all is done */
    int64_t duration_ms;
} MigExecution;

typedef enum {
    MIG_PROGRESS_STEP,      /* a migration begins */
    MIG_PROGRESS_STATEMENT, /* one of its statements begins */
    MIG_PROGRESS_VERIFY,    /* its VERIFY begins */
    MIG_PROGRESS_DONE,      /* the migration is done and committed */
    MIG_PROGRESS_FAILED,
    MIG_PROGRESS_WAITING, /* a statement waits; `text` says for whom. From another thread */
    MIG_PROGRESS_RETRY,   /* it is tried again after a pause; `text` says why */
    MIG_PROGRESS_WARNING, /* `text` */
} MigProgressKind;

/**
 * MigProgress:
 *
 * What is happening, valid during the callback.
 */
typedef struct {
    MigProgressKind kind;
    const MigStep *step;         /* (borrowed) %NULL where no migration is concerned */
    const MigStepResult *result; /* (borrowed) with DONE and FAILED, else %NULL */
    size_t number;               /* of the step in the plan, from 1 */
    size_t n_steps;
    size_t statement; /* from 1 */
    const char *text; /* (borrowed) or %NULL */
} MigProgress;

typedef void (*MigProgressFunc)(const MigProgress *progress, gpointer data);

void mig_execution_free(MigExecution *execution);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigExecution, mig_execution_free)

G_END_DECLS
