/* SPDX-License-Identifier: MIT */
/* Who keeps whom waiting, and that it can be ended. */
#include "base/error.h"
#include "drivers/promise.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

static bool
has_server(const MigCase *c)
{
    return c->subject->connection_id != NULL;
}

/* A statement that waits for `first`, in a connection and a thread of its own. */
typedef struct {
    MigCase *c;
    MigConnection *connection;
    const char *sql;
    GThread *thread;
    GError *error;
    gint ended; /* atomic */
} Waiter;

static gpointer
run_waiting(gpointer data)
{
    Waiter *waiter = data;

    (void)waiter->c->driver->exec(waiter->connection, waiter->sql, strlen(waiter->sql),
                                  &waiter->error);
    g_atomic_int_set(&waiter->ended, 1);
    return NULL;
}

static void
start_waiting(Waiter *waiter, MigCase *c, const char *sql)
{
    *waiter = (Waiter){.c = c, .connection = mig_case_open(c), .sql = sql};
    g_assert_true(c->driver->limits(waiter->connection, 20000, 0, NULL));
    waiter->thread = g_thread_new("waiter", run_waiting, waiter);
}

static void
stop_waiting(Waiter *waiter)
{
    g_thread_join(waiter->thread);
    waiter->c->driver->close(waiter->connection);
}

typedef struct {
    unsigned n;
    char *session;
    char *user;
    char *application;
    char *relation;
    int64_t age_ms;
    bool idle;
    bool ours;
} Sight;

static void
sight_clear(Sight *sight)
{
    g_free(sight->session);
    g_free(sight->user);
    g_free(sight->application);
    g_free(sight->relation);
    *sight = (Sight){.n = 0};
}

static void
note(const MigBlocker *blocker, gpointer data)
{
    Sight *sight = data;
    unsigned n = sight->n;

    g_test_message("blocked by %s, user %s, %s, %s, on %s, for %" G_GINT64_FORMAT " ms: %s",
                   blocker->session, blocker->user, blocker->application, blocker->state,
                   blocker->relation, blocker->age_ms, blocker->query);
    sight_clear(sight);
    *sight = (Sight){.n = n + 1,
                     .session = g_strdup(blocker->session),
                     .user = g_strdup(blocker->user),
                     .application = g_strdup(blocker->application),
                     .relation = g_strdup(blocker->relation),
                     .age_ms = blocker->age_ms,
                     .idle = blocker->idle_in_transaction,
                     .ours = blocker->ours};
}

/* Looks until somebody is seen: the waiter takes a moment to get there. InnoDB shows what it showed
 * before as long as it is asked more often than ten times a second. */
static void
look(MigCase *c, const char *session, Sight *sight)
{
    *sight = (Sight){.n = 0};
    for (unsigned i = 0; i < 60 && sight->n == 0; i++) {
        g_autoptr(GError) error = NULL;
        bool done = c->driver->blockers(mig_case_other(c), session, note, sight, &error);

        g_assert_no_error(error);
        g_assert_true(done);
        g_usleep(150000);
    }
}

static void
check_session(MigCase *c)
{
    g_autofree char *session = c->driver->session(c->first);
    g_autofree char *asked = mig_case_value(c, c->first, c->subject->connection_id);

    g_assert_cmpstr(session, ==, asked);
}

static void
check_nobody(MigCase *c)
{
    g_autofree char *session = c->driver->session(c->first);
    g_autoptr(GError) error = NULL;
    Sight sight = {.n = 0};

    g_assert_true(c->driver->blockers(mig_case_other(c), session, note, &sight, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(sight.n, ==, 0);
}

static void
check_row(MigCase *c)
{
    g_autofree char *holder = c->driver->session(c->first);
    g_autoptr(GError) error = NULL;
    Waiter waiter;
    Sight sight;

    mig_case_table(c);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    mig_case_run(c, c->first, "UPDATE kept SET t = 'held' WHERE id = 1");
    start_waiting(&waiter, c, "UPDATE kept SET t = 'late' WHERE id = 1");
    g_autofree char *session = c->driver->session(waiter.connection);
    look(c, session, &sight);
    g_assert_cmpuint(sight.n, ==, 1);
    g_assert_cmpstr(sight.session, ==, holder);
    g_assert_nonnull(sight.user);
    g_assert_nonnull(strstr(sight.relation, "kept"));
    g_assert_true(sight.idle);
    g_assert_cmpint(sight.age_ms, >=, 0);
    g_assert_cmpint(sight.age_ms, <, 60000);
    sight_clear(&sight);
    g_assert_true(c->driver->rollback(c->first, &error));
    stop_waiting(&waiter);
    g_assert_no_error(waiter.error);
}

/* DDL behind a reader: the wait that stops an application. */
static void
check_table(MigCase *c)
{
    g_autofree char *holder = c->driver->session(c->first);
    g_autoptr(GError) error = NULL;
    Waiter waiter;
    Sight sight;

    mig_case_table(c);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    g_autofree char *read = mig_case_value(c, c->first, "SELECT t FROM kept");
    g_assert_nonnull(read);
    start_waiting(&waiter, c, "ALTER TABLE kept ADD COLUMN more integer");
    g_autofree char *session = c->driver->session(waiter.connection);
    look(c, session, &sight);
    g_assert_cmpuint(sight.n, >=, 1);
    /* A server that lists no metadata locks leaves us to guess, and a guess has no number. */
    if (sight.session != NULL)
        g_assert_cmpstr(sight.session, ==, holder);
    else
        g_assert_nonnull(strstr(sight.application, holder));
    sight_clear(&sight);
    g_assert_true(c->driver->rollback(c->first, &error));
    stop_waiting(&waiter);
    g_assert_no_error(waiter.error);
}

/* It waits for transactions, and not for a lock on a table. */
static void
check_concurrent_build(MigCase *c)
{
    g_autofree char *holder = c->driver->session(c->first);
    g_autoptr(GError) error = NULL;
    Waiter waiter;
    Sight sight;

    mig_case_table(c);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    mig_case_run(c, c->first, "UPDATE kept SET t = 'held' WHERE id = 1");
    start_waiting(&waiter, c, "CREATE INDEX CONCURRENTLY kept_t ON kept (t)");
    g_autofree char *session = c->driver->session(waiter.connection);
    look(c, session, &sight);
    g_assert_cmpuint(sight.n, ==, 1);
    g_assert_cmpstr(sight.session, ==, holder);
    g_assert_true(sight.idle);
    g_assert_true(sight.ours);
    g_assert_cmpstr(sight.relation, ==, "kept");
    sight_clear(&sight);

    /* Whoever looks on is in nobody's way: the build ends as soon as the transaction does. */
    g_assert_true(c->driver->rollback(c->first, &error));
    stop_waiting(&waiter);
    g_assert_no_error(waiter.error);
}

static bool
builds_concurrently(const MigCase *c)
{
    return mig_case_own_session(c) && c->driver->server(c->first)->engine == MIG_ENGINE_POSTGRES;
}

static void
check_terminate(MigCase *c)
{
    g_autofree char *holder = c->driver->session(c->first);
    g_autoptr(GError) error = NULL;
    Waiter waiter;

    mig_case_table(c);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    mig_case_run(c, c->first, "UPDATE kept SET t = 'held' WHERE id = 1");
    start_waiting(&waiter, c, "UPDATE kept SET t = 'late' WHERE id = 1");
    g_assert_true(c->driver->terminate(mig_case_other(c), holder, &error));
    g_assert_no_error(error);
    stop_waiting(&waiter);
    g_assert_no_error(waiter.error);
    g_autofree char *value = mig_case_value(c, c->other, "SELECT t FROM kept WHERE id = 1");
    g_assert_cmpstr(value, ==, "late");

    /* It may have ended by itself meanwhile. */
    g_assert_true(c->driver->terminate(c->other, holder, &error));
    g_assert_no_error(error);
    const MigCall call = {.sql = "SELECT 1"};
    g_assert_false(c->driver->query(c->first, &call, NULL, NULL, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_CONNECTION);
    g_autoptr(GError) wrong = NULL;
    g_assert_false(c->driver->terminate(c->other, "1; DROP TABLE kept", &wrong));
    g_assert_nonnull(wrong);
}

static bool
has_sessions(const MigCase *c)
{
    return has_server(c) && mig_case_own_session(c);
}

static bool
has_file(const MigCase *c)
{
    return c->subject->connection_id == NULL;
}

/* Finds the file locked, which it is by a connection of this process, and gives up. */
static void
wait_in_vain(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(c->driver->limits(c->first, 20, 0, NULL));
    g_assert_true(c->driver->begin(mig_case_other(c), MIG_BEGIN_WRITE, NULL));
    g_assert_false(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    g_assert_cmpint(mig_error_sql_class(error), ==, MIG_SQL_LOCK_TIMEOUT);
    g_assert_true(c->driver->rollback(c->other, NULL));
}

/* Without a server it is processes that have the file, and only while we wait for it. */
static void
check_process(MigCase *c)
{
    char *arguments[] = {(char *)c->program, (char *)"--hold-lock", c->url, (char *)"name", NULL};
    g_autofree char *session = c->driver->session(c->first);
    g_autoptr(GError) error = NULL;
    GPid pid = 0;
    int out = -1;
    Sight sight;

    mig_case_table(c);
    g_spawn_async_with_pipes(NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                             NULL, &out, NULL, &error);
    g_assert_no_error(error);
    FILE *stream = fdopen(out, "r");
    int answer = fgetc(stream);
    g_autofree char *number = g_strdup_printf("%d", (int)pid);

    g_assert_cmpint(answer, ==, 't');
    sight = (Sight){.n = 0};
    g_assert_true(c->driver->blockers(mig_case_other(c), session, note, &sight, &error));
    g_assert_cmpuint(sight.n, ==, 0);
    wait_in_vain(c);
    look(c, session, &sight);
    g_assert_cmpuint(sight.n, ==, 1);
    g_assert_cmpstr(sight.session, ==, number);
    sight_clear(&sight);
    g_assert_cmpint(kill(pid, SIGKILL), ==, 0);
    g_assert_cmpint(waitpid(pid, NULL, 0), ==, pid);
    fclose(stream);
}

const MigPromise mig_blocker_promises[] = {
    {"session-is-what-the-server-calls-it", check_session, has_sessions},
    {"nobody-blocks-who-does-not-wait", check_nobody, mig_case_own_session},
    {"blocker-of-a-row-is-named", check_row, has_sessions},
    {"blocker-of-a-table-s-change-is-named", check_table, has_sessions},
    {"blocker-of-a-concurrent-build-is-named", check_concurrent_build, builds_concurrently},
    {"terminate-frees-who-waits", check_terminate, has_sessions},
    {"blocker-is-a-process-that-has-the-file", check_process, has_file},
    {NULL, NULL, NULL},
};
