/* SPDX-License-Identifier: MIT */
/* What is shown while a plan is carried out. */
#include "base/duration.h"
#include "base/text.h"
#include "report/style.h"

#include <string.h>

/* How often the line in a terminal is rewritten, and how long a migration must take before one is
 * shown at all: most are done before anybody could read it. */
#define REDRAW_MS 100
#define SHOW_AFTER_MS 150

/* Without its time: one that wraps couldn't be erased. */
#define LINE_WIDTH 66

struct MigLive {
    const MigReport *report; /* (borrowed) */
    GMutex mutex;            /* over everything below */
    GCond changed;
    GThread *drawer; /* (owned) NULL unless `live` */
    bool closing;
    bool drawn; /* whether a line is on the screen */
    char *what; /* (owned) the line without its time; NULL: nothing is running */
    int64_t since_us;
};

/* Called with the mutex held. */
static void
erase(MigLive *live)
{
    if (live->drawn)
        fputs("\r\033[K", live->report->err);
    live->drawn = false;
}

static void
draw(MigLive *live)
{
    int64_t elapsed = (g_get_monotonic_time() - live->since_us) / 1000;
    if (live->what == NULL || elapsed < SHOW_AFTER_MS)
        return;

    g_autofree char *time = mig_duration_format(elapsed);
    g_autofree char *what = mig_text_one_line(live->what, strlen(live->what), LINE_WIDTH);
    fprintf(live->report->err, "\r\033[K%s%s  %s%s",
            mig_style_on(live->report->color_err, MIG_STYLE_DIM), what, time,
            mig_style_off(live->report->color_err));
    fflush(live->report->err);
    live->drawn = true;
}

static gpointer
keep_drawing(gpointer data)
{
    MigLive *live = data;

    g_mutex_lock(&live->mutex);
    while (!live->closing) {
        draw(live);
        g_cond_wait_until(&live->changed, &live->mutex,
                          g_get_monotonic_time() + REDRAW_MS * G_TIME_SPAN_MILLISECOND);
    }
    erase(live);
    g_mutex_unlock(&live->mutex);
    return NULL;
}

MigLive *
mig_live_new(const MigReport *report)
{
    MigLive *live = g_new0(MigLive, 1);

    live->report = report;
    g_mutex_init(&live->mutex);
    g_cond_init(&live->changed);
    if (report->live)
        live->drawer = g_thread_new("progress", keep_drawing, live);
    return live;
}

void
mig_live_free(MigLive *live)
{
    if (live == NULL)
        return;

    if (live->drawer != NULL) {
        g_mutex_lock(&live->mutex);
        live->closing = true;
        g_cond_signal(&live->changed);
        g_mutex_unlock(&live->mutex);
        g_thread_join(live->drawer);
    }
    g_mutex_clear(&live->mutex);
    g_cond_clear(&live->changed);
    g_free(live->what);
    g_free(live);
}

/* Called with the mutex held. Takes `what`. */
static void
show(MigLive *live, char *what, bool restart)
{
    g_free(live->what);
    live->what = what;
    if (restart)
        live->since_us = g_get_monotonic_time();
}

/* The line is rewritten in place, and must not be wider than the terminal. */
static char *
short_name(const MigStep *step)
{
    return mig_text_one_line(step->name, strlen(step->name), 20);
}

static char *
describe_statement(const MigProgress *progress)
{
    const MigScript *script = progress->step->script;
    const MigStatement *statement = mig_script_statement(script, progress->statement - 1);
    g_autofree char *name = short_name(progress->step);
    g_autofree char *sql =
        mig_text_one_line(script->text + statement->offset, statement->length, 28);

    return g_strdup_printf("[%zu/%zu] %s: %zu of %u, %s", progress->number, progress->n_steps, name,
                           progress->statement, script->statements->len, sql);
}

static char *
describe_verify(const MigProgress *progress)
{
    g_autofree char *name = short_name(progress->step);

    return g_strdup_printf("[%zu/%zu] %s: VERIFY", progress->number, progress->n_steps, name);
}

static void
print_result(const MigReport *report, const MigProgress *progress)
{
    const MigStep *step = progress->step;
    const MigStepResult *result = progress->result;
    bool done = result->outcome == MIG_OUTCOME_DONE;
    g_autofree char *took = mig_duration_format(result->duration_ms);
    g_autoptr(GString) line = g_string_new("  ");

    g_string_append(line, mig_style_on(report->color_out, done ? MIG_STYLE_GOOD : MIG_STYLE_BAD));
    mig_text_pad(line,
                 !done                                 ? "failed"
                 : step->direction == MIG_DIRECTION_UP ? "applied"
                                                       : "reverted",
                 8);
    g_string_append(line, mig_style_off(report->color_out));
    g_string_append_printf(line, "  %s  ", step->version);
    mig_text_pad(line, step->name, 28);
    g_string_append_printf(line, "  %s", took);
    if (done && result->verified > 0)
        g_string_append(line, ", verified");
    fprintf(report->out, "%s\n", line->str);
    fflush(report->out);
}

void
mig_live_progress(const MigProgress *progress, gpointer data)
{
    MigLive *live = data;
    const MigReport *report = live->report;
    bool told = progress->kind == MIG_PROGRESS_DONE || progress->kind == MIG_PROGRESS_FAILED;

    g_mutex_lock(&live->mutex);
    if (progress->kind == MIG_PROGRESS_STATEMENT) {
        if (report->live)
            show(live, describe_statement(progress), true);
    } else if (progress->kind == MIG_PROGRESS_VERIFY) {
        if (report->live)
            show(live, describe_verify(progress), true);
    } else if (progress->kind == MIG_PROGRESS_WAITING || progress->kind == MIG_PROGRESS_RETRY) {
        erase(live);
        if (!report->quiet)
            fprintf(report->err, "%s%s%s\n", mig_style_on(report->color_err, MIG_STYLE_CAUTION),
                    progress->text, mig_style_off(report->color_err));
        fflush(report->err);
    } else if (told || progress->kind == MIG_PROGRESS_WARNING) {
        show(live, NULL, false);
        erase(live);
        if (told && !report->json && !report->quiet)
            print_result(report, progress);
        if (!told && !report->quiet)
            fprintf(report->err, "%swarning:%s %s\n",
                    mig_style_on(report->color_err, MIG_STYLE_CAUTION),
                    mig_style_off(report->color_err), progress->text);
    }
    g_mutex_unlock(&live->mutex);
}

void
mig_live_waiting(const char *holder, int64_t waited_ms, gpointer data)
{
    MigLive *live = data;
    const char *who = holder != NULL ? holder : "another runner";

    g_mutex_lock(&live->mutex);
    if (live->report->live) {
        show(live, g_strdup_printf("waiting for %s", who), waited_ms < 1000);
    } else if (!live->report->quiet && waited_ms < 1000) {
        fprintf(live->report->err, "waiting for %s\n", who);
        fflush(live->report->err);
    }
    g_mutex_unlock(&live->mutex);
}
