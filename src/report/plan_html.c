/* SPDX-License-Identifier: MIT */
/* `plan --html`: one page that needs nothing else, with a time line for each table. */
#include "report/plan_css.h"
#include "report/plan_view.h"
#include "report/plan_words.h"
#include "report/style.h"

#include <string.h>

static void
append_escaped(GString *out, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    /* What XML can't have at all comes back as a reference that no browser shows. */
    g_autofree char *escaped = g_markup_escape_text(valid, -1);

    g_string_append(out, escaped);
}

static const char *
class_of(bool reads, bool writes)
{
    if (reads)
        return "all";
    return writes ? "write" : "none";
}

static void
append_fact(GString *out, const char *class, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void
append_fact(GString *out, const char *class, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_string_append_printf(out, "<li class=\"%s\">", class);
    append_escaped(out, text);
    g_string_append(out, "</li>");
}

static void
append_locks(GString *out, const MigImpact *impact)
{
    for (guint i = 0; i < impact->locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(impact->locks, MigRelationLock, i);
        g_autofree char *relation = mig_plan_relation(lock->schema, lock->name);
        bool moded = lock->mode != MIG_LOCK_MODE_NONE;

        if (lock->index)
            continue;
        if (lock->made_here)
            append_fact(out, "none", "%s is new", relation);
        else
            append_fact(out, class_of(lock->blocks_reads, lock->blocks_writes), "%s: %s%s%s",
                        relation, moded ? mig_lock_mode_name(lock->mode) : "", moded ? ", " : "",
                        mig_plan_waits(lock->blocks_reads, lock->blocks_writes));
    }
}

static void
append_facts(GString *out, const MigReviewedStatement *statement)
{
    const MigImpact *impact = statement->impact;
    const char *algorithm = mig_plan_algorithm(impact->algorithm);
    const char *clause = mig_plan_lock_clause(impact->lock);
    g_autofree char *problem = mig_plan_problem(statement->changes);
    g_autofree char *work = mig_plan_work(impact);
    g_autofree char *size = mig_plan_size(statement->rows, statement->bytes);
    g_autofree char *time = mig_plan_duration(statement->duration_ms);

    g_string_append(out, "<ul class=\"facts\">");
    if (problem != NULL)
        append_fact(out, "all", "not analysed: %s", problem);
    if (impact->refused != NULL)
        append_fact(out, "all", "the server will refuse it: %s", impact->refused);
    if (algorithm != NULL)
        append_fact(out, impact->concurrent_dml ? "none" : "write", "ALGORITHM=%s%s%s%s", algorithm,
                    clause != NULL ? ", LOCK=" : "", clause != NULL ? clause : "",
                    impact->rebuilds_table ? ", the table is rebuilt" : "");
    append_locks(out, impact);
    if (work != NULL)
        append_fact(out, "work", "%s%s%s%s%s", work, size != NULL ? ": " : "",
                    size != NULL ? size : "", size != NULL && time != NULL ? ", " : "",
                    size != NULL && time != NULL ? time : "");
    if (impact->waits_for_others)
        append_fact(out, "work", "waits for the transactions that are open when it begins");
    if (impact->because != NULL)
        append_fact(out, "work", "%s", impact->because);
    g_string_append(out, "</ul>");
}

static void
append_statement(GString *out, const MigStep *step, const MigReviewedStep *reviewed, size_t index)
{
    const MigStatement *statement = mig_script_statement(step->script, index);
    const MigReviewedStatement *review = mig_plan_reviewed(reviewed, index);
    g_autofree char *sql = g_strndup(step->script->text + statement->offset, statement->length);

    g_string_append_printf(out, "<li class=\"statement\"><span class=\"where\">line %u</span><pre>",
                           statement->line);
    append_escaped(out, sql);
    g_string_append(out, "</pre>");
    if (review != NULL)
        append_facts(out, review);
    g_string_append(out, "</li>\n");
}

/* A column for each statement, as wide as it takes long, where that is known. */
static void
append_columns(GString *out, const MigReviewedStep *reviewed, const MigReviewedUnit *unit)
{
    g_string_append(out, "<div class=\"time\" style=\"grid-template-columns:minmax(6rem,14rem)");
    for (size_t i = unit->first; i < unit->first + unit->n; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(reviewed->statements, i);
        double share = 1;

        if (unit->duration_ms > 0)
            share += 9.0 * (double)statement->duration_ms / (double)unit->duration_ms;
        g_string_append_printf(out, " minmax(0,%d.%dfr)", (int)share, (int)(share * 10) % 10);
    }
    g_string_append(out, "\"><span class=\"table dim\">line</span>");
    for (size_t i = 0; i < unit->n; i++) {
        const MigReviewedStatement *statement =
            g_ptr_array_index(reviewed->statements, unit->first + i);
        g_autofree char *time = mig_plan_duration(statement->duration_ms);

        g_string_append_printf(
            out,
            "<span class=\"tick\" style=\"grid-column:%zu\" title=\"%s\">%u"
            "</span>",
            i + 2, time != NULL ? time : "",
            mig_script_statement(reviewed->step->script, statement->index)->line);
    }
}

static void
append_bar(GString *out, const char *class, size_t from, size_t to, const char *what)
{
    g_string_append_printf(out, "<span class=\"bar %s\" style=\"grid-column:%zu/%zu\">%s</span>",
                           class, from + 2, to + 3, what);
}

/* One row of the time line: its table, and from when to when who waits. */
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
    append_escaped(out, relation);
    g_string_append(out, "\">");
    append_escaped(out, relation);
    g_string_append(out, "</span>");
    if (later)
        append_bar(out, "write", hold->from - unit->first, hold->reads_from - unit->first - 1,
                   mig_plan_waits(false, true));
    append_bar(out, class_of(hold->lock.blocks_reads, hold->lock.blocks_writes),
               (later ? hold->reads_from : hold->from) - unit->first, hold->to - unit->first, what);
}

static void
append_time_line(GString *out, const MigReviewedStep *reviewed, const MigReviewedUnit *unit)
{
    bool any = false;

    for (guint i = 0; i < unit->holds->len; i++) {
        const MigHold *hold = &g_array_index(unit->holds, MigHold, i);

        if (hold->lock.index)
            continue;
        if (!any) {
            g_string_append(out, "<h3>Who waits, and when</h3>");
            append_columns(out, reviewed, unit);
        }
        any = true;
        append_hold(out, unit, hold);
    }
    if (any)
        g_string_append(out, "</div>\n");
}

static void
append_unit(GString *out, const MigStep *step, const MigReviewedStep *reviewed, guint number)
{
    const MigUnit *unit = mig_step_unit(step, number);
    const MigReviewedUnit *review =
        reviewed != NULL ? g_ptr_array_index(reviewed->units, number) : NULL;
    g_autofree char *time = review != NULL ? mig_plan_duration(review->duration_ms) : NULL;

    g_string_append_printf(out, "<h3>%s%s%s</h3>\n<ol>", mig_plan_unit_title(unit),
                           time != NULL ? ", " : "", time != NULL ? time : "");
    for (size_t i = unit->first; i < unit->first + unit->n; i++)
        append_statement(out, step, reviewed, i);
    g_string_append(out, "</ol>\n");
    if (review != NULL)
        append_time_line(out, reviewed, review);
}

static void
append_step(GString *out, const MigStep *step, const MigReviewedStep *reviewed)
{
    g_string_append(out, "<section>\n<h2>");
    append_escaped(out, step->version);
    g_string_append_c(out, ' ');
    append_escaped(out, step->name);
    g_string_append_printf(out, "%s%s</h2>\n<p class=\"dim\">",
                           step->direction == MIG_DIRECTION_UP ? "" : ", down",
                           step->late ? ", out of order" : "");
    append_escaped(out, step->path);
    g_string_append(out, "</p>\n");
    for (guint i = 0; step->migration != NULL && i < step->migration->headers->len; i++) {
        const MigHeader *header = g_ptr_array_index(step->migration->headers, i);

        if (g_ascii_strcasecmp(header->key, "Migration") == 0)
            continue;
        g_string_append(out, "<p class=\"dim\">");
        append_escaped(out, header->key);
        g_string_append(out, ": ");
        append_escaped(out, header->value);
        g_string_append(out, "</p>\n");
    }
    if (step->done > 0)
        g_string_append_printf(out, "<p>%zu statement%s done by an earlier run</p>\n", step->done,
                               step->done == 1 ? " was" : "s were");
    for (guint i = 0; i < step->units->len; i++)
        append_unit(out, step, reviewed, i);
    g_string_append(out, "</section>\n");
}

static void
append_heading(GString *out, const MigPlanView *view)
{
    g_autofree char *title = mig_plan_engine_title(view);
    size_t n = view->plan->steps->len;

    g_string_append(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                         "<meta name=\"generator\" content=\"migrate\">\n<title>");
    g_string_append_printf(out, "%zu migration%s on ", n, mig_style_plural(n));
    append_escaped(out, title);
    g_string_append_printf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n<h1>",
                           mig_plan_css);
    if (n == 0)
        g_string_append(out, "Nothing to run");
    else
        g_string_append_printf(out, "%zu migration%s to run", n, mig_style_plural(n));
    g_string_append(out, "</h1>\n<p class=\"dim\">");
    append_escaped(out, title);
    if (view->database != NULL) {
        g_string_append(out, ", ");
        append_escaped(out, view->database);
    }
    g_string_append(out, "</p>\n<p class=\"key\"><span class=\"all\">reads and writes wait</span>"
                         "<span class=\"write\">writes wait</span>"
                         "<span class=\"none\">nobody waits</span></p>\n");
}

char *
mig_report_plan_html(const MigPlanView *view)
{
    GString *out = g_string_new(NULL);

    append_heading(out, view);
    for (guint i = 0; i < view->plan->steps->len; i++)
        append_step(out, g_ptr_array_index(view->plan->steps, i),
                    view->review != NULL ? mig_review_step(view->review, i) : NULL);
    for (guint i = 0; i < view->plan->notices->len; i++) {
        g_string_append(out, "<p class=\"dim\">");
        append_escaped(out, g_ptr_array_index(view->plan->notices, i));
        g_string_append(out, "</p>\n");
    }
    if (view->review != NULL && view->review->sizes != NULL && view->review->sizes->how != NULL) {
        g_string_append(out, "<p class=\"dim\">");
        append_escaped(out, view->review->sizes->how);
        g_string_append(out, "</p>\n");
    }
    g_string_append(out, "</main>\n</body>\n</html>\n");
    return g_string_free(out, false);
}
