/* SPDX-License-Identifier: MIT */
/* MigReport: values to text, for people and for programs. */
#pragma once

#include "driver/target.h"
#include "history/compare.h"
#include "history/table.h"
#include "apply/rehearse.h"
#include "lint/fix.h"
#include "lint/rule.h"
#include "review/review.h"

#include <migrate/apply.h>
#include <migrate/lint.h>
#include <stdio.h>

/**
 * MigReport:
 *
 * Which format, to which streams. It lives on the stack of a command.
 */
typedef struct {
    FILE *out; /* (borrowed) results */
    FILE *err; /* (borrowed) progress and diagnostics */
    bool json; /* results are one JSON document */
    bool color_out;
    bool color_err;
    bool live; /* `err` is a terminal, and progress is wanted */
    bool quiet;
    bool verbose;
} MigReport;

/**
 * MigStatusView:
 *
 * What `status` shows.
 */
typedef struct {
    const char *database;    /* (borrowed) the URL without its password */
    const char *directory;   /* (borrowed) */
    const char *table;       /* (borrowed) the history's, for people */
    const MigServer *server; /* (borrowed) */
    const MigHistory *history;
    const GArray *pairs;       /* (borrowed) MigPair */
    const char *holder;        /* (borrowed) which runner is at work now; %NULL: none is */
    const GPtrArray *failures; /* (borrowed) MigFailure, or %NULL */
    GHashTable *diffs;         /* (borrowed) recorded version to a diff; or %NULL */
    const GError *error;       /* (borrowed) what --check found; or %NULL */
    int exit_status;           /* for @error */
} MigStatusView;

typedef struct {
    size_t applied;
    size_t pending;
    size_t late; /* those of `pending` that are older than one that is applied */
    size_t changed;
    size_t missing;
    size_t newer; /* applied, and newer than every file */
    size_t failed;
    size_t doubt;
} MigStatusCount;

MigStatusCount mig_status_count(const GArray *pairs);
void mig_report_status(const MigReport *report, const MigStatusView *view);

/**
 * MigPlanView:
 *
 * What a plan's reports are made from. Everything is borrowed.
 */
typedef struct {
    const MigPlan *plan;
    const MigReview *review;     /* what its statements do; %NULL: that isn't shown */
    const MigFindings *findings; /* what rules say against it; %NULL: they weren't asked */
    const char *database;        /* the URL without its password; %NULL: without a database */
    const MigServer *server;     /* %NULL likewise */
    const char *server_version;  /* --server-version, where there is no server; %NULL */
    const GError *error; /* what --check found, which the JSON document then has; or %NULL */
    int exit_status;     /* for @error */
} MigPlanView;

/** mig_report_plan: as text or JSON: units, what they lock, and what each migration says of itself. */
void mig_report_plan(const MigReport *report, const MigPlanView *view);

/** mig_report_plan_markdown: the same for a comment on a pull request. */
void mig_report_plan_markdown(const MigReport *report, const MigPlanView *view);

/** mig_report_plan_html: (owned) the same as a page that needs nothing else. */
char *mig_report_plan_html(const MigPlanView *view);

/** MigRehearsalView: what came of `up --dry-run=execute`. Everything is borrowed. */
typedef struct {
    const MigRehearsal *rehearsal;
    const MigReview *review; /* what was predicted */
    const char *database;    /* the URL without its password */
    const MigServer *server;
    int exit_status; /* for the rehearsal's error */
} MigRehearsalView;

/** mig_report_rehearsal: the locks that were taken beside those that were predicted. */
void mig_report_rehearsal(const MigReport *report, const MigRehearsalView *view);

/** How findings are written. */
typedef enum {
    MIG_FINDINGS_TEXT, /* or JSON, as the report says */
    MIG_FINDINGS_SARIF,
    MIG_FINDINGS_GITHUB,
    MIG_FINDINGS_JUNIT,
    MIG_FINDINGS_MARKDOWN,
} MigFindingsFormat;

/** MigFindingsView: what `lint` found. Everything is borrowed. */
typedef struct {
    const MigFindings *findings; /* with fingerprints */
    MigEngine engine;
    const GPtrArray *files; /* char *: paths of those that were looked at, as findings have them */
    size_t n_statements;
    size_t n_baseline;      /* findings that --baseline has taken out */
    const GPtrArray *fixed; /* MigFixedFile: what --fix did; %NULL: it wasn't asked to */
    bool dry_run;           /* ... or would have done */
    MigSeverity fail_on;    /* %MIG_N_SEVERITIES: none fails */
    const char *root; /* what paths for services are relative to; %NULL: they are as they are */
    const char *tool_version;
    const GError *error; /* that there are findings at or above --fail-on; or %NULL */
    int exit_status;     /* for @error */
} MigFindingsView;

/** mig_report_findings: as text, with the lines that they are about, or as programs read them. */
void
mig_report_findings(const MigReport *report, MigFindingsFormat format, const MigFindingsView *view);

/** mig_report_rules: all rules, a line or an object each. */
void mig_report_rules(const MigReport *report);

/** mig_report_rule: what a rule is about, and what to do. */
void mig_report_rule(const MigReport *report, const MigRule *rule);

/**
 * MigLive:
 *
 * What is shown while a plan is carried out: in a terminal one line that is rewritten, with the
 * elapsed time; else nothing but the results, as they come.
 */
typedef struct MigLive MigLive;

MigLive *mig_live_new(const MigReport *report);
void mig_live_free(MigLive *live);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigLive, mig_live_free)

/** mig_live_progress: a MigProgressFunc; @data is a MigLive. */
void mig_live_progress(const MigProgress *progress, gpointer data);

/** mig_live_waiting: a MigWaitFunc; @data is a MigLive. */
void mig_live_waiting(const char *holder, int64_t waited_ms, gpointer data);

/** mig_report_heading: "Applying 3 migrations to ...", before a plan is carried out. */
void mig_report_heading(const MigReport *report, const MigPlan *plan, const char *database,
                        const MigServer *server);

/**
 * mig_report_execution:
 * @command: (borrowed) whose result it is
 *
 * The summary; with JSON the whole document, the error included.
 */
void
mig_report_execution(const MigReport *report, const MigExecution *execution, const char *command,
                     const char *database, const MigServer *server, int exit_status);

/** mig_report_notices: what a plan has to say beside itself. */
void mig_report_notices(const MigReport *report, const MigPlan *plan);

/**
 * MigVerification:
 *
 * What `verify` found of one migration.
 */
typedef struct {
    const char *version; /* (borrowed) */
    const char *name;    /* (borrowed) */
    const char *file;    /* (borrowed) %NULL: it is missing, and VERIFY with it */
    size_t passed;       /* queries */
    bool has_verify;
    char *failure; /* (owned) %NULL: all passed */
    int64_t duration_ms;
} MigVerification;

void mig_report_verification(const MigReport *report, const MigVerification *verification);

/** mig_report_verified: the summary; with JSON the whole document, @error included if there is one. */
void mig_report_verified(const MigReport *report, const GPtrArray *verifications,
                         const GError *error, int exit_status);
