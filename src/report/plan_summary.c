/* SPDX-License-Identifier: MIT */
/* A plan in one sentence: how much there is to run, and who waits longest for it. */
#include "report/plan_view.h"
#include "report/plan_words.h"
#include "report/style.h"

#include <string.h>

/* Names after which the others are only counted. */
#define MAX_NAMES 3

typedef struct {
    const MigHold *longest;
    GPtrArray *all;    /* (owned) char *, tables that nobody can read or write */
    GPtrArray *writes; /* (owned) char *, those that nobody can write */
    bool timed;        /* it is known of all how long */
    size_t unknown;    /* statements of which nothing is known */
} Waits;

static void
add_name(GPtrArray *names, const char *name)
{
    if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
        g_ptr_array_add(names, g_strdup(name));
}

static void
add_hold(Waits *waits, const MigHold *hold)
{
    g_autofree char *name = mig_plan_relation(hold->lock.schema, hold->lock.name);

    if (hold->lock.index)
        return;
    add_name(hold->lock.blocks_reads ? waits->all : waits->writes, name);
    waits->timed &= hold->duration_ms >= 0;
    if (waits->longest == NULL || hold->duration_ms > waits->longest->duration_ms ||
        (hold->duration_ms == waits->longest->duration_ms && hold->lock.blocks_reads &&
         !waits->longest->lock.blocks_reads))
        waits->longest = hold;
}

static void
add_step(Waits *waits, const MigReviewedStep *step)
{
    for (guint i = 0; i < step->units->len; i++) {
        const MigReviewedUnit *unit = g_ptr_array_index(step->units, i);

        for (guint j = 0; j < unit->holds->len; j++)
            add_hold(waits, &g_array_index(unit->holds, MigHold, j));
    }
    for (guint i = 0; i < step->statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(step->statements, i);
        g_autofree char *problem = mig_plan_problem(statement->changes);

        waits->unknown += problem != NULL;
    }
}

static void
append_names(GString *text, const char *what, const GPtrArray *names)
{
    if (names->len == 0)
        return;
    g_string_append_printf(text, "; %s", what);
    for (guint i = 0; i < names->len && i < MAX_NAMES; i++)
        g_string_append_printf(text, "%s%s",
                               i == 0                ? " "
                               : i + 1 == names->len ? " and "
                                                     : ", ",
                               (const char *)g_ptr_array_index(names, i));
    if (names->len > MAX_NAMES)
        g_string_append_printf(text, " and %u more", names->len - MAX_NAMES);
    g_string_append(text, " wait");
}

static void
append_waits(GString *text, const Waits *waits)
{
    const MigHold *longest = waits->longest;

    if (longest == NULL && waits->unknown == 0)
        g_string_append(text, "; nobody waits");
    else if (longest != NULL && waits->timed) {
        g_autofree char *name = mig_plan_relation(longest->lock.schema, longest->lock.name);
        g_autofree char *time = mig_plan_duration(longest->duration_ms);
        bool one = waits->all->len + waits->writes->len == 1;

        g_string_append_printf(text, "; %s %s wait%s %s",
                               longest->lock.blocks_reads ? "reads and writes of" : "writes to",
                               name, one ? "" : " longest:", time);
    } else {
        append_names(text, "reads and writes of", waits->all);
        append_names(text, "writes to", waits->writes);
    }
    if (waits->unknown > 0)
        g_string_append_printf(text, "; %zu statement%s not analysed", waits->unknown,
                               waits->unknown == 1 ? " was" : "s were");
}

static void
begin(Waits *waits)
{
    *waits = (Waits){.timed = true};
    waits->all = g_ptr_array_new_with_free_func(g_free);
    waits->writes = g_ptr_array_new_with_free_func(g_free);
}

/* (owned) "; writes to a wait", and gives everything back. What can't even be read is in the other
 * list, too, where another migration only keeps writes off. */
static char *
end(Waits *waits)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < waits->all->len; i++) {
        guint at = 0;
        if (g_ptr_array_find_with_equal_func(waits->writes, g_ptr_array_index(waits->all, i),
                                             g_str_equal, &at))
            g_ptr_array_remove_index(waits->writes, at);
    }
    append_waits(text, waits);
    g_ptr_array_unref(waits->all);
    g_ptr_array_unref(waits->writes);
    return g_string_free(text, false);
}

char *
mig_plan_step_waits(const MigReviewedStep *step, bool *out_reads, bool *out_writes)
{
    Waits waits;

    begin(&waits);
    add_step(&waits, step);
    *out_reads = waits.all->len > 0;
    *out_writes = waits.writes->len > 0;
    g_autofree char *text = end(&waits);
    return g_strdup(text + strlen("; "));
}

char *
mig_plan_summary(const MigPlanView *view)
{
    size_t n = view->plan->steps->len;
    Waits waits;

    if (view->review == NULL)
        return g_strdup_printf("%zu migration%s", n, mig_style_plural(n));
    begin(&waits);
    for (guint i = 0; i < view->review->steps->len; i++)
        add_step(&waits, mig_review_step(view->review, i));
    g_autofree char *text = end(&waits);
    return g_strdup_printf("%zu migration%s%s", n, mig_style_plural(n), text);
}
