/* SPDX-License-Identifier: MIT */
/* MigSettings: every setting, its value, and where that came from. */
#pragma once

#include "config/setting.h"
#include "lint/config.h"

#include <migrate/engine.h>
#include <migrate/error.h>
#include <migrate/lint.h>
#include <migrate/plan.h>
#include <stdint.h>

typedef enum {
    MIG_ORIGIN_DEFAULT,
    MIG_ORIGIN_FILE,        /* [migrate] */
    MIG_ORIGIN_ENV_SECTION, /* [env NAME] */
    MIG_ORIGIN_DOTENV,
    MIG_ORIGIN_ENVIRONMENT,
    MIG_ORIGIN_COMMAND_LINE,
} MigOrigin;

/**
 * MigSetting:
 *
 * A value as text, and its place for people.
 */
typedef struct {
    char *text; /* (owned) %NULL: not set */
    MigOrigin origin;
    char *place; /* (owned) "--dir", "MIGRATE_DIR", "migrate.conf:4", ".env:2", "default" */
} MigSetting;

typedef struct {
    MigSetting values[MIG_N_SETTINGS];
    char *config_path;    /* (owned) migrate.conf as it was found; %NULL: there is none */
    bool config_named;    /* by --config or MIGRATE_CONFIG, not found by looking */
    char *dotenv_path;    /* (owned) the .env that was read; %NULL: none was */
    GPtrArray *warnings;  /* (owned) char *: what is allowed but hardly meant */
    const char *database; /* the URL, password included: never show it; %NULL: not set */
    char *
        database_shown; /* (owned) the same for people, with *** for the password; %NULL: not set */
    const char *directory;      /* of the migrations */
    const char *history_schema; /* %NULL: the connection's own */
    const char *history_table;
    int64_t lock_timeout_ms;      /* 0: without limit */
    int64_t statement_timeout_ms; /* 0: without limit */
    int64_t lock_wait_ms;         /* for another runner; 0: not at all */
    unsigned lock_retries;
    int64_t reconnect_ms;
    MigOutOfOrder out_of_order;
    bool strict_checksums;
    bool verify;
    MigLintConfig *rules; /* (owned) what [lint] says */
    MigGateMode lint;
    MigEngine engine;           /* --engine; %MIG_ENGINE_NONE: as the URL says */
    const char *server_version; /* --server-version; %NULL: as the server says */
    const char *environment;    /* the chosen [env NAME]; %NULL: none */
} MigSettings;

/**
 * MigSettingsInput:
 *
 * What the settings are made from. Everything is borrowed.
 */
typedef struct {
    const char *const *options;     /* by MigSettingId: the value of its option, or %NULL */
    const char *config;             /* --config; %NULL: looked for */
    bool only_here;                 /* looked for in the current directory, but not above it */
    const char *const *environment; /* "NAME=value", %NULL-terminated */
} MigSettingsInput;

/**
 * mig_settings_load:
 * @input: (borrowed) the command line's part
 * @error: %MIG_ERROR_USAGE: something is wrong; the message begins with the place ("file:line: ")
 *
 * Command line over environment over [env NAME] over [migrate] over default. No password is read
 * and nothing is executed: that is for mig_settings_password(), once one is needed.
 *
 * Manual: migrate.conf(5); migrate(1), ENVIRONMENT.
 *
 * Returns: (owned) the settings, or %NULL with @error set
 */
MigSettings *mig_settings_load(const MigSettingsInput *input, GError **error);
void mig_settings_free(MigSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigSettings, mig_settings_free)

/**
 * mig_settings_database:
 * @error: %MIG_ERROR_USAGE: no database is configured; says the ways to do so
 *
 * For commands that can't do without one.
 *
 * Returns: (borrowed) the URL, password included, or %NULL with @error set
 */
const char *mig_settings_database(const MigSettings *settings, GError **error);

/**
 * mig_settings_password:
 * @out_password: (out) (owned) what --password-file or --password-command gave; %NULL if neither is
 *     configured, and the URL or the client library is to know
 *
 * Reads the file, or runs the command with sh(1). A new call does so again.
 *
 * Returns: %true, or %false with @error set to %MIG_ERROR_USAGE
 */
bool mig_settings_password(const MigSettings *settings, char **out_password, GError **error);

/**
 * mig_settings_describe:
 *
 * Returns: (owned) one line for each setting, "lock-timeout = 5s (migrate.conf:4)", with *** for a
 *     password: what -v shows
 */
char *mig_settings_describe(const MigSettings *settings);
