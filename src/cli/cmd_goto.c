/* SPDX-License-Identifier: MIT */
/* migrate goto: up or down to exactly a version. */
#include "cli/carry.h"
#include "cli/options.h"

static int
run(MigInvocation *invocation, GError **error)
{
    MigCarryOptions carry = {.goal = {.kind = MIG_GOAL_GOTO, .count = -1}, .verify = true};
    const GOptionEntry entries[] = {{0}};

    if (!mig_options_parse(invocation, entries, error))
        return MIG_EXIT_USAGE;
    carry.goal.to = invocation->args[0];
    return mig_carry_out(invocation, &carry, error);
}

static const MigCommandExample examples[] = {
    {"To where a release was", "migrate goto 20260301120000"},
    {0},
};

const MigCommand mig_command_goto = {
    .name = "goto",
    .group = MIG_COMMAND_RUN,
    .summary = "go up or down to exactly a version",
    .arguments = "VERSION",
    .description =
        "Applies or reverts migrations until everything up to VERSION, and nothing newer, "
        "is applied.",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR) |
                MIG_SETTING_BIT(MIG_SETTING_LOCK_TIMEOUT) |
                MIG_SETTING_BIT(MIG_SETTING_STATEMENT_TIMEOUT) |
                MIG_SETTING_BIT(MIG_SETTING_LOCK_WAIT) | MIG_SETTING_BIT(MIG_SETTING_LOCK_RETRIES) |
                MIG_SETTING_BIT(MIG_SETTING_RECONNECT) | MIG_SETTING_BIT(MIG_SETTING_OUT_OF_ORDER) |
                MIG_SETTING_BIT(MIG_SETTING_STRICT_CHECKSUMS) |
                MIG_SETTING_BIT(MIG_SETTING_VERIFY) | MIG_SETTING_BIT(MIG_SETTING_LINT),
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
