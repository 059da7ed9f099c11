/* SPDX-License-Identifier: MIT */
/* The review of a plan, from whatever is known of the schema that it will meet. */
#pragma once

#include "cli/goal.h"
#include "lint/run.h"

/** MigSurvey: a review, what rules say, and what they point to. Everything is (owned). */
typedef struct {
    MigReview *review;
    MigFindings *findings;
    MigSizes *sizes; /* %NULL: without a database */
    char *note;      /* why the database didn't let us look at its schema; %NULL: it did */
} MigSurvey;

void mig_survey_free(MigSurvey *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigSurvey, mig_survey_free)

typedef struct {
    const char *schema; /* (borrowed) --schema FILE; %NULL */
    bool speed;         /* measure how fast the server is, for an estimate of times */
    bool one_run;       /* what one migration makes is new to the next */
    bool no_down;       /* DOWN sections are of no interest */
    GHashTable *only;   /* (borrowed) paths of the files that are reported; %NULL: all */
} MigSurveyOptions;

/**
 * mig_survey:
 * @planned: (borrowed) outlives the survey
 *
 * Starts from --schema if it is given, else from what the database has, else from the files before
 * the plan's. Waits in the database no longer than lock-timeout; where that doesn't let us look, the
 * migrations that are applied tell what is there.
 */
MigSurvey *mig_survey(const MigInvocation *invocation, const MigPlanned *planned,
                      const MigSurveyOptions *options, GError **error);

/**
 * mig_survey_live:
 * @session: (borrowed) files and history have been read
 * @plan: (borrowed) outlives the survey
 *
 * From what the database has; where it doesn't let us look, from the migrations that are applied.
 */
MigSurvey *mig_survey_live(const MigSession *session, const MigPlan *plan,
                           const MigSurveyOptions *options, GError **error);
