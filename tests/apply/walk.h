/* SPDX-License-Identifier: MIT */
/* The program run with a fault at its nth call to the database, and what is left of its work. */
#pragma once

#include "driver/target.h"
#include "support/database.h"

#include <migrate/history.h>

/*
 * Each statement of the migrations that is worth counting adds 1 to its own row of "tally", a table
 * that is there before: 'u2.3' is statement 3 of the UP of migration 2, 'd2.1' of its DOWN. So the
 * database says which statements took effect, and how often.
 */
typedef struct {
    MigTestDatabase *database; /* (owned) */
    MigTarget *target;         /* (owned) through the real driver */
    char *migrations;          /* (owned) the directory */
    char *log;                 /* (owned) a line for each call of the last run */
    char *output;              /* (owned) what the last run said on standard error */
} MigWalk;

/** mig_walk_new: a database with an empty tally, and the directory of the engine's migrations. */
MigWalk *mig_walk_new(void);
void mig_walk_free(MigWalk *walk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigWalk, mig_walk_free)

/**
 * mig_walk_run:
 * @command: (borrowed) the command and its arguments, separated by blanks
 * @at: the call that has a fault, from 1; 0: none
 * @kind: (borrowed) as MIGRATE_FAULT_KIND has it
 *
 * Returns: the exit status; 128 and more if it was killed
 */
int mig_walk_run(MigWalk *walk, const char *command, unsigned at, const char *kind);

/** mig_walk_calls: how many calls the last run made. */
unsigned mig_walk_calls(const MigWalk *walk);

/** mig_walk_history: (owned) what the history says now. */
MigHistory *mig_walk_history(const MigWalk *walk);

/** mig_walk_doubt: as if a run had died in the last counted statement of @version's UP. */
void mig_walk_doubt(const MigWalk *walk, const char *version);

/** mig_walk_undo: by hand: no statement of @version's UP has taken effect. */
void mig_walk_undo(const MigWalk *walk, const char *version);

/** mig_walk_tally: how often a statement took effect; -1 if it isn't counted. */
int mig_walk_tally(const MigWalk *walk, char direction, const char *version, int statement);

/** mig_walk_schema: (owned) what the database looks like, but for the history and the tally. */
char *mig_walk_schema(const MigWalk *walk);

/** mig_walk_tallies: (owned) the tally as text. */
char *mig_walk_tallies(const MigWalk *walk);
