/* SPDX-License-Identifier: MIT */
/* `up --dry-run=execute`: a rehearsal of what is pending. */
#include "cli/rehearse.h"

#include "apply/rehearse.h"
#include "cli/survey.h"

static MigRehearsal *
rehearse(MigSession *session, const MigPlan *plan, bool verify, GError **error)
{
    const MigSettings *settings = session->invocation->settings;
    const MigRehearseOptions options = {
        .lock_timeout_ms = settings->lock_timeout_ms,
        .statement_timeout_ms = settings->statement_timeout_ms,
        .verify = verify && settings->verify,
    };
    g_autoptr(MigLive) live = mig_live_new(&session->report);
    g_autoptr(MigLock) lock = NULL;

    /* A run at the same time would wait for our locks, or we for its. Without the history's tables
     * there has never been one. */
    if (session->history->exists) {
        lock = mig_lock_take(session->table, settings->lock_wait_ms, mig_live_waiting, live, error);
        if (lock == NULL)
            return NULL;
    }
    MigRehearsal *rehearsal = mig_rehearse(plan, session->target, &options, error);
    mig_lock_release(g_steal_pointer(&lock));
    return rehearsal;
}

int
mig_rehearse_plan(MigInvocation *invocation, MigGoal *goal, GError **error)
{
    g_autoptr(MigPlanned) planned = mig_goal_plan_for(invocation, goal, error);
    if (planned == NULL)
        return MIG_EXIT_FAILED;
    const MigSurveyOptions how = {.speed = true, .one_run = true, .no_down = true};
    g_autoptr(MigSurvey) survey = mig_survey(invocation, planned, &how, error);
    if (survey == NULL)
        return MIG_EXIT_FAILED;

    if (survey->note != NULL)
        g_ptr_array_add(planned->plan->notices, g_steal_pointer(&survey->note));
    MigReport report = mig_session_report(invocation);
    const MigPlanView view = {
        .plan = planned->plan,
        .review = survey->review,
        .findings = invocation->settings->lint == MIG_GATE_OFF ? NULL : survey->findings,
        .database = planned->session->database,
        .server = mig_session_server(planned->session),
    };
    mig_report_plan(&report, &view);
    invocation->document_written = report.json;
    return MIG_EXIT_DONE;
}

int
mig_rehearse_command(MigInvocation *invocation, MigGoal *goal, bool verify, GError **error)
{
    g_autoptr(MigPlanned) planned = mig_goal_plan_for(invocation, goal, error);
    if (planned == NULL)
        return MIG_EXIT_FAILED;
    const MigSurveyOptions how = {.one_run = true, .no_down = true};
    g_autoptr(MigSurvey) survey = mig_survey(invocation, planned, &how, error);
    if (survey == NULL)
        return MIG_EXIT_FAILED;
    g_autoptr(MigRehearsal) rehearsal = rehearse(planned->session, planned->plan, verify, error);
    if (rehearsal == NULL)
        return MIG_EXIT_FAILED;

    MigReport report = mig_session_report(invocation);
    const MigRehearsalView view = {
        .rehearsal = rehearsal,
        .review = survey->review,
        .database = planned->session->database,
        .server = mig_session_server(planned->session),
        .exit_status = rehearsal->error != NULL ? mig_exit_status(rehearsal->error, 0) : 0,
    };
    mig_report_rehearsal(&report, &view);
    invocation->document_written = report.json;
    if (rehearsal->error == NULL)
        return MIG_EXIT_DONE;
    g_propagate_prefixed_error(error, g_steal_pointer(&rehearsal->error), "in the rehearsal: ");
    return MIG_EXIT_FAILED;
}
