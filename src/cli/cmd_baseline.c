/* SPDX-License-Identifier: MIT */
/* migrate baseline: record as applied, running nothing. */
#include "cli/options.h"
#include "cli/session.h"
#include "history/settle.h"
#include "report/style.h"

static int
run(MigInvocation *invocation, GError **error)
{
    const GOptionEntry entries[] = {{0}};
    size_t recorded = 0;

    if (!mig_options_parse(invocation, entries, error))
        return MIG_EXIT_USAGE;
    g_autoptr(MigSession) session = mig_session_connect(invocation, MIG_SESSION_WRITES, error);
    g_autoptr(MigLock) lock = NULL;
    if (session == NULL || !mig_session_prepare(session, &lock, error) ||
        !mig_settle_baseline(session->table, session->source, session->history, invocation->args[0],
                             &recorded, error))
        return MIG_EXIT_FAILED;

    if (session->report.json)
        mig_json_print(stdout,
                       json_pack("{s:i, s:I}", "version", 1, "recorded", (json_int_t)recorded));
    else if (!invocation->quiet && recorded == 0)
        printf("nothing to record: everything up to %s is recorded\n", invocation->args[0]);
    else if (!invocation->quiet)
        printf("%zu migration%s recorded as applied; nothing was executed\n", recorded,
               mig_style_plural(recorded));
    return MIG_EXIT_DONE;
}

static const MigCommandExample examples[] = {
    {"Begin with a database that was made by hand", "migrate baseline 20260301120000"},
    {0},
};

const MigCommand mig_command_baseline = {
    .name = "baseline",
    .group = MIG_COMMAND_HISTORY,
    .summary = "record migrations as applied, running nothing",
    .arguments = "VERSION",
    .description =
        "Records every migration up to and with VERSION as applied without executing it: for a "
        "database that has what they make already. What is recorded before stays as it is.",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR),
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
