/* SPDX-License-Identifier: MIT */
/* migrate plan: what would run. */
#include "base/error.h"
#include "cli/goal.h"
#include "cli/options.h"
#include "cli/survey.h"

#include <string.h>

/* A number is how many migrations to plan for; anything else, or a file of that name, is a file. */
static bool
names_files(const MigInvocation *invocation)
{
    const char *first = invocation->args[0];

    return first != NULL &&
           (invocation->n_args > 1 || strspn(first, "0123456789") != strlen(first) ||
            g_file_test(first, G_FILE_TEST_EXISTS));
}

static MigPlanned *
make_plan(MigInvocation *invocation, const MigGoalOptions *goal, GError **error)
{
    if (!names_files(invocation))
        return mig_goal_plan(invocation, goal, error);
    if (goal->to != NULL || goal->down != NULL || goal->all) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "--to, --down and --all choose among the migrations; they don't go with files");
        return NULL;
    }
    return mig_goal_plan_files(invocation, invocation->args, error);
}

/* Written beside what is there, and put in its place when it is whole. */
static bool
write_page(const char *path, const MigPlanView *view, GError **error)
{
    g_autofree char *page = mig_report_plan_html(view);

    g_autoptr(GError) failure = NULL;
    if (g_file_set_contents(path, page, -1, &failure))
        return true;

    /* GLib names the file that it writes first, which nobody knows. */
    const char *why = strrchr(failure->message, ':');
    g_set_error(error, MIG_ERROR, MIG_ERROR_FILE, "%s: can't be written%s", path,
                why != NULL ? why : "");
    return false;
}

static bool
report_plan(MigInvocation *invocation, const MigPlanView *view, const char *html, GError **error)
{
    MigReport report = mig_session_report(invocation);

    if (html != NULL && !write_page(html, view, error))
        return false;
    if (invocation->format == MIG_FORMAT_MARKDOWN)
        mig_report_plan_markdown(&report, view);
    else
        mig_report_plan(&report, view);
    invocation->document_written = report.json;
    if (html != NULL && !report.quiet && !report.json)
        fprintf(report.err, "wrote %s\n", html);
    return true;
}

static int
run(MigInvocation *invocation, GError **error)
{
    g_auto(MigGoalOptions) options = {0};
    g_autofree char *schema = NULL;
    g_autofree char *html = NULL;
    gboolean check = FALSE;
    const GOptionEntry entries[] = {
        MIG_GOAL_ENTRIES(options),
        {"check", 0, 0, G_OPTION_ARG_NONE, &check, "exit 3 if there is anything to do", NULL},
        {"schema", 0, 0, G_OPTION_ARG_FILENAME, &schema, "start from the schema that this makes",
         "FILE"},
        {"html", 0, 0, G_OPTION_ARG_FILENAME, &html, "write it as a page, too", "FILE"},
        {0},
    };

    if (!mig_options_parse(invocation, entries, error))
        return MIG_EXIT_USAGE;
    g_autoptr(MigPlanned) planned = make_plan(invocation, &options, error);
    if (planned == NULL)
        return MIG_EXIT_FAILED;
    const MigSurveyOptions how = {.schema = schema, .speed = true};
    g_autoptr(MigSurvey) survey = mig_survey(invocation, planned, &how, error);
    if (survey == NULL)
        return MIG_EXIT_FAILED;

    if (survey->note != NULL)
        g_ptr_array_add(planned->plan->notices, g_steal_pointer(&survey->note));
    size_t n = planned->plan->steps->len;
    g_autoptr(GError) pending = NULL;
    if (check && n > 0)
        pending = g_error_new(MIG_ERROR, MIG_ERROR_PENDING, "%zu migration%s pending", n,
                              n == 1 ? " is" : "s are");
    const MigPlanView view = {
        .plan = planned->plan,
        .review = survey->review,
        .findings = invocation->settings->lint == MIG_GATE_OFF ? NULL : survey->findings,
        .database = planned->session != NULL ? planned->session->database : NULL,
        .server = planned->session != NULL ? mig_session_server(planned->session) : NULL,
        .server_version = invocation->settings->server_version,
        .error = pending,
        .exit_status = MIG_EXIT_PENDING,
    };
    if (!report_plan(invocation, &view, html, error))
        return MIG_EXIT_FAILED;
    if (pending == NULL)
        return MIG_EXIT_DONE;
    g_propagate_error(error, g_steal_pointer(&pending));
    return MIG_EXIT_PENDING;
}

static const MigCommandExample examples[] = {
    {"What the next `up` would do", "migrate plan"},
    {"Review in CI, without a database", "migrate plan --engine postgres --server-version 15"},
    {"One file, against a dump of the schema", "migrate plan --schema schema.sql change.sql"},
    {"A comment for a pull request", "migrate plan --format markdown"},
    {"What reverting two would do", "migrate plan --down 2"},
    {0},
};

const MigCommand mig_command_plan = {
    .name = "plan",
    .group = MIG_COMMAND_REVIEW,
    .summary = "show what would run, and what it would lock",
    .arguments = "[N] [FILE...] [--to VERSION] [--down N]",
    .description =
        "Computes what `up` (or, with --down, `down`) would do, from the same files and the same "
        "history, and prints it: each migration, its statements with their lines, which of them "
        "share a transaction, and for each the locks it takes, who waits meanwhile, and whether a "
        "table is rewritten or read as a whole. A database also says how big the tables are, and "
        "so how long that will take, roughly. Nothing is written to it.\n\n"
        "Without a database, --engine and --server-version give the plan for an empty one. A FILE "
        "is looked at as if it were pending: for the database, for what --schema FILE makes, or "
        "for what the migrations before it make.",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR) |
                MIG_SETTING_BIT(MIG_SETTING_ENGINE) | MIG_SETTING_BIT(MIG_SETTING_SERVER_VERSION) |
                MIG_SETTING_BIT(MIG_SETTING_OUT_OF_ORDER),
    .formats = MIG_FORMAT_BIT(MIG_FORMAT_MARKDOWN),
    .min_args = 0,
    .max_args = MIG_COMMAND_ANY_ARGS,
    .run = run,
};
