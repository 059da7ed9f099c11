/* SPDX-License-Identifier: MIT */
/* migrate up: apply pending migrations. */
#include "cli/options.h"
#include "cli/session.h"

static int
run(MigInvocation *invocation, GError **error)
{
    g_autofree char *to = NULL;
    gboolean no_verify = FALSE;
    MigGoal goal = {.kind = MIG_GOAL_UP, .count = -1};
    const GOptionEntry entries[] = {
        {"to", 0, 0, G_OPTION_ARG_FILENAME, &to, "up to and with this version", "VERSION"},
        {"no-verify", 0, 0, G_OPTION_ARG_NONE, &no_verify, "leave VERIFY sections out", NULL},
        {0},
    };

    if (!mig_options_parse(invocation, entries, error) ||
        !mig_session_count(invocation->args[0], &goal.count, error))
        return MIG_EXIT_USAGE;
    goal.to = to;
    return mig_session_carry_out(invocation, &goal, !no_verify, error);
}

static const char *const aliases[] = {"apply", "migrate", NULL};

static const MigCommandExample examples[] = {
    {"Apply everything that is pending", "migrate up"},
    {"Apply the next one only", "migrate up 1"},
    {"Apply up to and with a version", "migrate up --to 20260301120000"},
    {0},
};

const MigCommand mig_command_up = {
    .name = "up",
    .aliases = aliases,
    .group = MIG_COMMAND_RUN,
    .summary = "apply pending migrations",
    .arguments = "[N] [--to VERSION]",
    .description =
        "Applies pending migrations in the order of their versions: all of them, the next N, or "
        "those up to a version. On PostgreSQL and SQLite each is one transaction which also "
        "records "
        "it, so that it is wholly there or not at all; where that can't be, a journal remembers "
        "which of its statements are done, and the next run goes on behind them.\n\n"
        "Only one runner works on a database at a time; others wait for lock-wait. With nothing to "
        "do no lock is taken and nothing is written.",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR) |
                MIG_SETTING_BIT(MIG_SETTING_LOCK_TIMEOUT) |
                MIG_SETTING_BIT(MIG_SETTING_STATEMENT_TIMEOUT) |
                MIG_SETTING_BIT(MIG_SETTING_LOCK_WAIT) | MIG_SETTING_BIT(MIG_SETTING_OUT_OF_ORDER) |
                MIG_SETTING_BIT(MIG_SETTING_STRICT_CHECKSUMS),
    .min_args = 0,
    .max_args = 1,
    .run = run,
};
