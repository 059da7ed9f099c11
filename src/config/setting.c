/* SPDX-License-Identifier: MIT */
/* What there is to set: names, kinds, defaults, and which values are right. */
#include "config/setting.h"

#include "base/duration.h"

#include <migrate/engine.h>

static const char *const out_of_order_choices[] = {"auto", "allow", "refuse", NULL};
static const char *const lint_choices[] = {"error", "warn", "off", NULL};
static const char *const engine_choices[] = {"sqlite", "postgres", "mysql", "mariadb", NULL};

static const MigSettingInfo infos[MIG_N_SETTINGS] = {
    [MIG_SETTING_DATABASE] = {"database", MIG_SETTING_KIND_URL, NULL, "URL",
                              "the database, such as sqlite:app.db", NULL, 'd'},
    [MIG_SETTING_DIR] = {"dir", MIG_SETTING_KIND_PATH, "migrations", "DIR",
                         "where the migrations are", NULL, 'm'},
    [MIG_SETTING_ENV] = {"env", MIG_SETTING_KIND_TEXT, NULL, "NAME",
                         "use section [env NAME] of the configuration", NULL, 'e'},
    [MIG_SETTING_PASSWORD_FILE] = {"password-file", MIG_SETTING_KIND_PATH, NULL, "FILE",
                                   "the password is this file's first line", NULL, 0},
    [MIG_SETTING_PASSWORD_COMMAND] = {"password-command", MIG_SETTING_KIND_TEXT, NULL, "COMMAND",
                                      "the password is this command's first line", NULL, 0},
    [MIG_SETTING_HISTORY_SCHEMA] = {"history-schema", MIG_SETTING_KIND_TEXT, NULL, "SCHEMA",
                                    "where the history's tables are", NULL, 0},
    [MIG_SETTING_HISTORY_TABLE] = {"history-table", MIG_SETTING_KIND_TEXT, "migrate_history",
                                   "TABLE", "the name of the history's table", NULL, 0},
    [MIG_SETTING_LOCK_TIMEOUT] = {"lock-timeout", MIG_SETTING_KIND_DURATION, "5s", "DURATION",
                                  "how long a statement waits for a lock", NULL, 0},
    [MIG_SETTING_STATEMENT_TIMEOUT] = {"statement-timeout", MIG_SETTING_KIND_DURATION, "0",
                                       "DURATION", "how long a statement may take; 0: no limit",
                                       NULL, 0},
    [MIG_SETTING_LOCK_WAIT] = {"lock-wait", MIG_SETTING_KIND_DURATION, "60s", "DURATION",
                               "how long to wait for another runner", NULL, 0},
    [MIG_SETTING_LOCK_RETRIES] = {"lock-retries", MIG_SETTING_KIND_NUMBER, "10", "N",
                                  "how often to try again to get a lock", NULL, 0},
    [MIG_SETTING_RECONNECT] = {"reconnect", MIG_SETTING_KIND_DURATION, "30s", "DURATION",
                               "how long to try to reconnect", NULL, 0},
    [MIG_SETTING_OUT_OF_ORDER] = {"out-of-order", MIG_SETTING_KIND_CHOICE, "auto", "HOW",
                                  "pending migrations older than applied ones",
                                  out_of_order_choices, 0},
    [MIG_SETTING_STRICT_CHECKSUMS] = {"strict-checksums", MIG_SETTING_KIND_BOOLEAN, "false", NULL,
                                      "a change of comments counts as one, too", NULL, 0},
    [MIG_SETTING_VERIFY] = {"verify", MIG_SETTING_KIND_BOOLEAN, "true", NULL,
                            "run VERIFY sections after UP", NULL, 0},
    [MIG_SETTING_LINT] = {"lint", MIG_SETTING_KIND_CHOICE, "error", "HOW",
                          "what a dangerous statement does to a run", lint_choices, 0},
    [MIG_SETTING_ENGINE] = {"engine", MIG_SETTING_KIND_CHOICE, NULL, "ENGINE",
                            "for which engine, where no database is given", engine_choices, 0},
    [MIG_SETTING_SERVER_VERSION] = {"server-version", MIG_SETTING_KIND_TEXT, NULL, "VERSION",
                                    "its version, where no database is given", NULL, 0},
};

const MigSettingInfo *
mig_setting_info(MigSettingId id)
{
    return &infos[id];
}

char *
mig_setting_variable(MigSettingId id)
{
    g_autofree char *upper = g_ascii_strup(infos[id].name, -1);
    return g_strconcat("MIGRATE_", g_strdelimit(upper, "-", '_'), NULL);
}

bool
mig_setting_boolean(const char *text, bool *out_value)
{
    static const char *const yes[] = {"true", "yes", "on", "1", NULL};
    static const char *const no[] = {"false", "no", "off", "0", NULL};
    g_autofree char *lower = g_ascii_strdown(text, -1);

    *out_value = g_strv_contains(yes, lower);
    return *out_value || g_strv_contains(no, lower);
}

char *
mig_setting_check(MigSettingId id, const char *text)
{
    const MigSettingInfo *info = &infos[id];
    int64_t ms = 0;
    guint64 number = 0;
    bool boolean = false;

    if (*text == '\0' && info->kind != MIG_SETTING_KIND_TEXT)
        return g_strdup("the value is empty");

    switch (info->kind) {
    case MIG_SETTING_KIND_DURATION:
        if (!mig_duration_parse(text, &ms))
            return g_strdup_printf("\"%s\" is not a duration; write it as 250ms, 5s or 10min",
                                   text);
        return NULL;
    case MIG_SETTING_KIND_NUMBER:
        if (!g_ascii_string_to_unsigned(text, 10, 0, 1000000, &number, NULL))
            return g_strdup_printf("\"%s\" is not a number from 0 to 1000000", text);
        return NULL;
    case MIG_SETTING_KIND_BOOLEAN:
        if (!mig_setting_boolean(text, &boolean))
            return g_strdup_printf("\"%s\" is neither true nor false", text);
        return NULL;
    case MIG_SETTING_KIND_CHOICE:
        /* An engine has more names than those that are offered. */
        if (!g_strv_contains(info->choices, text) &&
            (id != MIG_SETTING_ENGINE || mig_engine_from_name(text) == MIG_ENGINE_NONE)) {
            g_autofree char *all = g_strjoinv(", ", (char **)info->choices);
            return g_strdup_printf("\"%s\" is none of: %s", text, all);
        }
        return NULL;
    case MIG_SETTING_KIND_TEXT:
    case MIG_SETTING_KIND_URL:
    case MIG_SETTING_KIND_PATH:
        break;
    }
    return NULL;
}
