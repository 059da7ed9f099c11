/* SPDX-License-Identifier: MIT */
/* A case played on a database: files come and go, plans are made and carried out. */
#pragma once

#include "history/table.h"
#include "support/casefile.h"
#include "support/database.h"

#include <migrate/apply.h>

/*
 * Parts, played in their order. A body is what must come of it, unless said otherwise.
 *
 *   == engines sqlite postgres mysql   where it is played
 *   == file 1_a.sql                    the body is, from now on, the file
 *   == remove 1_a.sql                  the file is gone
 *   == up|down|redo|goto ...           as in tests/plan/world.h; also no-verify
 *   == script [idempotent] up ...      the plan as a script, executed by the engine's own client
 *   == says                            the body's lines, without spaces round them, are each in the
 *                                      last run's error
 *   == settle 1 done|retry|...         as `repair` does
 *   == accept                          the same
 *   == doubt 1 2                       as if a run had died in that statement
 *   == resolve                         what the catalog says of it; a body line for each one settled
 *   == exec                            the body is executed on another connection
 *   == query SELECT ...                rows, as another connection sees them
 *   == session SELECT ...              rows, as the runner's connection sees them
 *   == history                         records and events
 */
typedef struct {
    MigTestDatabase *database; /* (owned) */
    MigTarget *target;         /* (owned) the runner's */
    MigTarget *other;          /* (owned) somebody else's */
    MigHistoryTable *table;    /* (owned) */
    GHashTable *files;         /* (owned) name (owned) to text (owned) */
    GError *error;             /* (owned) of the last run */
} MigStage;

MigStage *mig_stage_new(void);
void mig_stage_free(MigStage *stage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigStage, mig_stage_free)

/** mig_stage_play: one part; fails the test if something else comes of it. */
void mig_stage_play(MigStage *stage, MigCaseFile *file, MigPart *part);
