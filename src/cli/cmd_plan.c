/* SPDX-License-Identifier: MIT */
/* migrate plan: what would run. */
#include "cli/goal.h"
#include "cli/options.h"

static int
run(MigInvocation *invocation, GError **error)
{
    g_auto(MigGoalOptions) options = {NULL, NULL, FALSE};
    gboolean check = FALSE;
    const GOptionEntry entries[] = {
        MIG_GOAL_ENTRIES(options),
        {"check", 0, 0, G_OPTION_ARG_NONE, &check, "exit 3 if there is anything to do", NULL},
        {0},
    };

    if (!mig_options_parse(invocation, entries, error))
        return MIG_EXIT_USAGE;
    g_autoptr(MigPlanned) planned = mig_goal_plan(invocation, &options, error);
    if (planned == NULL)
        return MIG_EXIT_FAILED;

    MigReport report = mig_session_report(invocation);
    size_t n = planned->plan->steps->len;
    g_autoptr(GError) pending = NULL;
    if (check && n > 0)
        pending = g_error_new(MIG_ERROR, MIG_ERROR_PENDING, "%zu migration%s pending", n,
                              n == 1 ? " is" : "s are");
    mig_report_plan(&report, planned->plan,
                    planned->session != NULL ? planned->session->database : NULL,
                    planned->session != NULL ? mig_session_server(planned->session) : NULL, pending,
                    MIG_EXIT_PENDING);
    invocation->document_written = report.json;
    if (pending == NULL)
        return MIG_EXIT_DONE;
    g_propagate_error(error, g_steal_pointer(&pending));
    return MIG_EXIT_PENDING;
}

static const MigCommandExample examples[] = {
    {"What the next `up` would do", "migrate plan"},
    {"Review in CI, without a database", "migrate plan --engine postgres -m migrations"},
    {"What reverting two would do", "migrate plan --down 2"},
    {0},
};

const MigCommand mig_command_plan = {
    .name = "plan",
    .group = MIG_COMMAND_REVIEW,
    .summary = "show what would run, in which transactions",
    .arguments = "[N] [--to VERSION] [--down N]",
    .description =
        "Computes what `up` (or, with --down, `down`) would do, from the same files and the same "
        "history, and prints it: each migration, its statements with their lines, and which of "
        "them "
        "share a transaction. Nothing is written to the database. Without a database, --engine and "
        "--server-version give the plan for an empty one.",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR) |
                MIG_SETTING_BIT(MIG_SETTING_ENGINE) | MIG_SETTING_BIT(MIG_SETTING_SERVER_VERSION) |
                MIG_SETTING_BIT(MIG_SETTING_OUT_OF_ORDER),
    .min_args = 0,
    .max_args = 1,
    .run = run,
};
