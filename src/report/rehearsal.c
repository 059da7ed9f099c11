/* SPDX-License-Identifier: MIT */
/* `up --dry-run=execute`: the locks that were taken beside those that were predicted. */
#include "base/text.h"
#include "report/plan_words.h"
#include "report/style.h"

#include <string.h>

#define INDENT "           "

static const MigReviewedStatement *
prediction_of(const MigReview *review, const MigRehearsed *rehearsed)
{
    for (guint i = 0; i < review->steps->len; i++) {
        const MigReviewedStep *step = mig_review_step(review, i);
        if (step->step == rehearsed->step)
            return mig_plan_reviewed(step, rehearsed->index);
    }
    return NULL;
}

static const MigRelationLock *
find_predicted(const MigReviewedStatement *statement, const MigTakenLock *taken)
{
    for (guint i = 0; statement != NULL && i < statement->impact->locks->len; i++) {
        const MigRelationLock *lock = &g_array_index(statement->impact->locks, MigRelationLock, i);
        if (lock->index == taken->index && g_strcmp0(lock->schema, taken->schema) == 0 &&
            strcmp(lock->name, taken->name) == 0)
            return lock;
    }
    return NULL;
}

/* What this very run makes is locked, of course, and nobody waits for it. */
static bool
is_made_here(const MigReview *review, const MigTakenLock *taken)
{
    const MigName name = {.schema = taken->schema, .name = taken->name};
    const MigTable *table = NULL;
    const MigTableIndex *index = NULL;

    if (taken->index)
        return mig_catalog_index(review->catalog, &name, NULL, &table, &index) ==
                   MIG_LOOKUP_FOUND &&
               index->made.migration > 0;
    return mig_catalog_table(review->catalog, &name, &table) == MIG_LOOKUP_FOUND &&
           table->made.migration > 0;
}

static void
print_line(const MigReport *report, MigStyle style, const char *text)
{
    g_autofree char *wrapped = mig_text_wrap(text, 68, INDENT);

    fprintf(report->out, INDENT "%s%s%s\n", mig_style_on(report->color_out, style), wrapped,
            mig_style_off(report->color_out));
}

static void
print_taken(const MigReport *report, const MigTakenLock *taken, const MigRelationLock *predicted)
{
    g_autofree char *relation = mig_plan_relation(taken->schema, taken->name);
    const char *mode = predicted != NULL ? mig_lock_mode_name(predicted->mode) : NULL;
    g_autofree char *text = NULL;

    if (g_strcmp0(mode, taken->mode) == 0) {
        text = g_strdup_printf("%s: %s, as predicted", relation, taken->mode);
        print_line(report, MIG_STYLE_DIM, text);
        return;
    }
    text = g_strdup_printf("%s: %s, predicted was %s", relation, taken->mode,
                           mode != NULL ? mode : "none");
    print_line(report, MIG_STYLE_CAUTION, text);
}

static void
print_statement(const MigReport *report, const MigReview *review, const MigRehearsed *rehearsed)
{
    const MigScript *script = rehearsed->step->script;
    const MigStatement *statement = mig_script_statement(script, rehearsed->index);
    const MigReviewedStatement *prediction = prediction_of(review, rehearsed);
    g_autofree char *sql =
        mig_text_one_line(script->text + statement->offset, statement->length, 55);
    g_autofree char *time = g_strdup_printf("%" G_GINT64_FORMAT " ms", rehearsed->duration_ms);
    GString *line = g_string_new(NULL);

    mig_text_pad(line, sql, 56);
    fprintf(report->out, "    %s%5u%s  %s%s%9s%s\n", mig_style_on(report->color_out, MIG_STYLE_DIM),
            statement->line, mig_style_off(report->color_out), line->str,
            mig_style_on(report->color_out, MIG_STYLE_DIM), time, mig_style_off(report->color_out));
    g_string_free(line, true);
    for (guint i = 0; rehearsed->taken != NULL && i < rehearsed->taken->len; i++) {
        const MigTakenLock *taken = g_ptr_array_index(rehearsed->taken, i);
        if (!taken->index && !is_made_here(review, taken))
            print_taken(report, taken, find_predicted(prediction, taken));
    }
}

static void
print_text(const MigReport *report, const MigRehearsalView *view)
{
    const MigStep *step = NULL;

    for (guint i = 0; i < view->rehearsal->statements->len; i++) {
        const MigRehearsed *rehearsed = g_ptr_array_index(view->rehearsal->statements, i);

        if (rehearsed->step != step) {
            step = rehearsed->step;
            fprintf(report->out, "%s%s%s %s%s  %s\n", i > 0 ? "\n" : "",
                    mig_style_on(report->color_out, MIG_STYLE_STRONG), step->version, step->name,
                    mig_style_off(report->color_out),
                    step->direction == MIG_DIRECTION_UP ? "up" : "down");
        }
        print_statement(report, view->review, rehearsed);
    }
    if (view->rehearsal->error != NULL)
        return;
    fprintf(report->out,
            "\n%s%u statement%s and %zu VERIFY quer%s went well, and were rolled back%s\n",
            mig_style_on(report->color_out, MIG_STYLE_GOOD), view->rehearsal->statements->len,
            mig_style_plural(view->rehearsal->statements->len), view->rehearsal->verified,
            view->rehearsal->verified == 1 ? "y" : "ies", mig_style_off(report->color_out));
}

static json_t *
statement_json(const MigReview *review, const MigRehearsed *rehearsed)
{
    const MigReviewedStatement *prediction = prediction_of(review, rehearsed);
    const MigStatement *statement = mig_script_statement(rehearsed->step->script, rehearsed->index);
    json_t *locks = json_array();

    for (guint i = 0; rehearsed->taken != NULL && i < rehearsed->taken->len; i++) {
        const MigTakenLock *taken = g_ptr_array_index(rehearsed->taken, i);
        const MigRelationLock *predicted = find_predicted(prediction, taken);
        g_autofree char *relation = g_strdup_printf("%s.%s", taken->schema, taken->name);

        json_array_append_new(
            locks, json_pack("{s:o, s:b, s:s, s:o, s:b}", "relation", mig_json_text(relation),
                             "index", taken->index ? 1 : 0, "taken", taken->mode, "predicted",
                             predicted != NULL ? json_string(mig_lock_mode_name(predicted->mode))
                                               : json_null(),
                             "new", is_made_here(review, taken) ? 1 : 0));
    }
    return json_pack("{s:o, s:I, s:i, s:I, s:o}", "version",
                     mig_json_text(rehearsed->step->version), "statement",
                     (json_int_t)rehearsed->index + 1, "line", (int)statement->line, "durationMs",
                     (json_int_t)rehearsed->duration_ms, "locks", locks);
}

static void
print_json(const MigReport *report, const MigRehearsalView *view)
{
    json_t *document = mig_json_document(view->database, view->server);
    json_t *statements = json_array();

    for (guint i = 0; i < view->rehearsal->statements->len; i++)
        json_array_append_new(
            statements,
            statement_json(view->review, g_ptr_array_index(view->rehearsal->statements, i)));
    json_object_set_new(document, "statements", statements);
    json_object_set_new(document, "verified", json_integer((json_int_t)view->rehearsal->verified));
    json_object_set_new(document, "rolledBack", json_true());
    json_object_set_new(document, "durationMs",
                        json_integer((json_int_t)view->rehearsal->duration_ms));
    mig_json_add_error(document, view->rehearsal->error, view->exit_status);
    mig_json_print(report->out, document);
}

void
mig_report_rehearsal(const MigReport *report, const MigRehearsalView *view)
{
    if (report->json)
        print_json(report, view);
    else
        print_text(report, view);
}
