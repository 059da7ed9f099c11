/* SPDX-License-Identifier: MIT */
/* The runners' lock: one at a time, and it survives nothing. */
#include "base/error.h"
#include "drivers/promise.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char name[] = "public.schema_history";

static bool
try_lock(MigCase *c, MigConnection *connection, const char *lock, char **out_holder)
{
    g_autoptr(GError) error = NULL;
    bool taken = false;
    bool done = c->driver->try_lock(connection, lock, &taken, out_holder, &error);

    g_assert_no_error(error);
    g_assert_true(done);
    return taken;
}

static bool
is_ours(MigCase *c, MigConnection *connection, const char *lock)
{
    g_autoptr(GError) error = NULL;
    bool ours = false;
    bool done = c->driver->locked(connection, lock, &ours, &error);

    g_assert_no_error(error);
    g_assert_true(done);
    return ours;
}

static void
unlock(MigCase *c, MigConnection *connection, const char *lock)
{
    g_autoptr(GError) error = NULL;
    bool done = c->driver->unlock(connection, lock, &error);

    g_assert_no_error(error);
    g_assert_true(done);
}

/* A server takes a moment to notice that a client is gone. */
static bool
taken_soon(MigCase *c, MigConnection *connection)
{
    for (unsigned i = 0; i < 200; i++) {
        if (try_lock(c, connection, name, NULL))
            return true;
        g_usleep(25000);
    }
    return false;
}

static void
check_exclusive(MigCase *c)
{
    MigConnection *other = mig_case_other(c);

    g_assert_true(try_lock(c, c->first, name, NULL));
    g_assert_true(is_ours(c, c->first, name));
    g_assert_false(try_lock(c, other, name, NULL));
    g_assert_false(is_ours(c, other, name));
    unlock(c, c->first, name);
    g_assert_false(is_ours(c, c->first, name));
    g_assert_true(try_lock(c, other, name, NULL));
    g_assert_false(try_lock(c, c->first, name, NULL));
    unlock(c, other, name);
}

static void
check_holder(MigCase *c)
{
    g_autofree char *holder = NULL;
    g_autofree char *mine = NULL;

    g_assert_true(try_lock(c, c->first, name, &mine));
    g_assert_null(mine);
    g_assert_false(try_lock(c, mig_case_other(c), name, &holder));
    g_test_message("held by %s", holder);
    g_assert_nonnull(holder);
    g_assert_null(strstr(holder, "s3cret"));
}

static void
check_names(MigCase *c)
{
    MigConnection *other = mig_case_other(c);
    g_autofree char *longer = g_strnfill(300, 'n');

    g_assert_true(try_lock(c, c->first, name, NULL));
    g_assert_true(try_lock(c, other, "other.schema_history", NULL));
    g_assert_true(try_lock(c, other, "it's \"odd\" `name` \\ %s žluť", NULL));
    g_assert_true(try_lock(c, other, longer, NULL));
    g_assert_false(try_lock(c, other, name, NULL));
    unlock(c, other, "other.schema_history");
    g_assert_true(is_ours(c, other, longer));
    g_assert_true(try_lock(c, c->first, "other.schema_history", NULL));
}

static void
check_unlock_once(MigCase *c)
{
    /* A lock that was asked for twice is given back by one unlock. */
    g_assert_true(try_lock(c, c->first, name, NULL));
    g_assert_true(try_lock(c, c->first, name, NULL));
    unlock(c, c->first, name);
    g_assert_true(try_lock(c, mig_case_other(c), name, NULL));
}

static void
check_outlasts(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(try_lock(c, c->first, name, NULL));
    mig_case_table(c);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    g_assert_true(c->driver->commit(c->first, &error));
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    g_assert_true(c->driver->rollback(c->first, &error));
    g_assert_true(c->driver->reset(c->first, NULL, &error));
    g_assert_no_error(error);
    g_assert_true(is_ours(c, c->first, name));
    g_assert_false(try_lock(c, mig_case_other(c), name, NULL));
}

static void
check_no_obstacle(MigCase *c)
{
    MigConnection *other = mig_case_other(c);

    /* Applications go on reading and writing while a runner holds its lock. */
    mig_case_table(c);
    g_assert_true(try_lock(c, c->first, name, NULL));
    mig_case_run(c, other, "INSERT INTO kept VALUES (2, 'two')");
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (3, 'three')");
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1,2,3");
}

static void
check_close_frees(MigCase *c)
{
    MigConnection *other = mig_case_other(c);

    g_assert_true(try_lock(c, c->first, name, NULL));
    c->driver->close(c->first);
    g_assert_true(taken_soon(c, other));
    c->first = mig_case_open(c);
    g_assert_false(try_lock(c, c->first, name, NULL));
}

static GPid
start_holder(MigCase *c, const char *sql, int *out_stdout)
{
    char *arguments[] = {(char *)c->program, (char *)"--hold-lock", c->url,
                         (char *)name,       (char *)sql,           NULL};
    g_autoptr(GError) error = NULL;
    GPid pid = 0;

    g_spawn_async_with_pipes(NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                             NULL, out_stdout, NULL, &error);
    g_assert_no_error(error);
    return pid;
}

static void
kill_holder(MigCase *c, const char *sql)
{
    int out = -1;
    GPid pid = start_holder(c, sql, &out);
    FILE *stream = fdopen(out, "r");
    g_autofree char *holder = NULL;
    int answer = fgetc(stream);

    g_assert_cmpint(answer, ==, 't');
    g_assert_false(try_lock(c, c->first, name, &holder));
    g_test_message("held by %s", holder);
    g_assert_nonnull(holder);
    g_assert_cmpint(kill(pid, SIGKILL), ==, 0);
    g_assert_cmpint(waitpid(pid, NULL, 0), ==, pid);
    fclose(stream);
    g_assert_true(taken_soon(c, c->first));
}

static void
check_kill_frees(MigCase *c)
{
    kill_holder(c, NULL);
}

static void
check_kill_in_statement_frees(MigCase *c)
{
    kill_holder(c, c->subject->slow);
}

/* A server has to look for its client while a statement runs; MySQL's and MariaDB's don't. */
static bool
looks_for_client(const MigCase *c)
{
    const MigServer *server = c->driver->server(c->first);

    return mig_case_own_session(c) &&
           (server->engine == MIG_ENGINE_SQLITE ||
            (server->engine == MIG_ENGINE_POSTGRES && server->version >= 140000));
}

static void
check_other_process_is_refused(MigCase *c)
{
    int out = -1;

    g_assert_true(try_lock(c, c->first, name, NULL));
    GPid pid = start_holder(c, NULL, &out);
    FILE *stream = fdopen(out, "r");
    int answer = fgetc(stream);
    g_assert_cmpint(answer, ==, 'r');
    g_assert_cmpint(kill(pid, SIGKILL), ==, 0);
    g_assert_cmpint(waitpid(pid, NULL, 0), ==, pid);
    fclose(stream);
    g_assert_true(is_ours(c, c->first, name));
}

static void
check_lock_in_transaction(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    /* It belongs to the session: a rollback doesn't give it back, nor hide it from others. */
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    g_assert_true(try_lock(c, c->first, name, NULL));
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_OPEN);
    g_assert_true(c->driver->rollback(c->first, &error));
    g_assert_true(is_ours(c, c->first, name));
    g_assert_false(try_lock(c, mig_case_other(c), name, NULL));
}

/* A proxy in between that shares sessions would make the lock worthless. */
static void
check_direct(MigCase *c)
{
    g_autoptr(GError) error = NULL;
    bool pooled = true;

    g_assert_true(c->driver->pooled(c->first, &pooled, &error));
    g_assert_no_error(error);
    g_assert_false(pooled);
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
}

const MigPromise mig_lock_promises[] = {
    {"lock-keeps-a-second-connection-off", check_exclusive, mig_case_own_session},
    {"lock-names-its-holder", check_holder, mig_case_own_session},
    {"locks-of-other-names-don-t-meet", check_names, mig_case_own_session},
    {"lock-taken-twice-is-given-back-once", check_unlock_once, mig_case_own_session},
    {"lock-outlasts-transactions-and-reset", check_outlasts, mig_case_own_session},
    {"lock-taken-inside-a-transaction-outlasts-it", check_lock_in_transaction,
     mig_case_own_session},
    {"lock-is-no-obstacle-to-applications", check_no_obstacle, mig_case_own_session},
    {"closing-frees-the-lock", check_close_frees, mig_case_own_session},
    {"killing-the-holder-frees-the-lock", check_kill_frees, mig_case_own_session},
    {"killing-the-holder-in-a-statement-frees-the-lock", check_kill_in_statement_frees,
     looks_for_client},
    {"lock-keeps-another-process-off", check_other_process_is_refused, mig_case_own_session},
    {"connection-without-a-pooler-is-not-pooled", check_direct, mig_case_own_session},
    {NULL, NULL, NULL},
};
