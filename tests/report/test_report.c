/* SPDX-License-Identifier: MIT */
/* What people and programs are shown of a status, a plan and an execution, word for word. */
#include "base/text.h"
#include "plan/world.h"
#include "report/report.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 80

/* What is written to `out` and `err` meanwhile. */
typedef struct {
    MigReport report;
    char *text;
    size_t length;
} Capture;

static void
capture_init(Capture *capture, bool json, bool verbose)
{
    *capture = (Capture){.text = NULL};
    capture->report.json = json;
    capture->report.verbose = verbose;
    capture->report.out = open_memstream(&capture->text, &capture->length);
    capture->report.err = capture->report.out;
}

static char *
capture_end(Capture *capture)
{
    fclose(capture->report.out);
    char *text = g_strdup(capture->text);
    free(capture->text);
    return text;
}

static bool
has_long_word(const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);

    for (size_t i = 0; words[i] != NULL; i++) {
        if (g_utf8_strlen(words[i], -1) > WIDTH / 2)
            return true;
    }
    return false;
}

/* Only words that can't be broken, such as a long name, may be wider than a terminal. */
static void
check_width(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (size_t i = 0; lines[i] != NULL; i++) {
        g_assert_true(g_utf8_validate(lines[i], -1, NULL));
        if (mig_text_width(lines[i]) > WIDTH && !has_long_word(lines[i]))
            g_error("wider than %d columns: %s", WIDTH, lines[i]);
    }
}

static void
check_json(const char *text)
{
    json_error_t problem;
    json_t *document = json_loads(text, JSON_REJECT_DUPLICATES, &problem);

    if (document == NULL)
        g_error("%s in line %d of %s", problem.text, problem.line, text);
    g_assert_true(json_is_object(document));
    g_assert_cmpint(json_integer_value(json_object_get(document, "version")), ==, 1);
    json_decref(document);
}

static MigServer
server_of(const MigWorld *world)
{
    return (MigServer){
        .engine = world->source->engine,
        .version = 150006,
        .version_text = (char *)"15.6",
        .database = (char *)"shop",
    };
}

static void
show_status(const MigWorld *world, Capture *capture)
{
    const MigServer server = server_of(world);
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) pairs = mig_compare(world->source, world->history, false, &error);
    g_assert_no_error(error);
    const MigStatusView view = {
        .database = "postgres://shop:***@db/shop",
        .directory = world->source->directory,
        .table = "public.migrate_history",
        .server = &server,
        .history = world->history,
        .pairs = pairs,
    };

    mig_report_status(&capture->report, &view);
}

static void
show_plan(const MigWorld *world, const MigPlan *plan, Capture *capture)
{
    const MigServer server = server_of(world);

    const MigPlanView view = {
        .plan = plan,
        .database = "postgres://shop:***@db/shop",
        .server = &server,
    };
    mig_report_plan(&capture->report, &view);
}

/* As if the first step were done, the second had failed at its first statement, and the others not
 * been run. */
static MigExecution *
half_executed(const MigPlan *plan)
{
    MigExecution *execution = g_new0(MigExecution, 1);

    execution->results = g_ptr_array_new_with_free_func(g_free);
    execution->warnings = g_ptr_array_new_with_free_func(g_free);
    execution->duration_ms = 2345;
    for (guint i = 0; i < plan->steps->len; i++) {
        MigStepResult *result = g_new0(MigStepResult, 1);
        result->step = g_ptr_array_index(plan->steps, i);
        result->total = result->step->script->statements->len;
        result->outcome = i == 0   ? MIG_OUTCOME_DONE
                          : i == 1 ? MIG_OUTCOME_FAILED
                                   : MIG_OUTCOME_NOT_RUN;
        result->done = i == 0 ? result->total : 0;
        result->failed_at = i == 1 ? 1 : 0;
        result->rolled_back = i == 1;
        result->duration_ms = i < 2 ? 1234 : 0;
        g_ptr_array_add(execution->results, result);
    }
    g_ptr_array_add(execution->warnings, g_strdup("1_a.sql left \"search_path\" changed"));
    if (plan->steps->len > 1)
        execution->error = g_error_new_literal(MIG_ERROR, MIG_ERROR_SQL, "2_b.sql:1:1: no \"x\"");
    return execution;
}

static void
show_execution(const MigWorld *world, const MigPlan *plan, Capture *capture)
{
    const MigServer server = server_of(world);
    g_autoptr(MigExecution) execution = half_executed(plan);
    const char *database = "postgres://shop:***@db/shop";
    g_autoptr(MigLive) live = mig_live_new(&capture->report);

    mig_report_notices(&capture->report, plan);
    mig_report_heading(&capture->report, plan, database, &server);
    for (guint i = 0; i < execution->results->len; i++) {
        const MigStepResult *result = g_ptr_array_index(execution->results, i);
        const MigProgress progress = {
            .kind = result->outcome == MIG_OUTCOME_DONE ? MIG_PROGRESS_DONE : MIG_PROGRESS_FAILED,
            .step = result->step,
            .result = result,
            .number = i + 1,
            .n_steps = execution->results->len,
        };
        if (result->outcome != MIG_OUTCOME_NOT_RUN)
            mig_live_progress(&progress, live);
    }
    mig_report_execution(&capture->report, execution, "up", database, &server,
                         execution->error != NULL ? 1 : 0);
}

static void
show(MigWorld *world, MigCaseFile *file, MigPart *part, const char *goal)
{
    bool json = strstr(part->argument, "json") != NULL;
    Capture capture;

    capture_init(&capture, json, strstr(part->argument, "verbose") != NULL);
    if (strcmp(part->word, "status") == 0) {
        show_status(world, &capture);
    } else {
        g_autofree char *to = NULL;
        g_autoptr(GError) error = NULL;
        MigGoal wanted = mig_world_goal(world, goal, &to);
        g_autoptr(MigPlan) plan = mig_world_plan(world, &wanted, &error);
        g_assert_no_error(error);
        if (strcmp(part->word, "plan") == 0)
            show_plan(world, plan, &capture);
        else
            show_execution(world, plan, &capture);
    }
    g_autofree char *text = capture_end(&capture);
    if (json)
        check_json(text);
    else
        check_width(text);
    mig_casefile_expect(file, part, text);
}

static void
run_case(gconstpointer data)
{
    static const char *const shown[] = {"status", "plan", "execution", NULL};
    g_autoptr(MigCaseFile) file = mig_casefile_read(data);
    g_autoptr(MigWorld) world = mig_world_new(file);
    const MigPart *goal = mig_casefile_part(file, "goal");

    for (guint i = 0; i < file->parts->len; i++) {
        MigPart *part = g_ptr_array_index(file->parts, i);
        if (g_strv_contains(shown, part->word))
            show(world, file, part, goal != NULL ? goal->argument : "up");
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mig_casefile_add("cases", "/report", NULL, run_case);
    return g_test_run();
}
