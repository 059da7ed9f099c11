/* SPDX-License-Identifier: MIT */
/* migrate repair: settle what is in doubt, accept what was changed. */
#include "cli/options.h"
#include "cli/session.h"
#include "history/settle.h"
#include "report/style.h"

#include <string.h>

typedef struct {
    gboolean flags[MIG_SETTLE_APPLIED + 1]; /* by MigSettlement */
    gboolean accept;
} Choice;

static bool
check_choice(const Choice *choice, const MigInvocation *invocation, MigSettlement *out_settlement,
             GError **error)
{
    size_t n = choice->accept ? 1 : 0;

    for (int i = 0; i <= MIG_SETTLE_APPLIED; i++) {
        if (choice->flags[i]) {
            *out_settlement = (MigSettlement)i;
            n++;
        }
    }
    if (n != 1) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "say what to do: one of --done, --retry, --reverted, --applied or --accept\n"
                    "  `migrate status` shows what needs it, `migrate help repair` what they mean");
        return false;
    }
    if (!choice->accept && invocation->n_args == 0) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "say which migration: migrate repair VERSION --%s",
                    mig_settlement_option(*out_settlement));
        return false;
    }
    return true;
}

static int
accept_changes(MigSession *session, const char *version, GError **error)
{
    g_autoptr(GArray) pairs = mig_session_compare(session, error);
    size_t accepted = 0;

    if (pairs == NULL || !mig_settle_accept(session->table, pairs, version, &accepted, error))
        return MIG_EXIT_FAILED;
    if (accepted == 0 && version != NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "%s was not changed after it was applied: there is nothing to accept", version);
        return MIG_EXIT_USAGE;
    }
    if (session->report.json)
        mig_json_print(stdout,
                       json_pack("{s:i, s:I}", "version", 1, "accepted", (json_int_t)accepted));
    else if (!session->report.quiet && accepted == 0)
        printf("nothing to accept: no file was changed after it was applied\n");
    else if (!session->report.quiet)
        printf("%zu changed file%s accepted\n", accepted, mig_style_plural(accepted));
    return MIG_EXIT_DONE;
}

static const MigRecord *
settle(MigSession *session, const char *version, MigSettlement settlement, GError **error)
{
    bool digits = *version != '\0' && strspn(version, "0123456789") == strlen(version);
    const MigRecord *record = digits ? mig_history_find(session->history, version) : NULL;

    if (record == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "the history has no record of %s; `migrate status` lists what it has", version);
        return NULL;
    }
    return mig_settle(session->table, record, settlement, error) ? record : NULL;
}

/* What goes on with a migration that is settled but not done: its record says in which direction. */
static const char *
next_step(const MigRecord *record, MigSettlement settlement)
{
    if (settlement != MIG_SETTLE_DONE && settlement != MIG_SETTLE_RETRY)
        return "migrate status";
    return record->state == MIG_STATE_REVERTING || record->state == MIG_STATE_REVERT_FAILED
               ? "migrate down"
               : "migrate up";
}

static int
run(MigInvocation *invocation, GError **error)
{
    Choice choice = {0};
    MigSettlement settlement = MIG_SETTLE_DONE;
    const GOptionEntry entries[] = {
        {"done", 0, 0, G_OPTION_ARG_NONE, &choice.flags[MIG_SETTLE_DONE],
         "the statement in doubt took effect: go on behind it", NULL},
        {"retry", 0, 0, G_OPTION_ARG_NONE, &choice.flags[MIG_SETTLE_RETRY],
         "it did not: go on with it", NULL},
        {"reverted", 0, 0, G_OPTION_ARG_NONE, &choice.flags[MIG_SETTLE_REVERTED],
         "nothing of the migration is left: forget it", NULL},
        {"applied", 0, 0, G_OPTION_ARG_NONE, &choice.flags[MIG_SETTLE_APPLIED],
         "all of the migration is there: count it as applied", NULL},
        {"accept", 0, 0, G_OPTION_ARG_NONE, &choice.accept,
         "what the changed file says now is right (without VERSION: all)", NULL},
        {0},
    };

    if (!mig_options_parse(invocation, entries, error) ||
        !check_choice(&choice, invocation, &settlement, error))
        return MIG_EXIT_USAGE;
    g_autoptr(MigSession) session = mig_session_connect(invocation, MIG_SESSION_WRITES, error);
    g_autoptr(MigLock) lock = NULL;
    if (session == NULL || !mig_session_prepare(session, &lock, error))
        return MIG_EXIT_FAILED;
    if (choice.accept)
        return accept_changes(session, invocation->args[0], error);
    const MigRecord *record = settle(session, invocation->args[0], settlement, error);
    if (record == NULL)
        return MIG_EXIT_FAILED;

    if (session->report.json)
        mig_json_print(stdout,
                       json_pack("{s:i, s:s, s:s}", "version", 1, "migration", invocation->args[0],
                                 "settled", mig_settlement_option(settlement)));
    else if (!invocation->quiet)
        printf("%s is settled: --%s is recorded\nnext: %s\n", invocation->args[0],
               mig_settlement_option(settlement), next_step(record, settlement));
    return MIG_EXIT_DONE;
}

static const MigCommandExample examples[] = {
    {"The statement that was interrupted took effect", "migrate repair 20260301120000 --done"},
    {"A comment in an applied migration had to be corrected",
     "migrate repair 20260301120000 --accept"},
    {0},
};

const MigCommand mig_command_repair = {
    .name = "repair",
    .group = MIG_COMMAND_HISTORY,
    .summary = "settle an interrupted migration, accept a changed file",
    .arguments = "[VERSION] --done|--retry|--reverted|--applied|--accept",
    .description =
        "Writes to the history what only a person can know; nothing of a migration is executed. "
        "--done and --retry are for a statement that was being executed when a run died; "
        "--reverted "
        "and --applied are for a migration that was undone, or finished, by hand; --reverted also "
        "takes an applied migration out of the history: one that has no DOWN and was reverted by "
        "hand, or one whose file is gone. --accept takes what a changed file says now for what was "
        "applied. Each choice is recorded as an event.",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR),
    .min_args = 0,
    .max_args = 1,
    .run = run,
};
