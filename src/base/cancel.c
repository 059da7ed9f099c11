/* SPDX-License-Identifier: MIT */
/* A request to stop, passed down, asked between statements. */
#include "base/cancel.h"

#include <glib.h>
#include <signal.h>

struct MigCancel {
    GMutex mutex;
    GCond changed;
    int signal; /* 0: nobody asked */
    MigCancelFunc stop;
    void *data;
    GThread *repeater; /* (owned) calls `stop` again and again once a stop is requested */
    bool closing;
};

MigCancel *
mig_cancel_new(void)
{
    MigCancel *cancel = g_new0(MigCancel, 1);

    g_mutex_init(&cancel->mutex);
    g_cond_init(&cancel->changed);
    return cancel;
}

void
mig_cancel_free(MigCancel *cancel)
{
    if (cancel == NULL)
        return;

    g_mutex_lock(&cancel->mutex);
    cancel->closing = true;
    g_cond_broadcast(&cancel->changed);
    g_mutex_unlock(&cancel->mutex);
    if (cancel->repeater != NULL)
        g_thread_join(cancel->repeater);
    g_mutex_clear(&cancel->mutex);
    g_cond_clear(&cancel->changed);
    g_free(cancel);
}

/* The lock is held while `stop` runs, so that mig_cancel_leave() returns only when the connection
 * that it would use is not in use by it any more. */
static gpointer
repeat(gpointer data)
{
    MigCancel *cancel = data;

    g_mutex_lock(&cancel->mutex);
    while (!cancel->closing) {
        if (cancel->stop != NULL)
            cancel->stop(cancel->data);
        g_cond_wait_until(&cancel->changed, &cancel->mutex,
                          g_get_monotonic_time() + 100 * G_TIME_SPAN_MILLISECOND);
    }
    g_mutex_unlock(&cancel->mutex);
    return NULL;
}

void
mig_cancel_request(MigCancel *cancel, int signal)
{
    g_mutex_lock(&cancel->mutex);
    if (cancel->signal == 0) {
        cancel->signal = signal;
        cancel->repeater = g_thread_new("cancel", repeat, cancel);
        g_cond_broadcast(&cancel->changed);
    }
    g_mutex_unlock(&cancel->mutex);
}

int
mig_cancel_requested(const MigCancel *cancel)
{
    if (cancel == NULL)
        return 0;

    /* Logically const: nothing but the lock is touched. */
    GMutex *mutex = (GMutex *)(uintptr_t)&cancel->mutex;
    g_mutex_lock(mutex);
    int signal = cancel->signal;
    g_mutex_unlock(mutex);
    return signal;
}

const char *
mig_cancel_signal_name(int signal)
{
    switch (signal) {
    case SIGINT:
        return "SIGINT";
    case SIGTERM:
        return "SIGTERM";
    case SIGHUP:
        return "SIGHUP";
    default:
        return "a signal";
    }
}

void
mig_cancel_enter(MigCancel *cancel, MigCancelFunc stop, void *data)
{
    if (cancel == NULL)
        return;

    g_mutex_lock(&cancel->mutex);
    cancel->stop = stop;
    cancel->data = data;
    g_mutex_unlock(&cancel->mutex);
}

void
mig_cancel_leave(MigCancel *cancel)
{
    mig_cancel_enter(cancel, NULL, NULL);
}

bool
mig_cancel_sleep(MigCancel *cancel, int64_t ms)
{
    if (cancel == NULL) {
        g_usleep((gulong)ms * 1000);
        return true;
    }

    int64_t until = g_get_monotonic_time() + ms * G_TIME_SPAN_MILLISECOND;
    g_mutex_lock(&cancel->mutex);
    while (cancel->signal == 0) {
        if (!g_cond_wait_until(&cancel->changed, &cancel->mutex, until))
            break;
    }
    bool slept = cancel->signal == 0;
    g_mutex_unlock(&cancel->mutex);
    return slept;
}
