/* SPDX-License-Identifier: MIT */
/* Carrying a plan out from beginning to end: lock, plan, run, and again when the connection was lost. */
#include "cli/carry.h"

#include "apply/apply.h"
#include "apply/retry.h"
#include "base/duration.h"
#include "cli/backup.h"
#include "cli/gate.h"
#include "cli/hook.h"
#include "cli/interrupt.h"

#include <string.h>

/* A statement that brings the server down would do so for ever. */
#define LOST_AT_MOST 3

/* One run of the command. */
typedef struct {
    MigInvocation *invocation;
    const MigCarryOptions *options;
    MigSession *session; /* (owned) */
    MigGoal goal;        /* what is left of it */
    MigLock *lock;       /* (owned) NULL while it isn't held */
    GPtrArray *plans;    /* (owned) MigPlan: results point into them */
    const MigPlan *plan; /* (borrowed) the last of them */
    MigExecution *whole; /* (owned) all attempts as one */
    bool told;           /* whether the heading was printed */
    char *place;         /* (owned) how far the run was when its connection was lost last */
    unsigned lost;       /* how often it was lost since it got there */
} Carry;

typedef bool (*Work)(Carry *carry, GError **error);

static void
free_plan(gpointer plan)
{
    mig_plan_free(plan);
}

static void
carry_clear(Carry *carry)
{
    mig_execution_free(carry->whole);
    g_ptr_array_unref(carry->plans);
    g_clear_pointer(&carry->lock, mig_lock_release);
    mig_session_close(carry->session);
    g_free(carry->place);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Carry, carry_clear)

static void
print_nothing(const Carry *carry)
{
    const MigGoal *goal = &carry->options->goal;
    const MigSource *source = carry->session->source;
    FILE *out = carry->session->report.out;
    bool downwards = goal->kind == MIG_GOAL_DOWN || goal->kind == MIG_GOAL_REDO;

    if (downwards && goal->to != NULL)
        fprintf(out, "nothing to revert: nothing newer than %s is applied\n", goal->to);
    else if (downwards)
        fprintf(out, "nothing to revert: no migration is applied\n");
    else if (goal->kind == MIG_GOAL_GOTO)
        fprintf(out, "nothing to do: the database is at %s\n", goal->to);
    else if (goal->to != NULL)
        fprintf(out, "nothing to do: everything up to %s is applied\n", goal->to);
    else if (source->migrations->len == 0)
        fprintf(out, "nothing to do: there are no migrations in %s\n", source->directory);
    else
        fprintf(out, "nothing to do: everything is applied\n");
}

/* What the plan says beside itself: in JSON among the warnings. */
static void
tell_notices(Carry *carry, const MigPlan *plan)
{
    mig_report_notices(&carry->session->report, plan);
    for (guint i = 0; carry->session->report.json && i < plan->notices->len; i++)
        g_ptr_array_add(carry->whole->warnings, g_strdup(g_ptr_array_index(plan->notices, i)));
}

static int
report_whole(Carry *carry, GError **error)
{
    MigSession *session = carry->session;
    const MigReport *report = &session->report;
    MigExecution *whole = carry->whole;
    int status = whole->error == NULL ? MIG_EXIT_DONE
                                      : mig_exit_status(whole->error, mig_interrupt_signal());

    if (whole->results->len == 0 && whole->error == NULL && !report->json) {
        if (!report->quiet)
            print_nothing(carry);
        return status;
    }
    mig_report_execution(report, whole, carry->invocation->command->name, session->database,
                         mig_session_server(session), status);
    carry->invocation->document_written = report->json;
    if (whole->error != NULL)
        g_propagate_error(error, g_steal_pointer(&whole->error));
    return status;
}

/* Whether a step that failed with its connection is done all the same: its COMMIT arrived, and only
 * the answer was lost. */
static bool
is_done_after_all(const Carry *carry, const MigStepResult *result)
{
    const MigRecord *record = mig_history_find(carry->session->history, result->step->version);
    bool applied = record != NULL && mig_record_is_applied(record);

    return result->outcome == MIG_OUTCOME_FAILED &&
           applied == (result->step->direction == MIG_DIRECTION_UP);
}

/* Keeps what an attempt did; what it didn't do belongs to the next one. */
static void
keep_results(Carry *carry, MigExecution *attempt, bool last)
{
    for (guint i = 0; i < attempt->results->len; i++) {
        MigStepResult *result = g_ptr_array_index(attempt->results, i);
        if (!last && is_done_after_all(carry, result)) {
            result->outcome = MIG_OUTCOME_DONE;
            result->done = result->total;
            result->failed_at = 0;
        }
        if (!last && result->outcome != MIG_OUTCOME_DONE)
            continue;
        if (!last && carry->goal.count > 0)
            carry->goal.count--;
        g_ptr_array_add(carry->whole->results, g_memdup2(result, sizeof *result));
    }
    for (guint i = 0; i < attempt->warnings->len; i++)
        g_ptr_array_add(carry->whole->warnings, g_strdup(g_ptr_array_index(attempt->warnings, i)));
    carry->whole->duration_ms += attempt->duration_ms;
}

static bool
is_lost(const GError *failure)
{
    return g_error_matches(failure, MIG_ERROR, MIG_ERROR_CONNECTION);
}

/* Whether the connection was lost too often without getting any further. */
static bool
is_lost_for_good(Carry *carry, const MigStep *step)
{
    if (step != NULL) {
        g_autofree char *place =
            g_strdup_printf("%s %d %zu", step->version, step->direction, step->done);
        if (g_strcmp0(place, carry->place) != 0)
            carry->lost = 0;
        g_free(carry->place);
        carry->place = g_steal_pointer(&place);
    }
    carry->lost++;
    if (carry->lost < LOST_AT_MOST)
        return false;
    if (!carry->session->report.quiet)
        fprintf(stderr,
                "the connection was lost %u times at the same place: not connecting again\n",
                carry->lost);
    return true;
}

/* `step`: the first of what was being carried out, or NULL. Returns: whether there is a connection. */
static bool
reconnect(Carry *carry, const MigStep *step, const GError *lost)
{
    int64_t limit_ms = carry->invocation->settings->reconnect_ms;
    int64_t start = g_get_monotonic_time();
    g_autofree char *time = mig_duration_format(limit_ms);
    g_autofree char *first = g_strndup(lost->message, strcspn(lost->message, "\n"));

    /* The lock went with the connection. */
    g_clear_pointer(&carry->lock, mig_lock_release);
    if (limit_ms == 0 || mig_interrupt_signal() != 0 || is_lost_for_good(carry, step))
        return false;
    if (!carry->session->report.quiet)
        fprintf(stderr, "%s\nthe connection is lost: connecting again for up to %s\n", first, time);
    for (unsigned tried = 1; (g_get_monotonic_time() - start) / 1000 < limit_ms; tried++) {
        if (!mig_cancel_sleep(mig_interrupt_watch(), MIN(mig_retry_pause_ms(tried, 0.5), 2000)))
            return false;
        if (mig_target_reopen(carry->session->target, NULL))
            return true;
    }
    return false;
}

static MigExecution *
attempt_plan(Carry *carry, const MigPlan *plan)
{
    const MigSettings *settings = carry->invocation->settings;
    MigSession *session = carry->session;
    g_autoptr(MigLive) live = mig_live_new(&session->report);
    const MigApplyOptions options = {
        .lock_timeout_ms = settings->lock_timeout_ms,
        .statement_timeout_ms = settings->statement_timeout_ms,
        .lock = carry->lock,
        .verify = carry->options->verify && settings->verify,
        .lock_retries = settings->lock_retries,
        .wait_for_blockers = carry->options->wait_for_blockers,
        .terminate_after_ms = carry->options->terminate_after_ms,
        .progress = mig_live_progress,
        .data = live,
    };

    if (!carry->told) {
        tell_notices(carry, plan);
        mig_report_heading(&session->report, plan, session->database, mig_session_server(session));
    }
    carry->told = true;
    return mig_apply(plan, session->table, &options);
}

static bool
plan_rest(Carry *carry, GError **error)
{
    MigPlan *plan = mig_session_plan(carry->session, &carry->goal, error);

    if (plan == NULL)
        return false;
    g_ptr_array_add(carry->plans, plan);
    carry->plan = plan;
    return true;
}

/* Takes the lock, unless it is held, and lets history and catalog say what is done. */
static bool
lock_and_settle(Carry *carry, GError **error)
{
    return carry->lock != NULL || (mig_session_prepare(carry->session, &carry->lock, error) &&
                                   mig_session_settle(carry->session, error));
}

static bool
plan_under_lock(Carry *carry, GError **error)
{
    return lock_and_settle(carry, error) && plan_rest(carry, error);
}

static bool
plan_first(Carry *carry, GError **error)
{
    if (!mig_session_read(carry->session, error))
        return false;

    /* Without a lock: most deploys have nothing to do, and wait for nobody then. What is half done
     * may be what another runner is doing: that is only known under the lock. */
    if (!mig_session_begun(carry->session)) {
        if (!plan_rest(carry, error))
            return false;
        if (carry->plan->steps->len == 0)
            return true;
    }
    return plan_under_lock(carry, error);
}

/* Whether the history itself is locked, by a backup perhaps, and it is to be tried again. */
static bool
wait_for_history(Carry *carry, unsigned tried, const GError *failure)
{
    if (mig_error_sql_class(failure) != MIG_SQL_LOCK_TIMEOUT)
        return false;
    if (tried > carry->invocation->settings->lock_retries && !carry->options->wait_for_blockers)
        return false;

    int64_t pause = mig_retry_pause_ms(tried, g_random_double());
    g_autofree char *time = mig_duration_format(pause);
    if (!carry->session->report.quiet)
        fprintf(stderr, "%s; trying again in %s (%u)\n", failure->message, time, tried);
    return mig_cancel_sleep(mig_interrupt_watch(), pause);
}

/* Does what may be done again when it fails for a lock, or the connection is lost, since it executes
 * nothing. */
static bool
persist(Carry *carry, Work work, GError **error)
{
    for (unsigned tried = 1;; tried++) {
        GError *failure = NULL;
        if (work(carry, &failure))
            return true;
        if (!wait_for_history(carry, tried, failure) &&
            (!is_lost(failure) || !reconnect(carry, NULL, failure))) {
            g_propagate_error(error, failure);
            return false;
        }
        g_error_free(failure);
    }
}

/* One attempt after the other, as long as it is the connection that fails. */
static void
run_attempts(Carry *carry)
{
    GError **error = &carry->whole->error;

    while (carry->plan->steps->len > 0) {
        g_autoptr(MigExecution) attempt = attempt_plan(carry, carry->plan);
        /* Where a redo stood the history alone doesn't tell. */
        bool again = is_lost(attempt->error) && carry->options->goal.kind != MIG_GOAL_REDO &&
                     reconnect(carry, g_ptr_array_index(carry->plan->steps, 0), attempt->error);

        /* Before the results are kept: what was lost may be done, and the history knows. */
        again = again && persist(carry, lock_and_settle, error);
        keep_results(carry, attempt, !again);
        if (!again) {
            if (*error == NULL)
                *error = g_steal_pointer(&attempt->error);
            return;
        }
        /* A goal of so many migrations may have been reached with the connection's last breath. */
        if (carry->options->goal.count > 0 && carry->goal.count == 0)
            return;
        if (!persist(carry, plan_under_lock, error))
            return;
    }
}

/* What the user wants done before the first statement. */
static bool
prepare_run(const Carry *carry, const MigPlan *plan, GError **error)
{
    const MigCarryOptions *options = carry->options;

    /* What goes back is needed now, and was reviewed when it went forward. */
    if (options->goal.kind != MIG_GOAL_DOWN &&
        !mig_gate_pass(carry->session, plan, carry->whole->warnings, error))
        return false;
    if (options->backup != NULL && !mig_backup_make(carry->session, options->backup, error))
        return false;
    return options->before == NULL ||
           mig_hook_run(options->before, "before", plan, carry->session, error);
}

int
mig_carry_out(MigInvocation *invocation, const MigCarryOptions *options, GError **error)
{
    g_auto(Carry) carry = {
        .invocation = invocation,
        .options = options,
        .goal = options->goal,
        .plans = g_ptr_array_new_with_free_func(free_plan),
        .whole = g_new0(MigExecution, 1),
    };
    carry.whole->results = g_ptr_array_new_with_free_func(g_free);
    carry.whole->warnings = g_ptr_array_new_with_free_func(g_free);
    /* Of an SQLite file that isn't there nothing can be reverted. */
    MigSessionKind kind = options->goal.kind == MIG_GOAL_DOWN || options->goal.kind == MIG_GOAL_REDO
                              ? MIG_SESSION_READS
                              : MIG_SESSION_WRITES;
    carry.session = mig_session_connect(invocation, kind, error);
    if (carry.session == NULL || !persist(&carry, plan_first, error))
        return MIG_EXIT_FAILED;
    if (carry.plan->steps->len == 0) {
        tell_notices(&carry, carry.plan);
        return report_whole(&carry, error);
    }

    const MigPlan *whole_plan = carry.plan;
    if (!prepare_run(&carry, whole_plan, error))
        return MIG_EXIT_FAILED;
    run_attempts(&carry);
    if (carry.whole->error == NULL && options->after != NULL)
        mig_hook_run(options->after, "after", whole_plan, carry.session, &carry.whole->error);
    return report_whole(&carry, error);
}
