/* SPDX-License-Identifier: MIT */
/* Predictions beside what servers were seen to do: statements replayed, and impacts as words. */
#pragma once

#include "locks/impact.h"

/** A catalog and the parsed statements that it points into. */
typedef struct {
    MigCatalog *catalog; /* (owned) */
    GPtrArray *parsed;   /* (owned) MigChanges */
    MigEngine engine;
    int version;
    MigMoment now;
} MigStage;

void mig_stage_init(MigStage *stage, MigEngine engine, int version, const char *schema);
void mig_stage_clear(MigStage *stage);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MigStage, mig_stage_clear)

/** What ran before; the next mig_stage_predict() is of another migration. */
void mig_stage_run(MigStage *stage, const char *sql);
/** (owned) of a statement, which isn't run. */
MigImpact *mig_stage_predict(MigStage *stage, const char *sql);

/** (owned) all of it as text, for fixtures. */
char *mig_stage_describe(const MigStage *stage, const MigImpact *impact);
