/* SPDX-License-Identifier: MIT */
/* MigCommand: name, summary, arguments, what it needs, run. */
#pragma once

#include "base/cancel.h"
#include "cli/exit.h"
#include "config/settings.h"

#include <glib.h>
#include <stddef.h>

typedef struct MigCommand MigCommand;
typedef struct MigOptions MigOptions;

typedef enum {
    MIG_FORMAT_TEXT,
    MIG_FORMAT_JSON,
    /* Those that only some commands have. */
    MIG_FORMAT_MARKDOWN,
    MIG_FORMAT_SARIF,
    MIG_FORMAT_GITHUB,
    MIG_FORMAT_JUNIT,
    MIG_N_FORMATS,
} MigFormat;

#define MIG_FORMAT_BIT(format) (1u << (format))

/**
 * MigInvocation:
 *
 * One call of a command. All of it is set once mig_options_parse() has returned %true.
 */
typedef struct {
    const MigCommand *command;   /* (borrowed) */
    const MigSettings *settings; /* (borrowed) */
    const char *const *args;     /* (borrowed) what isn't an option, %NULL-terminated */
    size_t n_args;
    MigFormat format;      /* of what goes to standard output */
    bool color_out;        /* whether standard output is to have colours */
    bool color_err;        /* the same for standard error */
    bool terminal_err;     /* whether standard error is a terminal */
    bool quiet;            /* -q: nothing but errors on standard error */
    bool verbose;          /* -v */
    bool progress;         /* neither --no-progress nor -q */
    bool yes;              /* --yes: don't ask */
    bool document_written; /* set by a command that has put its JSON document on standard output
                              before it failed: no second one follows */
    MigOptions *options;   /* (borrowed) for options.c */
} MigInvocation;

/** The part of main help in which a command is listed. */
typedef enum {
    MIG_COMMAND_START,
    MIG_COMMAND_RUN,
    MIG_COMMAND_REVIEW,
    MIG_COMMAND_HISTORY,
    MIG_COMMAND_OTHER,
    MIG_N_COMMAND_GROUPS,
} MigCommandGroup;

typedef struct {
    const char *what;    /* "Apply the next two" */
    const char *command; /* "migrate up 2" */
} MigCommandExample;

#define MIG_COMMAND_ANY_ARGS SIZE_MAX

struct MigCommand {
    const char *name;
    const char *const *aliases; /* %NULL-terminated, or %NULL */
    MigCommandGroup group;
    const char *summary;               /* one line without a full stop, up to 56 characters */
    const char *arguments;             /* "[N] [--to VERSION]", or "" */
    const char *description;           /* paragraphs with "\n\n" between them; wrapped when shown */
    const MigCommandExample *examples; /* ended by one without a command, or %NULL */
    unsigned settings; /* MIG_SETTING_BIT() of those that matter, for help and completion */
    unsigned formats;  /* MIG_FORMAT_BIT() of those that it has besides text and JSON */
    size_t min_args;
    size_t max_args;       /* or %MIG_COMMAND_ANY_ARGS */
    bool only_here;        /* a migrate.conf above the current directory doesn't count */
    bool without_settings; /* works where the configuration is wrong: MigInvocation.settings is
                              %NULL */

    /**
     * run:
     * @error: set if it failed: printed in one place, and turned into the exit status
     *
     * Must call mig_options_parse() before it does anything else, and return when that returns
     * %false: help and completion are made from the entries that it hands over.
     *
     * Returns: the exit status, which counts unless @error is set
     */
    int (*run)(MigInvocation *invocation, GError **error);
};

/** mig_commands: (static) the table, %NULL-terminated. */
const MigCommand *const *mig_commands(void);

/** mig_command_find: (static) the command of that name or alias, or %NULL. */
const MigCommand *mig_command_find(const char *name);

/** mig_command_suggest: (static) the command's name that was most likely meant, or %NULL. */
const char *mig_command_suggest(const char *name);

extern const MigCommand mig_command_baseline;
extern const MigCommand mig_command_completion;
extern const MigCommand mig_command_down;
extern const MigCommand mig_command_goto;
extern const MigCommand mig_command_help;
extern const MigCommand mig_command_init;
extern const MigCommand mig_command_lint;
extern const MigCommand mig_command_new;
extern const MigCommand mig_command_plan;
extern const MigCommand mig_command_redo;
extern const MigCommand mig_command_repair;
extern const MigCommand mig_command_script;
extern const MigCommand mig_command_status;
extern const MigCommand mig_command_up;
extern const MigCommand mig_command_verify;
extern const MigCommand mig_command_wait;
