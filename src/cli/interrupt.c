/* SPDX-License-Identifier: MIT */
/* The one global: a signal asks to stop. */
#include "cli/interrupt.h"

#include <glib.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

/* Signals come to the process, not to a function that could be handed a pointer. */
static MigCancel *request;

static gpointer
watch(gpointer data)
{
    const sigset_t *signals = data;

    for (;;) {
        int signal = 0;
        if (sigwait(signals, &signal) != 0)
            continue;
        /* The database undoes what isn't committed once the connection is gone. */
        if (mig_cancel_requested(request) != 0)
            _exit(128 + signal);
        mig_cancel_request(request, signal);
    }
    return NULL;
}

MigCancel *
mig_interrupt_watch(void)
{
    static const int asked[] = {SIGINT, SIGTERM, SIGHUP};
    static sigset_t signals;

    if (request != NULL)
        return request;

    sigemptyset(&signals);
    for (size_t i = 0; i < G_N_ELEMENTS(asked); i++) {
        struct sigaction before = {0};
        if (sigaction(asked[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaddset(&signals, asked[i]);
    }
    request = mig_cancel_new();
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    g_thread_unref(g_thread_new("signals", watch, &signals));
    return request;
}

int
mig_interrupt_signal(void)
{
    return mig_cancel_requested(request);
}
