/* SPDX-License-Identifier: MIT */
/* migrate down: revert the newest migrations. */
#include "cli/carry.h"
#include "cli/options.h"

static int
run(MigInvocation *invocation, GError **error)
{
    g_autofree char *to = NULL;
    gboolean all = FALSE;
    MigCarryOptions carry = {.goal = {.kind = MIG_GOAL_DOWN, .count = 1}};
    const GOptionEntry entries[] = {
        {"to", 0, 0, G_OPTION_ARG_FILENAME, &to, "revert everything newer than this version",
         "VERSION"},
        {"all", 0, 0, G_OPTION_ARG_NONE, &all, "revert everything; needs --yes", NULL},
        {0},
    };

    if (!mig_options_parse(invocation, entries, error) ||
        !mig_session_count(invocation->args[0], &carry.goal.count, error))
        return MIG_EXIT_USAGE;
    if ((to != NULL) + (all ? 1 : 0) + (invocation->n_args > 0 ? 1 : 0) > 1) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "a number, --to and --all say different things: give one of them");
        return MIG_EXIT_USAGE;
    }
    if (all && !invocation->yes) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "--all reverts every migration, and the data with them; if that is what you "
                    "want, type\n"
                    "    migrate down --all --yes");
        return MIG_EXIT_USAGE;
    }
    if (all || to != NULL)
        carry.goal.count = -1;
    carry.goal.to = to;
    return mig_carry_out(invocation, &carry, error);
}

static const char *const aliases[] = {"rollback", "revert", NULL};

static const MigCommandExample examples[] = {
    {"Revert the newest", "migrate down"},
    {"Revert the newest three", "migrate down 3"},
    {"Revert everything newer than a version", "migrate down --to 20260301120000"},
    {0},
};

const MigCommand mig_command_down = {
    .name = "down",
    .aliases = aliases,
    .group = MIG_COMMAND_RUN,
    .summary = "revert the newest migrations",
    .arguments = "[N | --to VERSION | --all]",
    .description =
        "Executes the DOWN sections of the newest applied migrations, the newest first: one, N, or "
        "all that are newer than a version. Where a migration's file is gone, as after going back "
        "to "
        "an older checkout, the DOWN that was recorded when it was applied is used; likewise where "
        "the file was changed since.",
    .examples = examples,
    .settings =
        MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR) |
        MIG_SETTING_BIT(MIG_SETTING_LOCK_TIMEOUT) | MIG_SETTING_BIT(MIG_SETTING_STATEMENT_TIMEOUT) |
        MIG_SETTING_BIT(MIG_SETTING_LOCK_WAIT) | MIG_SETTING_BIT(MIG_SETTING_LOCK_RETRIES) |
        MIG_SETTING_BIT(MIG_SETTING_RECONNECT) | MIG_SETTING_BIT(MIG_SETTING_STRICT_CHECKSUMS),
    .min_args = 0,
    .max_args = 1,
    .run = run,
};
