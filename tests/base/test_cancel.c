/* SPDX-License-Identifier: MIT */
/* A request to stop reaches who is asleep, and who is busy. */
#include "base/cancel.h"

#include <glib.h>
#include <signal.h>

typedef struct {
    GMutex mutex;
    GCond changed;
    unsigned calls;
} Busy;

static void
note_call(void *data)
{
    Busy *busy = data;

    g_mutex_lock(&busy->mutex);
    busy->calls++;
    g_cond_broadcast(&busy->changed);
    g_mutex_unlock(&busy->mutex);
}

static void
wait_for_calls(Busy *busy, unsigned n)
{
    g_mutex_lock(&busy->mutex);
    while (busy->calls < n)
        g_cond_wait(&busy->changed, &busy->mutex);
    g_mutex_unlock(&busy->mutex);
}

static void
test_nobody_asked(void)
{
    MigCancel *cancel = mig_cancel_new();

    g_assert_cmpint(mig_cancel_requested(cancel), ==, 0);
    g_assert_cmpint(mig_cancel_requested(NULL), ==, 0);
    g_assert_true(mig_cancel_sleep(cancel, 1));
    g_assert_true(mig_cancel_sleep(cancel, 0));
    g_assert_true(mig_cancel_sleep(NULL, 1));
    mig_cancel_enter(NULL, note_call, NULL);
    mig_cancel_leave(NULL);
    mig_cancel_free(cancel);
    mig_cancel_free(NULL);
}

static void
test_first_signal_counts(void)
{
    MigCancel *cancel = mig_cancel_new();

    mig_cancel_request(cancel, SIGTERM);
    mig_cancel_request(cancel, SIGINT);
    g_assert_cmpint(mig_cancel_requested(cancel), ==, SIGTERM);
    mig_cancel_free(cancel);
}

static gpointer
request(gpointer data)
{
    mig_cancel_request(data, SIGINT);
    return NULL;
}

static void
test_wakes_up(void)
{
    MigCancel *cancel = mig_cancel_new();
    int64_t start = g_get_monotonic_time();
    GThread *thread = g_thread_new("request", request, cancel);

    g_assert_false(mig_cancel_sleep(cancel, 60000));
    g_assert_cmpint(g_get_monotonic_time() - start, <, 30 * G_TIME_SPAN_SECOND);
    g_assert_false(mig_cancel_sleep(cancel, 60000));
    g_thread_join(thread);
    mig_cancel_free(cancel);
}

/* A database may drop the first request: it is made again until the statement is over. */
static void
test_repeats(void)
{
    MigCancel *cancel = mig_cancel_new();
    Busy busy = {.calls = 0};

    g_mutex_init(&busy.mutex);
    g_cond_init(&busy.changed);
    mig_cancel_enter(cancel, note_call, &busy);
    mig_cancel_request(cancel, SIGINT);
    wait_for_calls(&busy, 3);
    mig_cancel_leave(cancel);
    unsigned calls = busy.calls;
    mig_cancel_sleep(NULL, 250);
    g_assert_cmpuint(busy.calls, ==, calls);
    mig_cancel_free(cancel);
    g_mutex_clear(&busy.mutex);
    g_cond_clear(&busy.changed);
}

static void
test_not_called_outside(void)
{
    MigCancel *cancel = mig_cancel_new();
    Busy busy = {.calls = 0};

    g_mutex_init(&busy.mutex);
    g_cond_init(&busy.changed);
    mig_cancel_enter(cancel, note_call, &busy);
    mig_cancel_leave(cancel);
    mig_cancel_request(cancel, SIGINT);
    mig_cancel_free(cancel);
    g_assert_cmpuint(busy.calls, ==, 0);
    g_mutex_clear(&busy.mutex);
    g_cond_clear(&busy.changed);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/cancel/nobody-asked", test_nobody_asked);
    g_test_add_func("/base/cancel/the-first-signal-counts", test_first_signal_counts);
    g_test_add_func("/base/cancel/who-sleeps-wakes-up", test_wakes_up);
    g_test_add_func("/base/cancel/who-is-busy-is-told-again", test_repeats);
    g_test_add_func("/base/cancel/who-is-not-busy-is-not-told", test_not_called_outside);
    return g_test_run();
}
