/* SPDX-License-Identifier: MIT */
/* What there is to set: names, kinds, defaults, and which values are right. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/**
 * MigSettingId:
 *
 * The settings. Each is an option (--lock-timeout), a variable (MIGRATE_LOCK_TIMEOUT) and a key of
 * migrate.conf (lock-timeout); mig_setting_info() has its name.
 */
typedef enum {
    MIG_SETTING_DATABASE,
    MIG_SETTING_DIR,
    MIG_SETTING_ENV,
    MIG_SETTING_PASSWORD_FILE,
    MIG_SETTING_PASSWORD_COMMAND,
    MIG_SETTING_HISTORY_SCHEMA,
    MIG_SETTING_HISTORY_TABLE,
    MIG_SETTING_LOCK_TIMEOUT,
    MIG_SETTING_STATEMENT_TIMEOUT,
    MIG_SETTING_LOCK_WAIT,
    MIG_SETTING_LOCK_RETRIES,
    MIG_SETTING_RECONNECT,
    MIG_SETTING_OUT_OF_ORDER,
    MIG_SETTING_STRICT_CHECKSUMS,
    MIG_SETTING_VERIFY,
    MIG_SETTING_LINT,
    MIG_SETTING_ENGINE,
    MIG_SETTING_SERVER_VERSION,
    MIG_N_SETTINGS,
} MigSettingId;

#define MIG_SETTING_BIT(id) (1u << (id))

typedef enum {
    MIG_SETTING_KIND_TEXT,
    MIG_SETTING_KIND_URL,
    MIG_SETTING_KIND_PATH,
    MIG_SETTING_KIND_DURATION,
    MIG_SETTING_KIND_NUMBER,
    MIG_SETTING_KIND_BOOLEAN,
    MIG_SETTING_KIND_CHOICE,
} MigSettingKind;

/**
 * MigSettingInfo:
 *
 * What help, migrate.conf's template and the parsers know of a setting. All of it is static.
 */
typedef struct {
    const char *name;
    MigSettingKind kind;
    const char *initial;     /* the default, as one would write it; %NULL: none */
    const char *placeholder; /* what help calls the value; %NULL for a boolean */
    const char *summary;
    const char *const *choices; /* %NULL-terminated; %NULL unless it is a choice */
    char short_name;            /* of the option; 0: none */
} MigSettingInfo;

const MigSettingInfo *mig_setting_info(MigSettingId id);

/** mig_setting_variable: (owned) the environment's name for it: "MIGRATE_LOCK_TIMEOUT". */
char *mig_setting_variable(MigSettingId id);

/**
 * mig_setting_check:
 *
 * Returns: (owned) what is wrong with a value, or %NULL. It shows no URL and no command.
 */
char *mig_setting_check(MigSettingId id, const char *text);

/**
 * mig_setting_boolean:
 * @text: (borrowed) true, yes, on, 1, false, no, off or 0, in any case
 *
 * Returns: whether @text is one of them
 */
bool mig_setting_boolean(const char *text, bool *out_value);
