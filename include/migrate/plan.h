/* SPDX-License-Identifier: MIT */
/* MigPlan: what will run, in which order, in which transactions. */
#pragma once

#include <migrate/error.h>
#include <migrate/history.h>
#include <migrate/source.h>

G_BEGIN_DECLS

typedef enum {
    MIG_DIRECTION_UP,
    MIG_DIRECTION_DOWN,
} MigDirection;

typedef enum {
    MIG_GOAL_UP,   /* apply what is pending */
    MIG_GOAL_DOWN, /* revert the newest */
    MIG_GOAL_REDO, /* revert the newest, and apply them again */
    MIG_GOAL_GOTO, /* up or down to exactly `to` */
} MigGoalKind;

typedef enum {
    MIG_OUT_OF_ORDER_AUTO,
    MIG_OUT_OF_ORDER_ALLOW,
    MIG_OUT_OF_ORDER_REFUSE,
} MigOutOfOrder;

/**
 * MigGoal:
 *
 * Where the user wants to get to.
 */
typedef struct {
    MigGoalKind kind;
    int count; /* at most so many migrations; -1: all */
    const char
        *to; /* (borrowed) UP: up to and with this version; DOWN: everything after it; %NULL */
    MigOutOfOrder out_of_order;
    bool strict_checksums; /* compare the bytes, not the tokens */
    int server_version;    /* see mig_engine_version_parse(); 0: the newest known */
    bool tolerant; /* to look at, not to run: a BEGIN without COMMIT and the like are planned
                              as the server would take them, for rules to speak about */
} MigGoal;

typedef enum {
    MIG_UNIT_TRANSACTION, /* statements in a transaction of ours, with the history's row */
    MIG_UNIT_AUTHOR,      /* the author's own BEGIN ... COMMIT, the history's row inside */
    MIG_UNIT_SINGLE,      /* outside a transaction, journalled before and after; one statement, but
                             for MySQL's LOCK TABLES ... UNLOCK TABLES */
    MIG_UNIT_SESSION,     /* a setting of the session, outside a transaction: leaves nothing in the
                             database, so that it can be repeated and is not journalled */
} MigUnitKind;

/**
 * MigUnit:
 *
 * Statements that are done together or not at all, as far as the engine can.
 */
typedef struct {
    MigUnitKind kind;
    size_t first; /* index of its first statement in the script */
    size_t n;     /* how many it has */
    size_t lock;  /* number, from 1, of the LOCK TABLES that it was begun with, where an interrupted
                     run got into the middle of it; 0: none */
} MigUnit;

/**
 * MigStep:
 *
 * One migration in one direction.
 */
typedef struct {
    MigDirection direction;
    const char *version; /* (borrowed) */
    const char *name;    /* (borrowed) */
    const MigMigration
        *migration;          /* (borrowed) %NULL: its file is gone, DOWN is from the history */
    const MigRecord *record; /* (borrowed) what was recorded before; %NULL if nothing */
    const MigScript *script; /* (borrowed) what is executed */
    const MigScript *verify; /* (borrowed) what is asked afterwards; %NULL if nothing */
    const char *path;        /* (borrowed) what positions in `script` refer to */
    size_t done;             /* statements that an interrupted run has done already */
    GArray *replay;          /* (owned) size_t: of these, settings of the session that must be
                                       made again; %NULL if none */
    GArray *units;           /* (owned) MigUnit, for the statements that are left to do */
    bool atomic;             /* at most one unit changes the database: nothing is journalled */
    bool late;               /* applied out of order: a newer one is applied already */
} MigStep;

/**
 * MigPlan:
 *
 * A pure function of files, history and goal. Everything it points to must outlive it.
 */
typedef struct {
    MigEngine engine;
    int server_version;
    GPtrArray *steps;   /* (owned) MigStep, in the order they will run */
    GPtrArray *scripts; /* (owned) MigScript of steps whose file is gone */
    GPtrArray *notices; /* (owned) char *, for people, such as: the database is newer than the
                           directory */
} MigPlan;

/**
 * MigRecordedSql:
 *
 * Gives the SQL that was recorded for a version: asked only when a step's file is gone, or when an
 * interrupted migration's file may have changed.
 *
 * Returns: whether it is known; out parameters are (owned), and %NULL for what wasn't recorded
 */
typedef bool (*MigRecordedSql)(const char *version, char **out_up, char **out_down, gpointer data,
                               GError **error);

/**
 * mig_plan_build:
 * @source: (borrowed) (inout) the migrations; those that the plan needs are parsed
 * @history: (borrowed) what has run
 * @goal: (borrowed) where to get to
 * @recorded: (scope call) or %NULL when the history has no SQL
 * @error: %MIG_ERROR_HISTORY if files and history disagree, %MIG_ERROR_FILE for a file that can't
 *     run as it is (an unbalanced BEGIN, a Requires that can't be met), %MIG_ERROR_USAGE if the
 *     goal doesn't exist, %MIG_ERROR_FAILED for a migration that has no DOWN
 *
 * Nothing is executed, and no plan is made that is known to fail.
 *
 * Returns: (owned) the plan, which may be empty, or %NULL with @error set
 */
MigPlan *mig_plan_build(MigSource *source, const MigHistory *history, const MigGoal *goal,
                        MigRecordedSql recorded, gpointer data, GError **error);

static inline const MigUnit *
mig_step_unit(const MigStep *step, size_t index)
{
    return &g_array_index(step->units, MigUnit, index);
}

void mig_step_free(MigStep *step);
void mig_plan_free(MigPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigPlan, mig_plan_free)

G_END_DECLS
