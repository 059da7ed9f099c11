/* SPDX-License-Identifier: MIT */
/* The time line in the page of `plan --html`: when who waits for which table. */
#include "report/plan_html.h"
#include "report/plan_words.h"

/* More lines than these have no place for their numbers: only some of them are told. */
#define MAX_TICKS 16

/* So many columns leave no place for gaps between them. */
#define MANY 40

static const MigReviewedStatement *
statement_at(const MigReviewedStep *reviewed, size_t index)
{
    return g_ptr_array_index(reviewed->statements, index);
}

/* A column for each statement, as wide as it takes long, where that is known. */
static void
append_columns(GString *out, const MigReviewedStep *reviewed, const MigReviewedUnit *unit)
{
    g_string_append_printf(
        out, "<div class=\"time%s\" style=\"--columns:", unit->n > MANY ? " many" : "");
    for (size_t i = unit->first; i < unit->first + unit->n; i++) {
        int64_t tenths = 10;

        if (unit->duration_ms > 0)
            tenths += 90 * statement_at(reviewed, i)->duration_ms / unit->duration_ms;
        g_string_append_printf(out, " minmax(0,%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT "fr)",
                               tenths / 10, tenths % 10);
    }
    g_string_append(out, "\"><span class=\"table dim\">line</span>");
}

static void
append_ticks(GString *out, const MigReviewedStep *reviewed, const MigReviewedUnit *unit)
{
    size_t step = (unit->n + MAX_TICKS - 1) / MAX_TICKS;

    for (size_t i = 0; i < unit->n; i += step) {
        const MigReviewedStatement *statement = statement_at(reviewed, unit->first + i);
        g_autofree char *time = mig_plan_duration(statement->duration_ms);

        g_string_append_printf(
            out, "<span class=\"tick\" style=\"grid-column:%zu/%zu\" title=\"%s\">%u</span>", i + 2,
            MIN(i + step, unit->n) + 2, time != NULL ? time : "",
            mig_script_statement(reviewed->step->script, statement->index)->line);
    }
}

static void
append_bar(GString *out, const char *class, size_t from, size_t to, const char *what)
{
    g_string_append_printf(
        out, "<span class=\"bar %s\" style=\"grid-column:%zu/%zu\" title=\"%s\">%s</span>", class,
        from + 2, to + 3, what, what);
}

/* One row: its table, and from when to when who waits. */
static void
append_hold(GString *out, const MigReviewedUnit *unit, const MigHold *hold)
{
    g_autofree char *relation = mig_plan_relation(hold->lock.schema, hold->lock.name);
    g_autofree char *time = mig_plan_duration(hold->duration_ms);
    bool later = hold->lock.blocks_reads && hold->reads_from > hold->from;
    g_autofree char *what =
        g_strdup_printf("%s%s%s", mig_plan_waits(hold->lock.blocks_reads, hold->lock.blocks_writes),
                        time != NULL ? ", " : "", time != NULL ? time : "");

    g_string_append(out, "<span class=\"table\" title=\"");
    mig_html_text(out, relation);
    g_string_append(out, "\"><bdi>");
    mig_html_text(out, relation);
    g_string_append(out, "</bdi></span>");
    if (later)
        append_bar(out, "write", hold->from - unit->first, hold->reads_from - unit->first - 1,
                   mig_plan_waits(false, true));
    append_bar(out, mig_html_class(hold->lock.blocks_reads, hold->lock.blocks_writes),
               (later ? hold->reads_from : hold->from) - unit->first, hold->to - unit->first, what);
}

void
mig_html_time_line(GString *out, const MigReviewedStep *reviewed, const MigReviewedUnit *unit)
{
    bool any = false;

    for (guint i = 0; i < unit->holds->len; i++) {
        const MigHold *hold = &g_array_index(unit->holds, MigHold, i);

        if (hold->lock.index)
            continue;
        if (!any) {
            g_string_append(out, "<h3>Who waits, and when</h3>");
            append_columns(out, reviewed, unit);
            append_ticks(out, reviewed, unit);
        }
        any = true;
        append_hold(out, unit, hold);
    }
    if (any)
        g_string_append(out, "</div>\n");
}
