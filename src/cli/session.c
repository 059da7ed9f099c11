/* SPDX-License-Identifier: MIT */
/* What commands that use a database begin with: the target, its history, the files. */
#include "cli/session.h"

#include "apply/resume.h"
#include "base/error.h"
#include "cli/interrupt.h"
#include "driver/url.h"
#include "history/lock.h"

#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>

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
    g_ptr_array_unref(session->past);
    mig_history_table_free(session->table);
    mig_watch_free(session->watch);
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

    if (!missing && g_error_matches(failure, MIG_ERROR, MIG_ERROR_CONNECTION) &&
        mig_url_engine(options->url) != MIG_ENGINE_SQLITE) {
        mig_error_take_sql(error, MIG_ERROR_CONNECTION, failure,
                           "%s\n  nothing was changed; `migrate status -v` shows where the URL "
                           "comes from,\n  `migrate wait` waits for a server that is starting",
                           failure->message);
        return NULL;
    }
    if (!missing) {
        g_propagate_error(error, failure);
        return NULL;
    }
    g_error_free(failure);

    MigTargetOptions empty = *options;
    empty.url = "sqlite::memory:";
    return mig_target_open(&empty, error);
}

/* From the watch's thread. */
static void
tell_blockers(const char *text, G_GNUC_UNUSED bool terminated, gpointer data)
{
    const MigSession *session = data;

    if (!session->report.quiet)
        fprintf(session->report.err, "%s\n", text);
    fflush(session->report.err);
}

static void
free_history(gpointer history)
{
    mig_history_free(history);
}

/* main() has closed our memory to others, for the password in it. SQLite has none, and other runners
 * find who has locked the file by looking at our descriptors, which is closed with it. */
static void
open_to_others(const char *url)
{
    if (mig_url_engine(url) == MIG_ENGINE_SQLITE && getauxval(AT_SECURE) == 0)
        prctl(PR_SET_DUMPABLE, 1);
}

MigSession *
mig_session_connect(MigInvocation *invocation, MigSessionKind kind, GError **error)
{
    const MigSettings *settings = invocation->settings;
    const char *url = mig_settings_database(settings, error);
    if (url == NULL)
        return NULL;

    open_to_others(url);
    g_autoptr(MigSession) session = g_new0(MigSession, 1);
    session->invocation = invocation;
    session->past = g_ptr_array_new_with_free_func(free_history);
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
    session->watch = mig_watch_new(session->target, 0, tell_blockers, session);

    session->table = mig_history_table_new(session->target, settings->history_schema,
                                           settings->history_table, error);
    return session->table == NULL ? NULL : g_steal_pointer(&session);
}

const MigServer *
mig_session_server(const MigSession *session)
{
    return mig_target_server(session->target);
}

static bool
limit_waiting(MigSession *session, GError **error)
{
    return mig_target_limits(session->target, session->invocation->settings->lock_timeout_ms, 0,
                             error);
}

/* Returns: when it was. */
static int64_t
begin_watching(MigSession *session)
{
    mig_watch_begin(session->watch, session->waited_ms);
    return g_get_monotonic_time();
}

static void
end_watching(MigSession *session, int64_t began_us, bool done)
{
    mig_watch_end(session->watch);
    if (!done)
        session->waited_ms += (g_get_monotonic_time() - began_us) / 1000;
}

static bool
read_history(MigSession *session, GError **error)
{
    /* Before the lock is taken it isn't known whether a pooler shares the session with others, and
     * nothing may be set in it. What waits for a file is not the session. */
    if (mig_session_server(session)->engine == MIG_ENGINE_SQLITE && !limit_waiting(session, error))
        return false;

    int64_t began = begin_watching(session);
    MigHistory *history = mig_history_read(session->table, error);
    end_watching(session, began, history != NULL);
    if (history == NULL)
        return false;

    /* Plans that were made from it may still be shown. */
    if (session->history != NULL)
        g_ptr_array_add(session->past, session->history);
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
mig_session_begun(const MigSession *session)
{
    for (guint i = 0; i < session->history->records->len; i++) {
        if (!mig_record_is_applied(g_ptr_array_index(session->history->records, i)))
            return true;
    }
    return false;
}

static bool
ensure_tables(MigSession *session, GError **error)
{
    int64_t began = begin_watching(session);
    bool done = mig_history_table_ensure(session->table, session->history->exists,
                                         session->history->format, error);
    end_watching(session, began, done);
    return done;
}

bool
mig_session_prepare(MigSession *session, MigLock **out_lock, GError **error)
{
    g_autoptr(MigLive) live = mig_live_new(&session->report);
    g_autoptr(MigLock) lock = mig_lock_take(
        session->table, session->invocation->settings->lock_wait_ms, mig_live_waiting, live, error);
    if (lock == NULL)
        return false;

    if (!limit_waiting(session, error) || !mig_session_read(session, error) ||
        !ensure_tables(session, error))
        return false;
    /* From here on there is a history to ask. */
    session->history->exists = true;
    *out_lock = g_steal_pointer(&lock);
    return true;
}

bool
mig_session_settle(MigSession *session, GError **error)
{
    g_autoptr(GPtrArray) notices = g_ptr_array_new_with_free_func(g_free);
    size_t settled = 0;

    if (!mig_resume_settle(session->table, session->history, notices, &settled, error))
        return false;
    for (guint i = 0; i < notices->len && !session->report.quiet; i++)
        fprintf(session->report.err, "note: %s\n", (char *)g_ptr_array_index(notices, i));
    return settled == 0 || mig_session_read(session, error);
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
