/* SPDX-License-Identifier: MIT */
/* migrate up: apply pending migrations. */
#include "base/duration.h"
#include "cli/carry.h"
#include "cli/options.h"
#include "cli/rehearse.h"

#include <string.h>

static int
rehearse(MigInvocation *invocation, const char *how, MigGoal *goal, bool verify, GError **error)
{
    if (strcmp(how, "plan") == 0)
        return mig_rehearse_plan(invocation, goal, error);
    if (strcmp(how, "execute") == 0)
        return mig_rehearse_command(invocation, goal, verify, error);
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "--dry-run: \"%s\" is neither plan nor execute",
                how);
    return MIG_EXIT_USAGE;
}

static int
run(MigInvocation *invocation, GError **error)
{
    g_autofree char *to = NULL;
    g_autofree char *backup = NULL;
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    g_autofree char *terminate = NULL;
    g_autofree char *dry_run = NULL;
    gboolean no_verify = FALSE;
    gboolean wait_for_blockers = FALSE;
    MigCarryOptions carry = {.goal = {.kind = MIG_GOAL_UP, .count = -1}};
    const GOptionEntry entries[] = {
        {"to", 0, 0, G_OPTION_ARG_FILENAME, &to, "up to and with this version", "VERSION"},
        {"no-verify", 0, 0, G_OPTION_ARG_NONE, &no_verify, "leave VERIFY sections out", NULL},
        {"backup", 0, 0, G_OPTION_ARG_FILENAME, &backup, "make a backup first, in this new file",
         "PATH"},
        {"before", 0, 0, G_OPTION_ARG_FILENAME, &before,
         "a command to run first, with the plan as JSON on its input", "COMMAND"},
        {"after", 0, 0, G_OPTION_ARG_FILENAME, &after, "a command to run once all is done",
         "COMMAND"},
        {"wait-for-blockers", 0, 0, G_OPTION_ARG_NONE, &wait_for_blockers,
         "try for a lock as long as it takes", NULL},
        {"terminate-blockers-after", 0, 0, G_OPTION_ARG_FILENAME, &terminate,
         "end sessions that block us for longer", "TIME"},
        {"dry-run", 0, 0, G_OPTION_ARG_FILENAME, &dry_run,
         "plan: only show it; execute: run it, and roll back", "plan|execute"},
        {0},
    };

    if (!mig_options_parse(invocation, entries, error) ||
        !mig_session_count(invocation->args[0], &carry.goal.count, error))
        return MIG_EXIT_USAGE;
    if (terminate != NULL && (!mig_duration_parse(terminate, &carry.terminate_after_ms) ||
                              carry.terminate_after_ms == 0)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "--terminate-blockers-after: \"%s\" is not a time: write 30s, 5min", terminate);
        return MIG_EXIT_USAGE;
    }
    carry.goal.to = to;
    if (dry_run != NULL)
        return rehearse(invocation, dry_run, &carry.goal, !no_verify, error);
    carry.backup = backup;
    carry.before = before;
    carry.after = after;
    carry.wait_for_blockers = wait_for_blockers;
    carry.verify = !no_verify;
    return mig_carry_out(invocation, &carry, error);
}

static const char *const aliases[] = {"apply", "migrate", NULL};

static const MigCommandExample examples[] = {
    {"Apply everything that is pending", "migrate up"},
    {"Apply the next one only", "migrate up 1"},
    {"Apply up to and with a version", "migrate up --to 20260301120000"},
    {"Try it in a transaction, and roll back", "migrate up --dry-run=execute"},
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
        "do no lock is taken and nothing is written.\n\n"
        "With --dry-run=execute what is pending runs for real in one transaction on PostgreSQL or "
        "SQLite, is verified, and is rolled back; the locks that were taken are shown beside those "
        "that were predicted.",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR) |
                MIG_SETTING_BIT(MIG_SETTING_LOCK_TIMEOUT) |
                MIG_SETTING_BIT(MIG_SETTING_STATEMENT_TIMEOUT) |
                MIG_SETTING_BIT(MIG_SETTING_LOCK_WAIT) | MIG_SETTING_BIT(MIG_SETTING_LOCK_RETRIES) |
                MIG_SETTING_BIT(MIG_SETTING_RECONNECT) | MIG_SETTING_BIT(MIG_SETTING_OUT_OF_ORDER) |
                MIG_SETTING_BIT(MIG_SETTING_STRICT_CHECKSUMS) |
                MIG_SETTING_BIT(MIG_SETTING_VERIFY) | MIG_SETTING_BIT(MIG_SETTING_LINT),
    .min_args = 0,
    .max_args = 1,
    .run = run,
};
