/* SPDX-License-Identifier: MIT */
/* What commands that use a database begin with: the target, its history, the files. */
#include "cli/session.h"

#include "apply/apply.h"
#include "cli/interrupt.h"
#include "driver/url.h"
#include "history/lock.h"

#include <string.h>

MigReport
mig_session_report(const MigInvocation *invocation)
{
    return (MigReport){
        .out = stdout,
        .err = stderr,
        .json = invocation->format == MIG_FORMAT_JSON,
        .color_out = invocation->color_out,
        .color_err = invocation->color_err,
        .live = invocation->terminal_err && invocation->progress,
        .quiet = invocation->quiet,
        .verbose = invocation->verbose,
    };
}

void
mig_session_close(MigSession *session)
{
    if (session == NULL)
        return;

    mig_source_free(session->source);
    mig_history_free(session->history);
    mig_table_free(session->table);
    mig_target_close(session->target);
    g_free(session->password);
    g_free(session->database);
    g_free(session);
}

/* An SQLite database that isn't there is an empty one, and looking at it must not make it. */
static MigTarget *
open_empty(const MigTargetOptions *options, GError *failure, GError **error)
{
    bool missing = mig_error_sql_class(failure) == MIG_SQL_UNDEFINED_TABLE &&
                   mig_url_engine(options->url) == MIG_ENGINE_SQLITE;

    if (!missing) {
        g_propagate_error(error, failure);
        return NULL;
    }
    g_error_free(failure);

    MigTargetOptions empty = *options;
    empty.url = "sqlite::memory:";
    return mig_target_open(&empty, error);
}

MigSession *
mig_session_connect(MigInvocation *invocation, MigSessionKind kind, GError **error)
{
    const MigSettings *settings = invocation->settings;
    const char *url = mig_settings_database(settings, error);
    if (url == NULL)
        return NULL;

    g_autoptr(MigSession) session = g_new0(MigSession, 1);
    session->invocation = invocation;
    session->report = mig_session_report(invocation);
    session->database = mig_url_redact(url);
    if (!mig_settings_password(settings, &session->password, error))
        return NULL;

    g_autofree char *application = g_strdup_printf("migrate %s", invocation->command->name);
    const MigTargetOptions options = {
        .url = url,
        .password = session->password,
        .application = application,
        .create = kind == MIG_SESSION_WRITES,
        .cancel = mig_interrupt_watch(),
    };
    GError *failure = NULL;
    session->target = mig_target_open(&options, &failure);
    if (session->target == NULL)
        session->target = open_empty(&options, failure, error);
    if (session->target == NULL)
        return NULL;

    session->table =
        mig_table_new(session->target, settings->history_schema, settings->history_table, error);
    return session->table == NULL ? NULL : g_steal_pointer(&session);
}

const MigServer *
mig_session_server(const MigSession *session)
{
    return mig_target_server(session->target);
}

static bool
read_history(MigSession *session, GError **error)
{
    MigHistory *history = mig_history_read(session->table, error);
    if (history == NULL)
        return false;

    mig_history_free(session->history);
    session->history = history;
    return true;
}

static bool
read_source(MigSession *session, GError **error)
{
    g_autoptr(GHashTable) known = mig_compare_known(session->history);
    const MigSourceOptions options = {
        .engine = mig_session_server(session)->engine,
        .known = known,
    };

    session->source = mig_source_read(session->invocation->settings->directory, &options, error);
    return session->source != NULL;
}

bool
mig_session_read(MigSession *session, GError **error)
{
    return read_history(session, error) && (session->source != NULL || read_source(session, error));
}

GArray *
mig_session_compare(const MigSession *session, GError **error)
{
    return mig_compare(session->source, session->history,
                       session->invocation->settings->strict_checksums, error);
}

static bool
recorded_sql(const char *version, char **out_up, char **out_down, gpointer data, GError **error)
{
    const MigSession *session = data;

    return mig_history_sql(session->table, version, out_up, out_down, error);
}

MigPlan *
mig_session_plan(MigSession *session, MigGoal *goal, GError **error)
{
    const MigSettings *settings = session->invocation->settings;

    goal->out_of_order = settings->out_of_order;
    goal->strict_checksums = settings->strict_checksums;
    goal->server_version = mig_session_server(session)->version;
    return mig_plan_build(session->source, session->history, goal,
                          session->history->exists ? recorded_sql : NULL, session, error);
}

bool
mig_session_prepare(MigSession *session, MigLock **out_lock, GError **error)
{
    g_autoptr(MigLive) live = mig_live_new(&session->report);
    g_autoptr(MigLock) lock = mig_lock_take(
        session->table, session->invocation->settings->lock_wait_ms, mig_live_waiting, live, error);
    if (lock == NULL)
        return false;

    if (!mig_session_read(session, error) ||
        !mig_table_ensure(session->table, session->history->exists, session->history->format,
                          error))
        return false;
    /* From here on there is a history to ask. */
    session->history->exists = true;
    *out_lock = g_steal_pointer(&lock);
    return true;
}

static const char *
nothing_to_do(const MigGoal *goal)
{
    return goal->kind == MIG_GOAL_DOWN || goal->kind == MIG_GOAL_REDO
               ? "nothing to revert: no migration is applied"
               : "nothing to do: everything is applied";
}

static int
report_nothing(MigSession *session, const MigPlan *plan, const MigGoal *goal)
{
    const MigReport *report = &session->report;

    mig_report_notices(report, plan);
    if (report->json) {
        g_autoptr(MigExecution) nothing = g_new0(MigExecution, 1);
        nothing->results = g_ptr_array_new();
        nothing->warnings = g_ptr_array_new();
        mig_report_execution(report, nothing, session->invocation->command->name, session->database,
                             mig_session_server(session), MIG_EXIT_DONE);
    } else if (!report->quiet) {
        fprintf(report->out, "%s\n", nothing_to_do(goal));
    }
    return MIG_EXIT_DONE;
}

static int
run_plan(MigInvocation *invocation, MigSession *session, const MigPlan *plan, bool verify,
         GError **error)
{
    const MigSettings *settings = invocation->settings;
    const MigReport *report = &session->report;
    g_autoptr(MigLive) live = mig_live_new(report);
    const MigApplyOptions options = {
        .lock_timeout_ms = settings->lock_timeout_ms,
        .statement_timeout_ms = settings->statement_timeout_ms,
        .verify = verify && settings->verify,
        .progress = mig_live_progress,
        .data = live,
    };

    mig_report_notices(report, plan);
    mig_report_heading(report, plan, session->database, mig_session_server(session));
    g_autoptr(MigExecution) execution = mig_apply(plan, session->table, &options);
    g_clear_pointer(&live, mig_live_free);

    int status = execution->error == NULL
                     ? MIG_EXIT_DONE
                     : mig_exit_status(execution->error, mig_interrupt_signal());
    mig_report_execution(report, execution, invocation->command->name, session->database,
                         mig_session_server(session), status);
    invocation->document_written = report->json;
    if (execution->error != NULL)
        g_propagate_error(error, g_steal_pointer(&execution->error));
    return status;
}

int
mig_session_carry_out(MigInvocation *invocation, MigGoal *goal, bool verify, GError **error)
{
    g_autoptr(MigSession) session = mig_session_connect(invocation, MIG_SESSION_WRITES, error);
    if (session == NULL || !mig_session_read(session, error))
        return MIG_EXIT_FAILED;

    /* Without a lock: most deploys have nothing to do, and wait for nobody then. */
    g_autoptr(MigPlan) glance = mig_session_plan(session, goal, error);
    if (glance == NULL)
        return MIG_EXIT_FAILED;
    if (glance->steps->len == 0)
        return report_nothing(session, glance, goal);
    g_clear_pointer(&glance, mig_plan_free);

    g_autoptr(MigLock) lock = NULL;
    if (!mig_session_prepare(session, &lock, error))
        return MIG_EXIT_FAILED;
    g_autoptr(MigPlan) plan = mig_session_plan(session, goal, error);
    if (plan == NULL)
        return MIG_EXIT_FAILED;
    if (plan->steps->len == 0)
        return report_nothing(session, plan, goal);
    return run_plan(invocation, session, plan, verify, error);
}

bool
mig_session_count(const char *text, int *out_count, GError **error)
{
    guint64 count = 0;

    if (text == NULL)
        return true;
    if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT, &count, NULL)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "\"%s\" is not a number of migrations; a version is given with --to", text);
        return false;
    }
    *out_count = (int)count;
    return true;
}
