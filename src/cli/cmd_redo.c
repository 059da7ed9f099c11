/* SPDX-License-Identifier: MIT */
/* migrate redo: down, then up. */
#include "cli/carry.h"
#include "cli/options.h"

static int
run(MigInvocation *invocation, GError **error)
{
    MigCarryOptions carry = {.goal = {.kind = MIG_GOAL_REDO, .count = 1}, .verify = true};
    const GOptionEntry entries[] = {{0}};

    if (!mig_options_parse(invocation, entries, error) ||
        !mig_session_count(invocation->args[0], &carry.goal.count, error))
        return MIG_EXIT_USAGE;
    return mig_carry_out(invocation, &carry, error);
}

static const MigCommandExample examples[] = {
    {"Try the newest again while writing it", "migrate redo"},
    {0},
};

const MigCommand mig_command_redo = {
    .name = "redo",
    .group = MIG_COMMAND_RUN,
    .summary = "revert the newest migrations and apply them again",
    .arguments = "[N]",
    .description = "Reverts the newest migration, or the newest N, and applies them again: for "
                   "trying out a migration while it is written.",
    .examples = examples,
    .settings =
        MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR) |
        MIG_SETTING_BIT(MIG_SETTING_LOCK_TIMEOUT) | MIG_SETTING_BIT(MIG_SETTING_STATEMENT_TIMEOUT) |
        MIG_SETTING_BIT(MIG_SETTING_LOCK_WAIT) | MIG_SETTING_BIT(MIG_SETTING_LOCK_RETRIES) |
        MIG_SETTING_BIT(MIG_SETTING_RECONNECT) | MIG_SETTING_BIT(MIG_SETTING_STRICT_CHECKSUMS) |
        MIG_SETTING_BIT(MIG_SETTING_VERIFY) | MIG_SETTING_BIT(MIG_SETTING_LINT),
    .min_args = 0,
    .max_args = 1,
    .run = run,
};
