/* SPDX-License-Identifier: MIT */
/* What ran: the heading before, the summary after, and the JSON document. */
#include "base/duration.h"
#include "base/text.h"
#include "report/style.h"

#include <string.h>

static size_t
count_direction(const MigPlan *plan, MigDirection direction)
{
    size_t n = 0;

    for (guint i = 0; i < plan->steps->len; i++) {
        const MigStep *step = g_ptr_array_index(plan->steps, i);
        if (step->direction == direction)
            n++;
    }
    return n;
}

void
mig_report_heading(const MigReport *report, const MigPlan *plan, const char *database,
                   const MigServer *server)
{
    g_autofree char *title = mig_style_server(server);
    size_t up = count_direction(plan, MIG_DIRECTION_UP);
    size_t down = count_direction(plan, MIG_DIRECTION_DOWN);

    if (report->json || report->quiet)
        return;
    if (down > 0 && up > 0)
        fprintf(report->out, "Reverting %zu and applying %zu migration%s on %s (%s)\n", down, up,
                mig_style_plural(up), database, title);
    else
        fprintf(report->out, "%s %zu migration%s %s %s (%s)\n", up > 0 ? "Applying" : "Reverting",
                up + down, mig_style_plural(up + down), up > 0 ? "to" : "on", database, title);
    fflush(report->out);
}

static json_t *
result_json(const MigStepResult *result)
{
    static const char *const outcomes[] = {
        [MIG_OUTCOME_DONE] = "done",
        [MIG_OUTCOME_FAILED] = "failed",
        [MIG_OUTCOME_NOT_RUN] = "not-run",
    };
    json_t *object = json_object();
    const MigStep *step = result->step;

    json_object_set_new(object, "version", mig_json_text(step->version));
    json_object_set_new(object, "name", mig_json_text(step->name));
    json_object_set_new(object, "file", mig_json_text(step->migration != NULL ? step->path : NULL));
    json_object_set_new(object, "direction",
                        json_string(step->direction == MIG_DIRECTION_UP ? "up" : "down"));
    json_object_set_new(object, "outcome", json_string(outcomes[result->outcome]));
    json_object_set_new(object, "done", json_integer((json_int_t)result->done));
    json_object_set_new(object, "total", json_integer((json_int_t)result->total));
    json_object_set_new(object, "failedAt",
                        result->failed_at != 0 ? json_integer((json_int_t)result->failed_at)
                                               : json_null());
    json_object_set_new(object, "rolledBack", json_boolean(result->rolled_back));
    json_object_set_new(object, "verified", json_integer((json_int_t)result->verified));
    json_object_set_new(object, "durationMs", json_integer(result->duration_ms));
    return object;
}

static void
print_json(const MigReport *report, const MigExecution *execution, const char *command,
           const char *database, const MigServer *server, int exit_status)
{
    json_t *document = mig_json_document(database, server);
    json_t *results = json_array();
    json_t *warnings = json_array();

    json_object_set_new(document, "command", json_string(command));
    for (guint i = 0; i < execution->results->len; i++)
        json_array_append_new(results, result_json(g_ptr_array_index(execution->results, i)));
    for (guint i = 0; i < execution->warnings->len; i++)
        json_array_append_new(warnings, mig_json_text(g_ptr_array_index(execution->warnings, i)));
    json_object_set_new(document, "migrations", results);
    json_object_set_new(document, "warnings", warnings);
    json_object_set_new(document, "durationMs", json_integer(execution->duration_ms));
    mig_json_add_error(document, execution->error, exit_status);
    mig_json_print(report->out, document);
}

static void
print_text(const MigReport *report, const MigExecution *execution)
{
    g_autofree char *took = mig_duration_format(execution->duration_ms);
    g_autoptr(GString) summary = g_string_new(NULL);
    size_t applied = 0;
    size_t reverted = 0;
    size_t not_run = 0;

    if (report->quiet)
        return;
    for (guint i = 0; i < execution->results->len; i++) {
        const MigStepResult *result = g_ptr_array_index(execution->results, i);
        bool up = result->step->direction == MIG_DIRECTION_UP;
        applied += result->outcome == MIG_OUTCOME_DONE && up ? 1 : 0;
        reverted += result->outcome == MIG_OUTCOME_DONE && !up ? 1 : 0;
        not_run += result->outcome == MIG_OUTCOME_NOT_RUN ? 1 : 0;
    }
    mig_style_count(summary, reverted, "reverted");
    mig_style_count(summary, applied, "applied");
    mig_style_count(summary, execution->error != NULL ? 1 : 0,
                    g_error_matches(execution->error, MIG_ERROR, MIG_ERROR_CANCELLED) ? "stopped"
                                                                                      : "failed");
    mig_style_count(summary, not_run, "not run");
    fprintf(report->out, "%s in %s\n", summary->str, took);
}

void
mig_report_execution(const MigReport *report, const MigExecution *execution, const char *command,
                     const char *database, const MigServer *server, int exit_status)
{
    if (report->json)
        print_json(report, execution, command, database, server, exit_status);
    else
        print_text(report, execution);
}

void
mig_report_verification(const MigReport *report, const MigVerification *verification)
{
    g_autofree char *took = mig_duration_format(verification->duration_ms);
    g_autoptr(GString) line = g_string_new("  ");
    bool failed = verification->failure != NULL;
    const char *word = failed ? "failed" : verification->has_verify ? "passed" : "none";

    if (report->json || (report->quiet && !failed))
        return;
    g_string_append(line,
                    mig_style_on(report->color_out, failed                     ? MIG_STYLE_BAD
                                                    : verification->has_verify ? MIG_STYLE_GOOD
                                                                               : MIG_STYLE_DIM));
    mig_text_pad(line, word, 6);
    g_string_append(line, mig_style_off(report->color_out));
    g_string_append_printf(line, "  %s  ", verification->version);
    mig_text_pad(line, verification->name, 28);
    if (verification->has_verify)
        g_string_append_printf(line, "  %zu quer%s, %s", verification->passed,
                               verification->passed == 1 ? "y" : "ies", took);
    else
        g_string_append(line, verification->file != NULL ? "  no VERIFY section"
                                                         : "  its file is missing");
    fprintf(report->out, "%s\n", line->str);
    fflush(report->out);
    if (failed)
        fprintf(report->err, "%s\n", verification->failure);
}

void
mig_report_verified(const MigReport *report, const GPtrArray *verifications, const GError *error,
                    int exit_status)
{
    size_t failed = 0;
    size_t passed = 0;
    json_t *list = json_array();

    for (guint i = 0; i < verifications->len; i++) {
        const MigVerification *one = g_ptr_array_index(verifications, i);
        failed += one->failure != NULL ? 1 : 0;
        passed += one->failure == NULL && one->has_verify ? 1 : 0;
        json_array_append_new(
            list, json_pack("{s:o, s:o, s:o, s:b, s:I, s:b, s:o, s:I}", "version",
                            mig_json_text(one->version), "name", mig_json_text(one->name), "file",
                            mig_json_text(one->file), "hasVerify", one->has_verify ? 1 : 0,
                            "queriesPassed", (json_int_t)one->passed, "passed",
                            one->failure == NULL ? 1 : 0, "failure", mig_json_text(one->failure),
                            "durationMs", (json_int_t)one->duration_ms));
    }
    if (report->json) {
        json_t *document =
            json_pack("{s:i, s:o, s:{s:I, s:I}}", "version", 1, "migrations", list, "summary",
                      "passed", (json_int_t)passed, "failed", (json_int_t)failed);
        mig_json_add_error(document, error, exit_status);
        mig_json_print(report->out, document);
        return;
    }
    json_decref(list);
    if (!report->quiet)
        fprintf(report->out, "%zu passed, %zu failed, %zu without VERIFY\n", passed, failed,
                verifications->len - passed - failed);
}
