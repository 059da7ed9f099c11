/* SPDX-License-Identifier: MIT */
/* migrate status: what is applied, pending, changed, missing, failed. */
#include "base/diff.h"
#include "cli/options.h"
#include "cli/session.h"
#include "report/style.h"

/* Of each changed file, how it differs from what was executed. */
static GHashTable *
find_diffs(MigSession *session, const GArray *pairs, GError **error)
{
    g_autoptr(GHashTable) diffs = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);

    for (guint i = 0; i < pairs->len; i++) {
        const MigPair *pair = &g_array_index(pairs, MigPair, i);
        g_autofree char *up = NULL;
        g_autofree char *down = NULL;
        bool begun = pair->record != NULL && !mig_record_is_applied(pair->record);

        if (pair->migration == NULL || pair->record == NULL ||
            (pair->standing != MIG_STANDING_CHANGED && !begun))
            continue;
        if (!mig_history_sql(session->table, pair->record->version, &up, &down, error) ||
            !mig_source_parse(session->source, pair->migration, error))
            return NULL;
        if (up == NULL)
            continue;
        g_autofree char *ran =
            g_strdup_printf("UP of %s as it was executed", pair->record->version);
        g_autofree char *now = g_strdup_printf("%s", pair->migration->path);
        char *diff = mig_diff_unified(ran, up, now, pair->migration->up->text);
        g_hash_table_insert(diffs, (gpointer)(uintptr_t)pair->record->version, diff);
    }
    return g_steal_pointer(&diffs);
}

static int
check_status(const GArray *pairs, GError **error)
{
    MigStatusCount count = mig_status_count(pairs);

    if (count.changed + count.missing + count.failed + count.doubt > 0) {
        g_autoptr(GString) what = g_string_new(NULL);
        mig_style_count(what, count.changed, "changed");
        mig_style_count(what, count.missing, "missing");
        mig_style_count(what, count.failed, "failed");
        mig_style_count(what, count.doubt, "in doubt");
        g_set_error(error, MIG_ERROR, MIG_ERROR_HISTORY, "the history and the files disagree: %s",
                    what->str);
        return MIG_EXIT_HISTORY;
    }
    if (count.pending > 0) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_PENDING, "%zu migration%s pending", count.pending,
                    count.pending == 1 ? " is" : "s are");
        return MIG_EXIT_PENDING;
    }
    return MIG_EXIT_DONE;
}

static int
run(MigInvocation *invocation, GError **error)
{
    gboolean check = FALSE;
    const GOptionEntry entries[] = {
        {"check", 0, 0, G_OPTION_ARG_NONE, &check,
         "exit 3 if migrations are pending, 6 if history and files disagree", NULL},
        {0},
    };

    if (!mig_options_parse(invocation, entries, error))
        return MIG_EXIT_USAGE;

    g_autoptr(MigSession) session = mig_session_connect(invocation, MIG_SESSION_READS, error);
    if (session == NULL || !mig_session_read(session, error))
        return MIG_EXIT_FAILED;
    g_autoptr(GArray) pairs = mig_session_compare(session, error);
    if (pairs == NULL)
        return MIG_EXIT_FAILED;

    MigStatusCount count = mig_status_count(pairs);
    g_autoptr(GPtrArray) failures = NULL;
    g_autoptr(GHashTable) diffs = NULL;
    g_autofree char *holder = NULL;
    if (session->history->exists && count.pending + count.failed + count.doubt > 0) {
        /* A file that can't be written has no runner, and can be looked at. */
        mig_lock_holder(session->table, &holder, NULL);
        failures = mig_history_failures(session->table, error);
        if (failures == NULL)
            return MIG_EXIT_FAILED;
    }
    if (invocation->verbose || session->report.json) {
        diffs = find_diffs(session, pairs, error);
        if (diffs == NULL)
            return MIG_EXIT_FAILED;
    }

    g_autoptr(GError) finding = NULL;
    int status = check ? check_status(pairs, &finding) : MIG_EXIT_DONE;
    const MigStatusView view = {
        .database = session->database,
        .directory = invocation->settings->directory,
        .table = mig_history_table_label(session->table),
        .server = mig_session_server(session),
        .history = session->history,
        .pairs = pairs,
        .holder = holder,
        .failures = failures,
        .diffs = diffs,
        .error = finding,
        .exit_status = status,
    };
    mig_report_status(&session->report, &view);
    invocation->document_written = session->report.json;
    if (finding != NULL)
        g_propagate_error(error, g_steal_pointer(&finding));
    return status;
}

static const char *const aliases[] = {"info", NULL};

static const MigCommandExample examples[] = {
    {"See where a database stands", "migrate status"},
    {"Fail a pipeline while something is pending", "migrate status --check"},
    {"Names of what is pending", "migrate status --format json |\n  jq -r '.migrations[] | "
                                 "select(.status == \"pending\").name'"},
    {0},
};

const MigCommand mig_command_status = {
    .name = "status",
    .aliases = aliases,
    .group = MIG_COMMAND_REVIEW,
    .summary = "show what is applied, pending, changed, missing, failed",
    .arguments = "[--check]",
    .description =
        "Compares the migrations of the directory with the database's history. Nothing is written, "
        "not even the history's tables. With -v, how changed files differ from what was executed, "
        "and who applied what.",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR) |
                MIG_SETTING_BIT(MIG_SETTING_STRICT_CHECKSUMS),
    .min_args = 0,
    .max_args = 0,
    .run = run,
};
