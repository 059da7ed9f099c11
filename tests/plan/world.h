/* SPDX-License-Identifier: MIT */
/* Files, a history and a goal in memory, as a case describes them, and a plan as text. */
#pragma once

#include "support/casefile.h"

#include <migrate/plan.h>

/*
 * Parts of a case:
 *
 *   == engine postgres [version]     else sqlite
 *   == file 1_a.sql                  a file of the directory
 *   == record 1_a.sql STATE [done=N] [doing=N] [total=N] [bare]
 *                                    what is recorded; the body is the file as it was then, none if
 *                                    it is the same; "bare" is without checksums and SQL
 *   == goal up|down|redo|goto [N] [to=V] [out-of-order=auto|allow|refuse] [strict]
 */
typedef struct {
    MigSource *source;   /* (owned) */
    MigHistory *history; /* (owned) */
    GHashTable *ran;     /* (owned) version (owned) to MigMigration (owned): what was recorded */
    int server_version;
} MigWorld;

MigWorld *mig_world_new(const MigCaseFile *file);
void mig_world_free(MigWorld *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigWorld, mig_world_free)

/** mig_world_goal: @argument of a "goal" part. */
MigGoal mig_world_goal(const MigWorld *world, const char *argument, char **out_to);

/** mig_world_plan: what mig_plan_build() makes of it. */
MigPlan *mig_world_plan(MigWorld *world, const MigGoal *goal, GError **error);

/** mig_plan_dump: (owned) a line for each step, and one for each notice. */
char *mig_plan_dump(const MigPlan *plan);
