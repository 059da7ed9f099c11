/* SPDX-License-Identifier: MIT */
/* The program run with a fault at its nth call to the database, and what is left of its work. */
#pragma once

#include "apply/image.h"
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

#define MIG_WALK_VERSIONS 9
#define MIG_WALK_STATEMENTS 9

/* How often each statement took effect, by version and number, both from 1; -1: it isn't counted. */
typedef struct {
    int up[MIG_WALK_VERSIONS + 1][MIG_WALK_STATEMENTS + 1];
    int down[MIG_WALK_VERSIONS + 1][MIG_WALK_STATEMENTS + 1];
} MigTallies;

/** mig_walk_new: a database with an empty tally, and the directory of the engine's migrations. */
MigWalk *mig_walk_new(void);

/**
 * mig_walk_restart:
 * @start: (borrowed) another one, which nothing runs in
 * @image: (borrowed) what is in its database
 *
 * Puts @start's database and directory into @walk.
 */
void mig_walk_restart(MigWalk *walk, const MigWalk *start, const MigImage *image);

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

/** mig_walk_calls: (owned) the names of the calls that the last run made. */
char **mig_walk_calls(const MigWalk *walk);

/** mig_walk_history: (owned) what the history says now. */
MigHistory *mig_walk_history(const MigWalk *walk);

MigTallies mig_walk_tallies(const MigWalk *walk);

/** mig_walk_exec: what somebody does by hand. */
void mig_walk_exec(const MigWalk *walk, const char *sql);

/** mig_walk_write: puts a migration into the directory, and its keys into the tally. */
void mig_walk_write(const MigWalk *walk, const char *name, const char *text);

/** mig_walk_read: (owned) the text of a migration in the directory. */
char *mig_walk_read(const MigWalk *walk, const char *name);

/** mig_walk_doubt: as if a run had died in the last counted statement of @version's UP. */
void mig_walk_doubt(const MigWalk *walk, const char *version);

/** mig_walk_show: (owned) the rows that a query has, as text. */
char *mig_walk_show(const MigWalk *walk, const char *sql);
