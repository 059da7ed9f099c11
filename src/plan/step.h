/* SPDX-License-Identifier: MIT */
/* One migration in one direction: which script, from where on, in which units. */
#pragma once

#include <migrate/plan.h>

typedef struct {
    MigPlan *plan; /* (borrowed) gets the step */
    MigSource *source;
    MigRecordedSql recorded; /* or NULL */
    gpointer data;
    bool tolerant; /* see MigGoal */
} MigStepMaker;

/**
 * mig_step_add_up:
 * @record: (borrowed) what an interrupted run left, or %NULL
 */
bool mig_step_add_up(const MigStepMaker *maker, MigMigration *migration, const MigRecord *record,
                     bool late, GError **error);

/**
 * mig_step_add_down:
 * @migration: (borrowed) %NULL if the file is gone: DOWN is what was recorded
 * @changed: whether the file says something else than what was applied: likewise
 */
bool mig_step_add_down(const MigStepMaker *maker, MigMigration *migration, const MigRecord *record,
                       bool changed, GError **error);
