/* SPDX-License-Identifier: MIT */
/* The goal that `plan` and `script` take, and the plan for it, with a database or without. */
#pragma once

#include "cli/session.h"

typedef struct {
    char *to;      /* (owned) */
    char *down;    /* (owned) how many to revert, or "all" */
    gboolean all;  /* plan everything, as on an empty database */
    bool tolerant; /* to look at, not to run: see MigGoal */
} MigGoalOptions;

/** How the options of a goal are written, to be followed by a command's own. */
#define MIG_GOAL_ENTRIES(options)                                                                    \
    {"to", 0, 0, G_OPTION_ARG_FILENAME, &(options).to, "up to and with this version", "VERSION"},    \
        {"down", 0, 0, G_OPTION_ARG_FILENAME, &(options).down, "reverting the newest N, or \"all\"", \
         "N"},                                                                                       \
    {                                                                                                \
        "all", 0, 0, G_OPTION_ARG_NONE, &(options).all, "all migrations, as on an empty database",   \
            NULL                                                                                     \
    }

void mig_goal_options_clear(MigGoalOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MigGoalOptions, mig_goal_options_clear)

/**
 * MigPlanned:
 *
 * A plan and what it points to. Everything is (owned).
 */
typedef struct {
    MigSession *session; /* %NULL: without a database */
    MigSource *source;   /* %NULL unless without a database, or with --all */
    MigHistory *history; /* likewise */
    GPtrArray *files; /* MigSource, each with one of the files that were named; %NULL: none were */
    MigPlan *plan;
    MigEngine engine;
    bool live;                  /* it is for the schema that the database has */
    bool alone;                 /* nothing is known of the schema that it is for */
    const char *before_version; /* (borrowed) it is for what the files of `source` below this make;
                                   %NULL: for an empty database */
} MigPlanned;

void mig_planned_free(MigPlanned *planned);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigPlanned, mig_planned_free)

/**
 * mig_goal_plan:
 *
 * Without a database, which takes --engine, the plan is that for an empty one.
 */
MigPlanned *mig_goal_plan(MigInvocation *invocation, const MigGoalOptions *options, GError **error);

/** mig_goal_plan_for: the same for a goal that is known, and a database. */
MigPlanned *mig_goal_plan_for(MigInvocation *invocation, MigGoal *goal, GError **error);

/**
 * mig_goal_plan_files:
 * @paths: (borrowed) %NULL-terminated; SQL files, migrations or not
 *
 * As if each of them were a pending migration: for a database, if one is configured; else for what the
 * files before the first one make, if it stands in the directory of migrations.
 */
MigPlanned *
mig_goal_plan_files(MigInvocation *invocation, const char *const *paths, GError **error);
