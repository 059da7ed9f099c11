/* SPDX-License-Identifier: MIT */
/* `plan --html`: one page that needs nothing else, with a time line for each table. */
#include "report/plan_html.h"

#include "base/text.h"
#include "report/plan_css.h"
#include "report/plan_found.h"
#include "report/plan_view.h"
#include "report/plan_words.h"
#include "report/style.h"

typedef struct {
    const MigPlanView *view;
    const MigPlanFound *found;
} Page;

void
mig_html_text(GString *out, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);

        if (c == '&')
            g_string_append(out, "&amp;");
        else if (c == '<')
            g_string_append(out, "&lt;");
        else if (c == '>')
            g_string_append(out, "&gt;");
        else if (c == '"')
            g_string_append(out, "&quot;");
        else if (c == '\'')
            g_string_append(out, "&#39;");
        else if (mig_text_turns(c) || (g_unichar_iscntrl(c) && c != '\n' && c != '\t' && c != '\r'))
            g_string_append_printf(out, "[U+%04X]", c);
        else
            g_string_append_unichar(out, c);
    }
}

const char *
mig_html_class(bool reads, bool writes)
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
    mig_html_text(out, text);
    g_string_append(out, "</li>");
}

static void
append_locks(GString *out, const MigImpact *impact)
{
    for (guint i = 0; i < impact->locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(impact->locks, MigRelationLock, i);
        g_autofree char *relation = mig_plan_relation(lock->schema, lock->name);
        bool moded = lock->mode != MIG_LOCK_MODE_NONE;

        if (lock->index || !mig_plan_lock_matters(impact, lock))
            continue;
        if (lock->made_here)
            append_fact(out, "none", "%s is new: nobody waits", relation);
        else
            append_fact(out, mig_html_class(lock->blocks_reads, lock->blocks_writes), "%s: %s%s%s",
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
    if (mig_plan_because(impact) != NULL)
        append_fact(out, "work", "%s", mig_plan_because(impact));
    g_string_append(out, "</ul>");
}

static void
append_findings(GString *out, const Page *page, const MigStep *step, size_t index)
{
    static const char *const classes[] = {
        [MIG_SEVERITY_INFO] = "work",
        [MIG_SEVERITY_WARNING] = "write",
        [MIG_SEVERITY_ERROR] = "all",
    };
    g_autoptr(GPtrArray) findings = mig_plan_found_of(page->found, step, index);

    if (findings->len > 0)
        g_string_append(out, "<ul class=\"findings\">");
    for (guint i = 0; i < findings->len; i++) {
        const MigFinding *finding = g_ptr_array_index(findings, i);
        bool allowed = finding->allowed != NULL;

        g_string_append_printf(out, "<li><b class=\"%s\">%s</b> ",
                               allowed ? "none" : classes[finding->severity],
                               allowed ? "allowed" : mig_severity_name(finding->severity));
        mig_html_text(out, finding->message);
        g_string_append(out, " <span class=\"where\">");
        mig_html_text(out, finding->rule);
        g_string_append(out, "</span>");
        if (allowed) {
            g_string_append(out, "<br>");
            mig_html_text(out, finding->allowed);
        }
        g_string_append(out, "</li>");
    }
    if (findings->len > 0)
        g_string_append(out, "</ul>");
}

static void
append_statement(GString *out, const Page *page, const MigStep *step,
                 const MigReviewedStep *reviewed, size_t index)
{
    const MigStatement *statement = mig_script_statement(step->script, index);
    const MigReviewedStatement *review = mig_plan_reviewed(reviewed, index);
    g_autofree char *sql = g_strndup(step->script->text + statement->offset, statement->length);

    g_string_append_printf(
        out, "<li class=\"statement\"><span class=\"where\">line %u</span><pre dir=\"ltr\">",
        statement->line);
    mig_html_text(out, sql);
    g_string_append(out, "</pre>");
    if (review != NULL)
        append_facts(out, review);
    append_findings(out, page, step, index);
    g_string_append(out, "</li>\n");
}

static void
append_unit(GString *out, const Page *page, const MigStep *step, const MigReviewedStep *reviewed,
            guint number)
{
    const MigUnit *unit = mig_step_unit(step, number);
    const MigReviewedUnit *review =
        reviewed != NULL ? g_ptr_array_index(reviewed->units, number) : NULL;
    g_autofree char *time = review != NULL ? mig_plan_duration(review->duration_ms) : NULL;

    g_string_append_printf(out, "<h3>%s%s%s</h3>\n<ol>", mig_plan_unit_title(unit),
                           time != NULL ? ", " : "", time != NULL ? time : "");
    for (size_t i = unit->first; i < unit->first + unit->n; i++)
        append_statement(out, page, step, reviewed, i);
    g_string_append(out, "</ol>\n");
    if (review != NULL)
        mig_html_time_line(out, reviewed, review);
}

static void
append_headers(GString *out, const MigMigration *migration)
{
    g_string_append(out, "<p class=\"headers\">");
    for (guint i = 0; migration != NULL && i < migration->headers->len; i++) {
        const MigHeader *header = g_ptr_array_index(migration->headers, i);

        if (g_ascii_strcasecmp(header->key, "Migration") == 0)
            continue;
        g_string_append(out, "<span><b>");
        mig_html_text(out, header->key);
        g_string_append(out, ":</b> ");
        mig_html_text(out, header->value);
        g_string_append(out, "</span>");
    }
    g_string_append(out, "</p>\n");
}

static const MigReviewedStep *
reviewed_step(const MigPlanView *view, guint number)
{
    return view->review != NULL ? mig_review_step(view->review, number) : NULL;
}

static void
append_step(GString *out, const Page *page, guint number)
{
    const MigStep *step = g_ptr_array_index(page->view->plan->steps, number);
    const MigReviewedStep *reviewed = reviewed_step(page->view, number);

    g_string_append_printf(out, "<section id=\"m%u\">\n<h2>", number + 1);
    mig_html_text(out, step->version);
    g_string_append_c(out, ' ');
    mig_html_text(out, step->name);
    g_string_append_printf(out, "%s%s</h2>\n<p class=\"dim\">",
                           step->direction == MIG_DIRECTION_UP ? "" : ", down",
                           step->late ? ", out of order" : "");
    mig_html_text(out, step->path);
    g_string_append(out, "</p>\n");
    append_headers(out, step->migration);
    if (step->done > 0)
        g_string_append_printf(out, "<p>%zu statement%s done by an earlier run</p>\n", step->done,
                               step->done == 1 ? " was" : "s were");
    for (guint i = 0; i < step->units->len; i++)
        append_unit(out, page, step, reviewed, i);
    g_string_append(out, "</section>\n");
}

/* What a reviewer looks for first: which of them make somebody wait. */
static void
append_contents(GString *out, const MigPlanView *view)
{
    if (view->plan->steps->len < 2)
        return;
    g_string_append(out, "<ol class=\"contents\">\n");
    for (guint i = 0; i < view->plan->steps->len; i++) {
        const MigStep *step = g_ptr_array_index(view->plan->steps, i);
        const MigReviewedStep *reviewed = reviewed_step(view, i);

        g_string_append_printf(out, "<li><a href=\"#m%u\">", i + 1);
        mig_html_text(out, step->version);
        g_string_append_c(out, ' ');
        mig_html_text(out, step->name);
        g_string_append(out, "</a>");
        if (reviewed != NULL) {
            bool reads = false;
            bool writes = false;
            g_autofree char *waits = mig_plan_step_waits(reviewed, &reads, &writes);

            g_string_append_printf(out, " <span class=\"%s\">", mig_html_class(reads, writes));
            mig_html_text(out, waits);
            g_string_append(out, "</span>");
        }
        g_string_append(out, "</li>\n");
    }
    g_string_append(out, "</ol>\n");
}

static void
append_heading(GString *out, const MigPlanView *view)
{
    g_autofree char *title = mig_plan_engine_title(view);
    g_autofree char *summary = mig_plan_summary(view);
    size_t n = view->plan->steps->len;

    g_string_append(out,
                    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    /* Nothing is loaded and nothing runs, whatever a migration has in it. */
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "style-src 'unsafe-inline'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                    "<meta name=\"generator\" content=\"migrate\">\n<title>");
    g_string_append_printf(out, "%zu migration%s on ", n, mig_style_plural(n));
    mig_html_text(out, title);
    g_string_append_printf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n<h1>",
                           mig_plan_css);
    if (n == 0)
        g_string_append(out, "Nothing to run");
    else
        g_string_append_printf(out, "%zu migration%s to run", n, mig_style_plural(n));
    g_string_append(out, "</h1>\n<p class=\"dim\">");
    mig_html_text(out, title);
    if (view->database != NULL) {
        g_string_append(out, ", ");
        mig_html_text(out, view->database);
    }
    g_string_append(out, "</p>\n");
    if (n > 0) {
        g_string_append(out, "<p class=\"summary\">");
        mig_html_text(out, summary);
        g_string_append(out, "</p>\n");
    }
    append_contents(out, view);
    g_string_append(out, "<p class=\"key\"><span class=\"all\">reads and writes wait</span>"
                         "<span class=\"write\">writes wait</span>"
                         "<span class=\"none\">nobody waits</span></p>\n");
}

char *
mig_report_plan_html(const MigPlanView *view)
{
    GString *out = g_string_new(NULL);
    g_autoptr(MigPlanFound) found = mig_plan_found_new(view->findings);
    const Page page = {view, found};

    append_heading(out, view);
    for (guint i = 0; i < view->plan->steps->len; i++)
        append_step(out, &page, i);
    for (guint i = 0; i < view->plan->notices->len; i++) {
        g_string_append(out, "<p class=\"dim\">");
        mig_html_text(out, g_ptr_array_index(view->plan->notices, i));
        g_string_append(out, "</p>\n");
    }
    if (view->review != NULL && view->review->sizes != NULL && view->review->sizes->how != NULL) {
        g_string_append(out, "<p class=\"dim\">");
        mig_html_text(out, view->review->sizes->how);
        g_string_append(out, "</p>\n");
    }
    g_string_append(out, "</main>\n</body>\n</html>\n");
    return g_string_free(out, false);
}
