/* SPDX-License-Identifier: MIT */
/* `plan` for people, in a terminal of 80 columns. */
#include "base/text.h"
#include "report/plan_found.h"
#include "report/plan_view.h"
#include "report/plan_words.h"
#include "report/style.h"

#include <string.h>

/* Where what is said of a statement begins: below its text, behind its line's number. */
#define INDENT "           "

typedef struct {
    const MigReport *report;
    const MigReviewedStep *reviewed; /* NULL: it wasn't analysed */
    const MigStep *step;
    const MigPlanFound *found;
} Printing;

static void
print_styled(const MigReport *report, MigStyle style, const char *indent, const char *text)
{
    g_autofree char *printable = mig_text_printable(text, strlen(text));
    g_autofree char *wrapped = mig_text_wrap(printable, 79 - (unsigned)strlen(indent), indent);

    fprintf(report->out, "%s%s%s%s\n", indent, mig_style_on(report->color_out, style), wrapped,
            mig_style_off(report->color_out));
}

static void
print_headers(const MigReport *report, const MigMigration *migration)
{
    for (guint i = 0; i < migration->headers->len; i++) {
        const MigHeader *header = g_ptr_array_index(migration->headers, i);

        if (g_ascii_strcasecmp(header->key, "Migration") == 0)
            continue;
        g_autofree char *line = g_strdup_printf("%s: %s", header->key, header->value);
        print_styled(report, MIG_STYLE_DIM, "    ", line);
    }
}

static MigStyle
lock_style(const MigRelationLock *lock)
{
    if (lock->made_here || !lock->blocks_writes)
        return MIG_STYLE_DIM;
    return lock->blocks_reads ? MIG_STYLE_BAD : MIG_STYLE_CAUTION;
}

static void
print_lock(const MigReport *report, const MigRelationLock *lock)
{
    g_autofree char *relation = mig_plan_relation(lock->schema, lock->name);
    GString *text = g_string_new(NULL);

    g_string_append_printf(text, "%s%s%s", lock->index ? "index " : "", relation,
                           lock->made_here ? " is new: nobody waits" : ": ");
    if (!lock->made_here && lock->mode != MIG_LOCK_MODE_NONE)
        g_string_append_printf(text, "%s, %s", mig_lock_mode_name(lock->mode),
                               mig_plan_waits(lock->blocks_reads, lock->blocks_writes));
    else if (!lock->made_here)
        g_string_append(text, mig_plan_waits(lock->blocks_reads, lock->blocks_writes));
    print_styled(report, lock_style(lock), INDENT, text->str);
    g_string_free(text, true);
}

/* Indexes are told only where they make readers wait that their table lets through. */
static bool
is_worth_telling(const MigImpact *impact, const MigRelationLock *lock)
{
    const GArray *locks = impact->locks;

    if (!mig_plan_lock_matters(impact, lock))
        return false;
    if (!lock->index)
        return true;
    if (!lock->blocks_reads || lock->made_here)
        return false;
    for (guint i = 0; i < locks->len; i++) {
        const MigRelationLock *other = &g_array_index(locks, MigRelationLock, i);
        if (!other->index && other->blocks_reads)
            return false;
    }
    return true;
}

static void
print_algorithm(const MigReport *report, const MigImpact *impact)
{
    const char *algorithm = mig_plan_algorithm(impact->algorithm);
    const char *lock = mig_plan_lock_clause(impact->lock);

    if (algorithm == NULL)
        return;
    g_autofree char *text = g_strdup_printf("ALGORITHM=%s%s%s%s", algorithm,
                                            lock != NULL ? ", LOCK=" : "", lock != NULL ? lock : "",
                                            impact->rebuilds_table ? ", the table is rebuilt" : "");
    print_styled(report, impact->concurrent_dml ? MIG_STYLE_DIM : MIG_STYLE_CAUTION, INDENT, text);
}

static void
print_work(const MigReport *report, const MigReviewedStatement *statement)
{
    g_autofree char *work = mig_plan_work(statement->impact);
    g_autofree char *size = mig_plan_size(statement->rows, statement->bytes);
    g_autofree char *time = mig_plan_duration(statement->duration_ms);

    if (work == NULL)
        return;
    g_autofree char *text = g_strdup_printf(
        "%s%s%s%s%s", work, size != NULL ? ": " : "", size != NULL ? size : "",
        time != NULL && size != NULL ? ", " : "", time != NULL && size != NULL ? time : "");
    print_styled(report, MIG_STYLE_NONE, INDENT, text);
}

/* Whether a rule says the same. */
static bool
is_found(const GPtrArray *findings, const char *problem)
{
    for (guint i = 0; i < findings->len; i++) {
        const MigFinding *finding = g_ptr_array_index(findings, i);
        const char *colon = strchr(problem, ':');

        if (strstr(finding->message, colon != NULL ? colon + 1 : problem) != NULL)
            return true;
    }
    return false;
}

static void
print_impact(const MigReport *report, const MigReviewedStatement *statement,
             const MigReviewedStatement *before, const GPtrArray *findings)
{
    const MigImpact *impact = statement->impact;
    g_autofree char *problem = mig_plan_problem(statement->changes);

    if (problem != NULL && !is_found(findings, problem))
        print_styled(report, MIG_STYLE_BAD, INDENT, problem);
    if (impact->refused != NULL) {
        g_autofree char *text =
            g_strdup_printf("the server will refuse it: %s%s%s%s", impact->refused,
                            impact->refused_code != NULL ? " (" : "",
                            impact->refused_code != NULL ? impact->refused_code : "",
                            impact->refused_code != NULL ? ")" : "");
        print_styled(report, MIG_STYLE_BAD, INDENT, text);
        return;
    }
    print_algorithm(report, impact);
    for (guint i = 0; i < impact->locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(impact->locks, MigRelationLock, i);
        if (is_worth_telling(impact, lock))
            print_lock(report, lock);
    }
    print_work(report, statement);
    if (impact->waits_for_others)
        print_styled(report, MIG_STYLE_NONE, INDENT,
                     "waits for the transactions that are open when it begins");

    const char *because = mig_plan_because(impact);
    const char *said = before != NULL ? mig_plan_because(before->impact) : NULL;
    if (because != NULL && g_strcmp0(because, said) != 0)
        print_styled(report, MIG_STYLE_DIM, INDENT, because);
}

static void
print_findings(const Printing *printing, const GPtrArray *findings)
{
    static const MigStyle styles[] = {
        [MIG_SEVERITY_INFO] = MIG_STYLE_DIM,
        [MIG_SEVERITY_WARNING] = MIG_STYLE_CAUTION,
        [MIG_SEVERITY_ERROR] = MIG_STYLE_BAD,
    };

    for (guint i = 0; i < findings->len; i++) {
        const MigFinding *finding = g_ptr_array_index(findings, i);

        /* Advice is `lint`'s; here it would hide what waits. */
        if (finding->severity == MIG_SEVERITY_INFO && !printing->report->verbose)
            continue;
        bool allowed = finding->allowed != NULL;
        g_autofree char *text = g_strdup_printf(
            "%s: %s [%s]", allowed ? "allowed" : mig_severity_name(finding->severity),
            finding->message, finding->rule);

        print_styled(printing->report, allowed ? MIG_STYLE_DIM : styles[finding->severity], INDENT,
                     text);
    }
}

static void
print_statement(const Printing *printing, size_t index)
{
    const MigReport *report = printing->report;
    const MigStatement *statement = mig_script_statement(printing->step->script, index);
    const MigReviewedStatement *reviewed = mig_plan_reviewed(printing->reviewed, index);
    g_autoptr(GPtrArray) findings = mig_plan_found_of(printing->found, printing->step, index);
    g_autofree char *sql =
        mig_text_one_line(printing->step->script->text + statement->offset, statement->length, 66);

    fprintf(report->out, "    %s%5u%s  %s\n", mig_style_on(report->color_out, MIG_STYLE_DIM),
            statement->line, mig_style_off(report->color_out), sql);
    if (reviewed != NULL)
        print_impact(report, reviewed,
                     index > 0 ? mig_plan_reviewed(printing->reviewed, index - 1) : NULL, findings);
    print_findings(printing, findings);
}

/* What one statement holds it has said itself. */
static void
print_holds(const Printing *printing, const MigReviewedUnit *unit)
{
    for (guint i = 0; i < unit->holds->len; i++) {
        const MigHold *hold = &g_array_index(unit->holds, MigHold, i);

        if (hold->from == hold->to || hold->lock.index)
            continue;
        g_autofree char *relation = mig_plan_relation(hold->lock.schema, hold->lock.name);
        g_autofree char *held = mig_plan_hold(printing->reviewed, hold);
        g_autofree char *text = g_strdup_printf("%s: %s", relation, held);

        print_styled(printing->report, lock_style(&hold->lock), "    ", text);
    }
}

static void
print_unit(const Printing *printing, guint number)
{
    const MigUnit *unit = mig_step_unit(printing->step, number);

    /* Of several by themselves, as all are on MySQL, the first says it. */
    if (number == 0 || unit->kind != MIG_UNIT_SINGLE ||
        mig_step_unit(printing->step, number - 1)->kind != MIG_UNIT_SINGLE)
        fprintf(printing->report->out, "  %s\n", mig_plan_unit_title(unit));
    if (unit->lock != 0)
        print_statement(printing, unit->lock - 1);
    for (size_t i = unit->first; i < unit->first + unit->n; i++)
        print_statement(printing, i);
    if (printing->reviewed != NULL)
        print_holds(printing, g_ptr_array_index(printing->reviewed->units, number));
}

static void
print_step(const MigReport *report, const MigStep *step, const MigReviewedStep *reviewed,
           const MigPlanFound *found)
{
    const Printing printing = {report, reviewed, step, found};

    fprintf(report->out, "\n%s%s %s%s  %s%s\n", mig_style_on(report->color_out, MIG_STYLE_STRONG),
            step->version, step->name, mig_style_off(report->color_out),
            step->direction == MIG_DIRECTION_UP ? "up" : "down",
            step->late ? ", out of order" : "");
    fprintf(report->out, "    %s\n", step->path);
    if (step->migration != NULL)
        print_headers(report, step->migration);
    if (step->done == 1)
        fprintf(report->out, "    statement 1: done by an earlier run\n");
    else if (step->done > 1)
        fprintf(report->out, "    statements 1 to %zu: done by an earlier run\n", step->done);
    if (step->replay != NULL)
        fprintf(report->out, "  settings of the session, again\n");
    for (guint i = 0; step->replay != NULL && i < step->replay->len; i++)
        print_statement(&printing, g_array_index(step->replay, size_t, i));
    for (guint i = 0; i < step->units->len; i++)
        print_unit(&printing, i);
    if (step->verify != NULL)
        fprintf(report->out, "  then VERIFY, read-only: %u quer%s\n", step->verify->statements->len,
                step->verify->statements->len == 1 ? "y" : "ies");
}

void
mig_plan_print_text(const MigReport *report, const MigPlanView *view)
{
    g_autofree char *title = mig_plan_engine_title(view);
    g_autofree char *summary = mig_plan_summary(view);
    g_autoptr(MigPlanFound) found = mig_plan_found_new(view->findings);
    size_t n = view->plan->steps->len;

    if (view->database != NULL)
        fprintf(report->out, "%s (%s)\n", view->database, title);
    else
        fprintf(report->out, "%s, without a database\n", title);
    for (guint i = 0; i < n; i++)
        print_step(report, g_ptr_array_index(view->plan->steps, i),
                   view->review != NULL ? mig_review_step(view->review, i) : NULL, found);
    fputc('\n', report->out);
    print_styled(report, MIG_STYLE_NONE, "", n == 0 ? "nothing to do" : summary);
    if (view->review != NULL && view->review->sizes != NULL && view->review->sizes->how != NULL &&
        n > 0)
        print_styled(report, MIG_STYLE_DIM, "", view->review->sizes->how);
}
