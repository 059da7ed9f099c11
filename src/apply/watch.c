/* SPDX-License-Identifier: MIT */
/* Who keeps us waiting: seen through a second connection while a statement runs. */
#include "apply/watch.h"

#include "base/duration.h"
#include "base/text.h"

#include <string.h>

/* Shorter waits are nobody's business. */
#define WATCH_AFTER_MS 1000
#define LOOK_EVERY_MS 500

/* A statement that is tried again waits, most likely, and for no longer than lock-timeout. */
#define LOOK_SOON_MS 50
#define TELL_AGAIN_MS 10000

struct MigWatch {
    MigTarget *target; /* (borrowed) only its session is asked for, by the thread that uses it */
    MigWatchFunc func;
    gpointer data;
    int64_t terminate_after_ms;
    GThread *thread; /* (owned) NULL until the first statement */
    GMutex mutex;    /* over everything below */
    GCond changed;
    bool closing;
    char *session;     /* (owned) what the server calls the connection; NULL: not known */
    int64_t began_us;  /* of the statement that runs; 0: none does */
    int64_t waited_ms; /* by its earlier tries */
    bool seen;         /* whether somebody was seen who blocks it */
    MigTarget *second; /* (owned) NULL until it is needed; used by the thread alone */
    char *told;        /* (owned) of whom was said last, by the thread alone */
    int64_t told_us;   /* and when */
};

/* What is found while looking once. */
typedef struct {
    GString *text;
    GString *who;        /* the same without what changes while one waits */
    GPtrArray *sessions; /* (owned) char *, those that may be ended */
} Sight;

static void
describe(const MigBlocker *blocker, gpointer data)
{
    Sight *sight = data;

    /* The runners' lock keeps the others off: one that has the same file open only waits for us. */
    if (blocker->ours)
        return;

    g_autofree char *age =
        blocker->age_ms >= 0 ? mig_duration_format(blocker->age_ms / 1000 * 1000) : NULL;
    g_autofree char *query = blocker->query != NULL && *blocker->query != '\0'
                                 ? mig_text_one_line(blocker->query, strlen(blocker->query), 60)
                                 : NULL;

    g_string_append_printf(sight->text, "%sblocked by %s", sight->text->len > 0 ? "\n" : "",
                           blocker->session != NULL ? blocker->session : "another session");
    if (blocker->user != NULL)
        g_string_append_printf(sight->text, ", user %s", blocker->user);
    if (blocker->application != NULL && *blocker->application != '\0')
        g_string_append_printf(sight->text, ", %s", blocker->application);
    if (blocker->state != NULL)
        g_string_append_printf(sight->text, ", %s", blocker->state);
    if (age != NULL)
        g_string_append_printf(sight->text, " for %s", age);
    if (blocker->relation != NULL)
        g_string_append_printf(sight->text, ", on %s", blocker->relation);
    if (query != NULL)
        g_string_append_printf(sight->text, ": %s", query);
    g_string_append_printf(sight->who, "%s %s\n", blocker->session != NULL ? blocker->session : "",
                           blocker->query != NULL ? blocker->query : "");
    if (blocker->session != NULL)
        g_ptr_array_add(sight->sessions, g_strdup(blocker->session));
}

static void
end_blockers(MigWatch *watch, const Sight *sight)
{
    for (guint i = 0; i < sight->sessions->len; i++) {
        const char *session = g_ptr_array_index(sight->sessions, i);
        g_autoptr(GError) failure = NULL;
        g_autofree char *text = NULL;

        if (mig_target_terminate(watch->second, session, &failure))
            text = g_strdup_printf("ended the session that blocked us: %s", sight->text->str);
        else
            text = g_strdup_printf("session %s can't be ended: %s", session, failure->message);
        watch->func(text, failure == NULL, watch->data);
    }
}

/* Without the mutex: the server may be slow to answer. Returns: whether somebody was seen. */
static bool
look(MigWatch *watch, const char *session, int64_t waited_ms)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) who = g_string_new(NULL);
    g_autoptr(GPtrArray) sessions = g_ptr_array_new_with_free_func(g_free);
    Sight sight = {text, who, sessions};

    if (watch->second == NULL)
        watch->second = mig_target_open_second(watch->target, NULL);
    if (watch->second == NULL)
        return false;
    /* A second connection that is lost is made again the next time. */
    if (!mig_target_blockers(watch->second, session, describe, &sight, NULL)) {
        g_clear_pointer(&watch->second, mig_target_close);
        return false;
    }
    if (text->len == 0)
        return false;
    int64_t now = g_get_monotonic_time();
    if (g_strcmp0(who->str, watch->told) != 0 ||
        now - watch->told_us >= TELL_AGAIN_MS * G_TIME_SPAN_MILLISECOND) {
        g_free(watch->told);
        watch->told = g_strdup(who->str);
        watch->told_us = now;
        watch->func(text->str, false, watch->data);
    }
    if (watch->terminate_after_ms > 0 && waited_ms >= watch->terminate_after_ms)
        end_blockers(watch, &sight);
    return true;
}

static bool
is_time_to_look(const MigWatch *watch)
{
    int64_t running = (g_get_monotonic_time() - watch->began_us) / 1000;

    return watch->began_us != 0 && watch->session != NULL &&
           (watch->waited_ms > 0 || running >= WATCH_AFTER_MS);
}

static gpointer
keep_looking(gpointer data)
{
    MigWatch *watch = data;

    g_mutex_lock(&watch->mutex);
    while (!watch->closing) {
        if (is_time_to_look(watch)) {
            g_autofree char *session = g_strdup(watch->session);
            int64_t began = watch->began_us;
            int64_t waited = watch->waited_ms + (g_get_monotonic_time() - began) / 1000;
            g_mutex_unlock(&watch->mutex);
            bool seen = look(watch, session, waited);
            g_mutex_lock(&watch->mutex);
            watch->seen = watch->seen || (seen && watch->began_us == began);
        }
        bool soon = watch->began_us != 0 && watch->waited_ms > 0 && !watch->seen;
        int64_t pause = soon ? LOOK_SOON_MS : LOOK_EVERY_MS;
        if (!watch->closing)
            g_cond_wait_until(&watch->changed, &watch->mutex,
                              g_get_monotonic_time() + pause * G_TIME_SPAN_MILLISECOND);
    }
    g_mutex_unlock(&watch->mutex);
    return NULL;
}

MigWatch *
mig_watch_new(MigTarget *target, int64_t terminate_after_ms, MigWatchFunc func, gpointer data)
{
    MigWatch *watch = g_new0(MigWatch, 1);

    watch->target = target;
    watch->terminate_after_ms = terminate_after_ms;
    watch->func = func;
    watch->data = data;
    g_mutex_init(&watch->mutex);
    g_cond_init(&watch->changed);
    return watch;
}

void
mig_watch_free(MigWatch *watch)
{
    if (watch == NULL)
        return;

    if (watch->thread != NULL) {
        g_mutex_lock(&watch->mutex);
        watch->closing = true;
        g_cond_signal(&watch->changed);
        g_mutex_unlock(&watch->mutex);
        g_thread_join(watch->thread);
    }
    mig_target_close(watch->second);
    g_mutex_clear(&watch->mutex);
    g_cond_clear(&watch->changed);
    g_free(watch->session);
    g_free(watch->told);
    g_free(watch);
}

void
mig_watch_begin(MigWatch *watch, int64_t waited_ms)
{
    g_mutex_lock(&watch->mutex);
    /* Connected again it is another one. */
    g_free(watch->session);
    watch->session = mig_target_session(watch->target);
    watch->waited_ms = waited_ms;
    watch->began_us = g_get_monotonic_time();
    watch->seen = false;
    if (watch->thread == NULL)
        watch->thread = g_thread_new("watch", keep_looking, watch);
    else if (waited_ms > 0)
        g_cond_signal(&watch->changed);
    g_mutex_unlock(&watch->mutex);
}

void
mig_watch_end(MigWatch *watch)
{
    g_mutex_lock(&watch->mutex);
    watch->began_us = 0;
    g_mutex_unlock(&watch->mutex);
}
