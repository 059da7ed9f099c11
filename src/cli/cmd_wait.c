/* SPDX-License-Identifier: MIT */
/* migrate wait: until the database answers. */
#include "base/duration.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/session.h"
#include "driver/url.h"
#include "report/style.h"

#define POLL_MS 250
#define TELL_MS 2000

static bool
try_once(const MigInvocation *invocation, const char *password, GError **error)
{
    const MigTargetOptions options = {
        .url = invocation->settings->database,
        .password = password,
        .application = "migrate wait",
        .connect_timeout_ms = 5000,
        .cancel = mig_interrupt_watch(),
    };
    GError *failure = NULL;
    g_autoptr(MigTarget) target = mig_target_open(&options, &failure);
    if (target != NULL)
        return true;

    /* An SQLite database that isn't there is an empty one: `up` makes it. */
    if (mig_error_sql_class(failure) == MIG_SQL_UNDEFINED_TABLE &&
        mig_url_engine(options.url) == MIG_ENGINE_SQLITE) {
        g_error_free(failure);
        return true;
    }
    g_propagate_error(error, failure);
    return false;
}

/* Only what may pass by waiting is waited for: a wrong URL isn't. */
static int
wait_for(MigInvocation *invocation, int64_t timeout_ms, GError **error)
{
    g_autofree char *password = NULL;
    int64_t start = g_get_monotonic_time();
    int64_t told = 0;

    if (!mig_settings_password(invocation->settings, &password, error))
        return MIG_EXIT_USAGE;
    for (;;) {
        g_autoptr(GError) failure = NULL;
        if (try_once(invocation, password, &failure))
            return MIG_EXIT_DONE;

        int64_t waited = (g_get_monotonic_time() - start) / 1000;
        bool again = g_error_matches(failure, MIG_ERROR, MIG_ERROR_CONNECTION);
        if (!again) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return MIG_EXIT_CONNECTION;
        }
        if (waited >= timeout_ms) {
            g_autofree char *time = mig_duration_format(timeout_ms);
            g_set_error(error, MIG_ERROR, MIG_ERROR_CONNECTION,
                        "%s\n  waited %s for it (--timeout); `migrate wait -v` shows where the URL "
                        "comes from",
                        failure->message, time);
            return MIG_EXIT_CONNECTION;
        }
        if (!invocation->quiet && waited - told >= TELL_MS) {
            g_autofree char *time = mig_duration_format(waited);
            fprintf(stderr, "waiting for %s (%s): %s\n", invocation->settings->database_shown, time,
                    failure->message);
            told = waited;
        }
        if (!mig_cancel_sleep(mig_interrupt_watch(), POLL_MS)) {
            g_set_error(error, MIG_ERROR, MIG_ERROR_CANCELLED, "stopped by %s",
                        mig_cancel_signal_name(mig_interrupt_signal()));
            return MIG_EXIT_SIGNAL;
        }
    }
}

static int
run(MigInvocation *invocation, GError **error)
{
    g_autofree char *timeout = NULL;
    int64_t timeout_ms = 60000;
    const GOptionEntry entries[] = {
        {"timeout", 0, 0, G_OPTION_ARG_FILENAME, &timeout, "give up after this time (60s)", "TIME"},
        {0},
    };

    if (!mig_options_parse(invocation, entries, error) ||
        mig_settings_database(invocation->settings, error) == NULL)
        return MIG_EXIT_USAGE;
    if (timeout != NULL && !mig_duration_parse(timeout, &timeout_ms)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "--timeout: \"%s\" is not a time: write 30s, 5min", timeout);
        return MIG_EXIT_USAGE;
    }

    int64_t start = g_get_monotonic_time();
    int status = wait_for(invocation, timeout_ms, error);
    if (status != MIG_EXIT_DONE)
        return status;
    int64_t waited = (g_get_monotonic_time() - start) / 1000;
    if (invocation->format == MIG_FORMAT_JSON) {
        mig_json_print(stdout,
                       json_pack("{s:i, s:I}", "version", 1, "waitedMs", (json_int_t)waited));
    } else if (!invocation->quiet) {
        g_autofree char *time = mig_duration_format(waited);
        printf("%s accepts connections (%s)\n", invocation->settings->database_shown, time);
    }
    return MIG_EXIT_DONE;
}

static const MigCommandExample examples[] = {
    {"In a container's entry point", "migrate wait --timeout 2min && migrate up"},
    {0},
};

const MigCommand mig_command_wait = {
    .name = "wait",
    .group = MIG_COMMAND_OTHER,
    .summary = "wait until the database accepts connections",
    .arguments = "[--timeout TIME]",
    .description =
        "Tries to connect until that succeeds, or the time is out (exit status 8). A URL "
        "that is wrong ends it at once.",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DATABASE),
    .min_args = 0,
    .max_args = 0,
    .run = run,
};
