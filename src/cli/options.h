/* SPDX-License-Identifier: MIT */
/* The command line: the global options, a command's own, and what is neither. */
#pragma once

#include "cli/command.h"

/**
 * mig_options_parse:
 * @entries: (borrowed) the command's own options, ended by { 0 }
 * @error: %MIG_ERROR_USAGE: an option, an argument or a setting is wrong
 *
 * Every command's first step. Parses its options and the global ones, checks the number of
 * arguments and loads the settings.
 *
 * A placeholder of the form "text|json" is a list of choices for help and completion; FILE and DIR
 * complete names of files. For text use %G_OPTION_ARG_FILENAME with a `g_autofree char *`: %G_OPTION_ARG_STRING refuses what
 * isn't ASCII where the locale is "C", as it is in containers.
 *
 * Returns: whether to go on. %false without @error: help was wanted and is done
 */
bool mig_options_parse(MigInvocation *invocation, const GOptionEntry *entries, GError **error);

/**
 * MigOptionsFunc:
 * @entries: (borrowed) a command's own options, during the call
 */
typedef void (*MigOptionsFunc)(const GOptionEntry *entries, gpointer data);

/**
 * mig_options_describe:
 *
 * Calls @func with a command's own options. The command isn't run.
 */
void mig_options_describe(const MigCommand *command, MigOptionsFunc func, gpointer data);

/**
 * mig_options_global:
 *
 * Returns: (static) the global options that aren't settings, ended by { 0 }; for help
 */
const GOptionEntry *mig_options_global(void);

/** The settings that are listed with the global options. */
#define MIG_OPTIONS_GLOBAL_SETTINGS                                                  \
    (MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR) |      \
     MIG_SETTING_BIT(MIG_SETTING_ENV) | MIG_SETTING_BIT(MIG_SETTING_PASSWORD_FILE) | \
     MIG_SETTING_BIT(MIG_SETTING_PASSWORD_COMMAND))

/**
 * MigOptions:
 *
 * What has been parsed so far; for dispatch.c.
 */
struct MigOptions {
    char *values[MIG_N_SETTINGS]; /* (owned) by setting; %NULL: its option isn't there */
    char *config;                 /* (owned) */
    char *format_text;            /* (owned) */
    char *color_text;             /* (owned) */
    MigFormat format;
    bool color_out;
    bool color_err;
    bool quiet;
    bool verbose;
    bool no_progress;
    bool yes;
    bool help;
    bool version;
    char **argv;             /* (owned) the command line */
    GPtrArray *rest;         /* (owned) char * (borrowed from argv): what is still to be parsed, the
                              program's name first; %NULL-terminated */
    MigSettings *settings;   /* (owned) */
    MigOptionsFunc describe; /* %NULL: the command is to run */
    gpointer describe_data;
};

/**
 * mig_options_new:
 * @argv: (owned) the command line
 */
MigOptions *mig_options_new(char **argv);
void mig_options_free(MigOptions *options);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigOptions, mig_options_free)

/**
 * mig_options_begin:
 * @out_word: (out) (borrowed) the first word that isn't an option; %NULL: there is none
 * @error: %MIG_ERROR_USAGE
 *
 * Parses the global options before the command. Other options there are left for the command.
 */
bool mig_options_begin(MigOptions *options, const char **out_word, GError **error);

/**
 * mig_options_glance:
 *
 * Parses the global options behind a word that is no command, so that its error heeds --format and
 * --color.
 */
void mig_options_glance(MigOptions *options);

/**
 * mig_options_refuse:
 * @command: (borrowed) %NULL: before the command
 * @own: (borrowed) the command's own options, or %NULL
 * @option: (borrowed) one that nobody knows, as it was typed
 *
 * Returns: %false, with @error set to %MIG_ERROR_USAGE and a hint at what may have been meant
 */
bool mig_options_refuse(const MigCommand *command, const GOptionEntry *own, const char *option,
                        GError **error);
