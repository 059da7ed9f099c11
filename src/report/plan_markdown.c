/* SPDX-License-Identifier: MIT */
/* `plan` as Markdown, for a comment on a pull request. */
#include "base/text.h"
#include "report/markdown.h"
#include "report/plan_found.h"
#include "report/plan_view.h"
#include "report/plan_words.h"
#include "report/style.h"

#include <string.h>

static void
append_relation(GString *out, const char *schema, const char *name)
{
    g_autofree char *relation = mig_plan_relation(schema, name);

    mig_markdown_code(out, relation);
}

static void
append_break(GString *cell)
{
    if (cell->len > 0)
        g_string_append(cell, "<br>");
}

static void
append_locks(GString *cell, const MigImpact *impact)
{
    const char *algorithm = mig_plan_algorithm(impact->algorithm);
    const char *clause = mig_plan_lock_clause(impact->lock);

    if (algorithm != NULL)
        g_string_append_printf(cell, "ALGORITHM=%s%s%s", algorithm, clause != NULL ? ", LOCK=" : "",
                               clause != NULL ? clause : "");
    for (guint i = 0; i < impact->locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(impact->locks, MigRelationLock, i);
        if (lock->index || lock->made_here || !mig_plan_lock_matters(impact, lock))
            continue;
        bool waits = lock->blocks_reads || lock->blocks_writes;

        append_break(cell);
        append_relation(cell, lock->schema, lock->name);
        g_string_append_printf(
            cell, " %s%s%s%s%s",
            lock->mode != MIG_LOCK_MODE_NONE ? mig_lock_mode_name(lock->mode) : "",
            lock->mode != MIG_LOCK_MODE_NONE ? ": " : "", waits ? "**" : "",
            mig_plan_waits(lock->blocks_reads, lock->blocks_writes), waits ? "**" : "");
    }
    if (cell->len == 0)
        g_string_append(cell, "nobody waits");
}

static void
append_work(GString *cell, const MigReviewedStatement *statement)
{
    g_autofree char *work = mig_plan_work(statement->impact);
    g_autofree char *size = mig_plan_size(statement->rows, statement->bytes);
    g_autofree char *time = mig_plan_duration(statement->duration_ms);
    g_autofree char *problem = mig_plan_problem(statement->changes);

    if (problem != NULL) {
        g_string_append(cell, "**not analysed:** ");
        mig_markdown_text(cell, problem);
    }
    if (statement->impact->refused != NULL) {
        append_break(cell);
        g_string_append(cell, "**the server will refuse it:** ");
        mig_markdown_text(cell, statement->impact->refused);
    }
    if (work == NULL)
        return;
    append_break(cell);
    mig_markdown_text(cell, work);
    if (size != NULL)
        g_string_append_printf(cell, ": %s", size);
    if (size != NULL && time != NULL)
        g_string_append_printf(cell, ", %s", time);
}

static void
append_findings(GString *cell, const MigPlanFound *found, const MigStep *step, size_t index)
{
    g_autoptr(GPtrArray) findings = mig_plan_found_of(found, step, index);

    for (guint i = 0; i < findings->len; i++) {
        const MigFinding *finding = g_ptr_array_index(findings, i);

        append_break(cell);
        g_string_append_printf(cell, "**%s:** ",
                               finding->allowed != NULL ? "allowed"
                                                        : mig_severity_name(finding->severity));
        mig_markdown_text(cell, finding->message);
        g_string_append_c(cell, ' ');
        mig_markdown_code(cell, finding->rule);
    }
}

static void
append_statement(GString *out, const MigPlanFound *found, const MigReviewedStep *reviewed,
                 const MigStep *step, size_t index)
{
    const MigStatement *statement = mig_script_statement(step->script, index);
    const MigReviewedStatement *review = mig_plan_reviewed(reviewed, index);
    g_autofree char *sql =
        mig_text_one_line(step->script->text + statement->offset, statement->length, 120);
    g_autoptr(GString) locks = g_string_new(NULL);
    g_autoptr(GString) work = g_string_new(NULL);

    if (review != NULL) {
        append_locks(locks, review->impact);
        append_work(work, review);
        append_findings(work, found, step, index);
    }
    g_string_append_printf(out, "| %u | ", statement->line);
    mig_markdown_code(out, sql);
    g_string_append_printf(out, " | %s | %s |\n", locks->str, work->str);
}

static void
append_holds(GString *out, const MigReviewedStep *reviewed, const MigReviewedUnit *unit)
{
    for (guint i = 0; i < unit->holds->len; i++) {
        const MigHold *hold = &g_array_index(unit->holds, MigHold, i);
        g_autofree char *held = mig_plan_hold(reviewed, hold);

        if (hold->lock.index || hold->from == hold->to)
            continue;
        g_string_append(out, "- ");
        append_relation(out, hold->lock.schema, hold->lock.name);
        g_string_append_printf(out, ": %s\n", held);
    }
}

static void
append_unit(GString *out, const MigPlanFound *found, const MigStep *step,
            const MigReviewedStep *reviewed, guint number)
{
    const MigUnit *unit = mig_step_unit(step, number);
    bool first = number == 0 || unit->kind != MIG_UNIT_SINGLE ||
                 mig_step_unit(step, number - 1)->kind != MIG_UNIT_SINGLE;

    if (first) {
        g_autofree char *title = g_strdup(mig_plan_unit_title(unit));

        title[0] = g_ascii_toupper(title[0]);
        g_string_append_printf(out,
                               "\n%s:\n\n| line | statement | who waits | work |\n"
                               "| ---: | --- | --- | --- |\n",
                               title);
    }
    for (size_t i = unit->first; i < unit->first + unit->n; i++)
        append_statement(out, found, reviewed, step, i);
    if (reviewed != NULL) {
        g_autoptr(GString) holds = g_string_new(NULL);

        append_holds(holds, reviewed, g_ptr_array_index(reviewed->units, number));
        if (holds->len > 0)
            g_string_append_printf(out, "\n%s", holds->str);
    }
}

static void
append_step(GString *out, const MigPlanFound *found, const MigStep *step,
            const MigReviewedStep *reviewed)
{
    g_string_append(out, "\n### ");
    mig_markdown_text(out, step->version);
    g_string_append_c(out, ' ');
    mig_markdown_text(out, step->name);
    g_string_append_printf(out, "%s%s\n\n", step->direction == MIG_DIRECTION_UP ? "" : ", down",
                           step->late ? ", out of order" : "");
    mig_markdown_code(out, step->path);
    g_string_append_c(out, '\n');
    if (step->done > 0)
        g_string_append_printf(out, "\n%zu statement%s done by an earlier run\n", step->done,
                               step->done == 1 ? " was" : "s were");
    for (guint i = 0; i < step->units->len; i++)
        append_unit(out, found, step, reviewed, i);
}

void
mig_report_plan_markdown(const MigReport *report, const MigPlanView *view)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *title = mig_plan_engine_title(view);
    g_autofree char *summary = mig_plan_summary(view);
    g_autoptr(MigPlanFound) found = mig_plan_found_new(view->findings);
    size_t n = view->plan->steps->len;

    if (n == 0)
        g_string_append_printf(out, "## No migrations to run on %s\n", title);
    else
        g_string_append_printf(out, "## %zu migration%s to run on %s\n", n, mig_style_plural(n),
                               title);
    if (n > 0) {
        g_string_append_c(out, '\n');
        mig_markdown_text(out, summary);
        g_string_append_c(out, '\n');
    }
    for (guint i = 0; i < n; i++)
        append_step(out, found, g_ptr_array_index(view->plan->steps, i),
                    view->review != NULL ? mig_review_step(view->review, i) : NULL);
    for (guint i = 0; i < view->plan->notices->len; i++) {
        g_string_append(out, "\n> ");
        mig_markdown_text(out, g_ptr_array_index(view->plan->notices, i));
        g_string_append_c(out, '\n');
    }
    if (n > 0 && view->review != NULL && view->review->sizes != NULL &&
        view->review->sizes->how != NULL) {
        g_string_append(out, "\n<sub>");
        mig_markdown_text(out, view->review->sizes->how);
        g_string_append(out, "</sub>\n");
    }
    fputs(out->str, report->out);
}
