/* SPDX-License-Identifier: MIT */
/* migrate verify: VERIFY sections of applied migrations, read-only. */
#include "apply/verify.h"
#include "cli/options.h"
#include "cli/session.h"
#include "plan/expect.h"

#include <string.h>

static void
free_verification(gpointer data)
{
    MigVerification *verification = data;

    g_free(verification->failure);
    g_free(verification);
}

static bool
is_wanted(const MigInvocation *invocation, const MigPair *pair)
{
    if (invocation->n_args == 0)
        return true;
    for (size_t i = 0; i < invocation->n_args; i++) {
        if (mig_version_compare(invocation->args[i], pair->record->version) == 0)
            return true;
    }
    return false;
}

/* What was named must be there, or a misspelt version would pass. */
static bool
check_names(const MigInvocation *invocation, const MigSession *session, GError **error)
{
    for (size_t i = 0; i < invocation->n_args; i++) {
        const char *version = invocation->args[i];
        bool digits = *version != '\0' && strspn(version, "0123456789") == strlen(version);
        const MigRecord *record = digits ? mig_history_find(session->history, version) : NULL;

        if (record == NULL ||
            !(mig_record_is_applied(record) || record->state == MIG_STATE_FAILED_VERIFY)) {
            g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                        "%s is not applied; `migrate status` lists what is", version);
            return false;
        }
        if (mig_source_find(session->source, version) == NULL) {
            g_set_error(error, MIG_ERROR, MIG_ERROR_HISTORY,
                        "the file of %s %s is missing, and with it what is to be verified\n"
                        "  put it back into %s, then type this again",
                        version, record->name, session->source->directory);
            return false;
        }
    }
    return true;
}

static bool
verify_pair(MigSession *session, const MigPair *pair, MigVerification *verification, GError **error)
{
    int64_t start = g_get_monotonic_time();
    GError *failure = NULL;

    if (!mig_source_parse(session->source, pair->migration, error))
        return false;
    const MigScript *verify = pair->migration->verify;
    verification->has_verify = verify != NULL;
    if (verify == NULL || mig_verify(session->target, verify, pair->migration->path, false,
                                     &verification->passed, &failure)) {
        verification->duration_ms = (g_get_monotonic_time() - start) / 1000;
        return true;
    }

    verification->duration_ms = (g_get_monotonic_time() - start) / 1000;
    if (!g_error_matches(failure, MIG_ERROR, MIG_ERROR_VERIFY)) {
        g_propagate_error(error, failure);
        return false;
    }
    verification->failure = g_strdup(failure->message);
    g_error_free(failure);
    return true;
}

static int
verify_all(MigInvocation *invocation, MigSession *session, const GArray *pairs, GError **error)
{
    g_autoptr(GPtrArray) verifications = g_ptr_array_new_with_free_func(free_verification);
    size_t failed = 0;

    for (guint i = 0; i < pairs->len; i++) {
        const MigPair *pair = &g_array_index(pairs, MigPair, i);
        if (pair->record == NULL || !is_wanted(invocation, pair) ||
            !(mig_record_is_applied(pair->record) || pair->standing == MIG_STANDING_UNVERIFIED))
            continue;

        MigVerification *verification = g_new0(MigVerification, 1);
        verification->version = pair->record->version;
        verification->name = pair->record->name;
        verification->file = pair->migration != NULL ? pair->migration->path : NULL;
        g_ptr_array_add(verifications, verification);
        if (pair->migration != NULL && !verify_pair(session, pair, verification, error))
            return MIG_EXIT_FAILED;
        failed += verification->failure != NULL ? 1 : 0;
        mig_report_verification(&session->report, verification);
    }
    g_autoptr(GError) failure = NULL;
    if (failed > 0)
        failure = g_error_new(
            MIG_ERROR, MIG_ERROR_VERIFY,
            "%zu of %u migrations did not verify; nothing was changed\n"
            "  next: see what changed the database since, or `migrate down` to before them",
            failed, verifications->len);
    mig_report_verified(&session->report, verifications, failure, MIG_EXIT_VERIFY);
    invocation->document_written = session->report.json;
    if (failure == NULL)
        return MIG_EXIT_DONE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return MIG_EXIT_VERIFY;
}

static int
run(MigInvocation *invocation, GError **error)
{
    const GOptionEntry entries[] = {{0}};

    if (!mig_options_parse(invocation, entries, error))
        return MIG_EXIT_USAGE;

    g_autoptr(MigSession) session = mig_session_connect(invocation, MIG_SESSION_READS, error);
    if (session == NULL || !mig_session_read(session, error) ||
        !check_names(invocation, session, error))
        return MIG_EXIT_FAILED;
    if (!mig_target_limits(session->target, invocation->settings->lock_timeout_ms,
                           invocation->settings->statement_timeout_ms, error))
        return MIG_EXIT_FAILED;
    g_autoptr(GArray) pairs = mig_session_compare(session, error);
    return pairs == NULL ? MIG_EXIT_FAILED : verify_all(invocation, session, pairs, error);
}

static const MigCommandExample examples[] = {
    {"Check that everything applied is still as it should be", "migrate verify"},
    {"Check one", "migrate verify 20260301120000"},
    {0},
};

const MigCommand mig_command_verify = {
    .name = "verify",
    .group = MIG_COMMAND_REVIEW,
    .summary = "run VERIFY sections of applied migrations, read-only",
    .arguments = "[VERSION...]",
    .description =
        "Asks the VERIFY queries of applied migrations, all or those named, and compares "
        "the answers with what is expected. The database refuses every write meanwhile. "
        "Exit status 5 if one doesn't pass; the others are asked all the same.",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR) |
                MIG_SETTING_BIT(MIG_SETTING_STATEMENT_TIMEOUT),
    .min_args = 0,
    .max_args = MIG_COMMAND_ANY_ARGS,
    .run = run,
};
