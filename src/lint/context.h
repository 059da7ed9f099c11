/* SPDX-License-Identifier: MIT */
/* What a rule may ask and say. */
#pragma once

#include "review/review.h"

#include <migrate/lint.h>

typedef struct MigRule MigRule;
typedef struct MigLintPrivate MigLintPrivate;

/** MigLintPath: what is configured for files whose path matches. Everything is (owned). */
typedef struct {
    char *text; /* of the pattern, with "*" and "?" */
    GPatternSpec *pattern;
    GHashTable *severities; /* rule id to MigLintSetting */
} MigLintPath;

/**
 * MigLintOptions:
 *
 * Everything is borrowed.
 */
typedef struct {
    GHashTable *severities;  /* rule id to MigLintSetting; %NULL: all are at their defaults */
    GPtrArray *paths;        /* MigLintPath: of those that match the last one counts; %NULL: none */
    GHashTable *settings;    /* further keys of [lint], such as "max-indexes"; %NULL: none */
    int64_t small_table;     /* rows below which locks hurt nobody */
    int64_t lock_timeout_ms; /* the runner's own; 0: none */
    bool one_run;          /* the migrations are run one after the other, so that what one makes is
                                new to the next */
    bool no_down;          /* leave DOWN out */
    GHashTable *only;      /* paths of the files that are reported; the others are replayed; %NULL:
                                all are */
    const char *lint_from; /* what is older is replayed, but not reported; %NULL: all is */
} MigLintOptions;

typedef enum {
    MIG_LINT_OFF,
    MIG_LINT_INFO,
    MIG_LINT_WARNING,
    MIG_LINT_ERROR,
} MigLintSetting;

/**
 * MigLintContext:
 *
 * The place that a rule is asked about. Rules read; only src/lint writes.
 */
typedef struct {
    const MigLintOptions *options;
    MigEngine engine;
    int version; /* of the server; 0: the newest known */
    const MigReview *review;
    const MigReviewedStep *step;           /* `statements` are those up to this one */
    const MigReviewedStatement *statement; /* %NULL in check_begin and check_end */
    const MigCatalog *catalog; /* as it is before the statement; in check_end as it is after
                                              the migration; in check_begin before it */
    bool down;                 /* it is a DOWN section */
    MigLintPrivate *private;
} MigLintContext;

/* What it is about. */

/** (borrowed) the table, if the catalog has it; %NULL: there is none, or that isn't known. */
const MigTable *mig_lint_table(const MigLintContext *ctx, const MigName *name);
/** Whether the catalog can't tell if there is such a table: then it is old, and full of rows. */
bool mig_lint_is_unknown(const MigLintContext *ctx, const MigName *name);
/** Whether an earlier statement of this migration, or of this run, made the table. */
bool mig_lint_made_here(const MigLintContext *ctx, const MigName *table);
bool mig_lint_is_new(const MigLintContext *ctx, const MigTable *table);
bool mig_lint_is_new_moment(const MigLintContext *ctx, MigMoment made);
/** Whether the column was added by this migration, or its table was. */
bool mig_lint_is_new_column(const MigLintContext *ctx, const MigName *table, const char *column);
/** (borrowed) the column, if the catalog has the table and it. */
const MigTableColumn *
mig_lint_column(const MigLintContext *ctx, const MigName *table, const char *column);
/** Rows of the table by the live estimate; -1: not known. */
int64_t mig_lint_rows(const MigLintContext *ctx, const MigTable *table);
/** Whether the live estimate, or the configuration, says that it is small. */
bool mig_lint_is_small(const MigLintContext *ctx, const MigTable *table);
/** Whether the statement runs in a transaction, ours or the author's own. */
bool mig_lint_in_transaction(const MigLintContext *ctx);
/** (borrowed) a number of [lint], or @initial where it isn't set. */
int64_t mig_lint_number(const MigLintContext *ctx, const char *key, int64_t initial);
/** (borrowed) a text of [lint]; %NULL: it isn't set. */
const char *mig_lint_text(const MigLintContext *ctx, const char *key);
/** Whether a list of [lint] has the word. */
bool mig_lint_listed(const MigLintContext *ctx, const char *key, const char *word);

/* What the statement does: the facts are in locks/, never in a rule. */

bool mig_lint_scans(const MigLintContext *ctx, const MigTable *table);
bool mig_lint_rewrites(const MigLintContext *ctx, const MigTable *table);
/** The strongest lock that the statement takes on it. */
MigLockMode mig_lint_lock_on(const MigLintContext *ctx, const MigName *table);
/** The strongest lock on it that earlier statements of the same transaction took and still hold. */
MigLockMode mig_lint_held_on(const MigLintContext *ctx, const MigTable *table);
/** (borrowed) MigRelationLock: all that they hold. */
const GArray *mig_lint_held(const MigLintContext *ctx);

/** (borrowed) the catalog as it was before UP, for a rule with `wants_before` while DOWN is looked at;
 * %NULL: DOWN isn't. */
const MigCatalog *mig_lint_before_up(const MigLintContext *ctx);

/** (borrowed) the @n-th statement of the migration, from 0; %NULL: it has no so many. */
const MigReviewedStatement *mig_lint_statement(const MigLintContext *ctx, size_t n);
/** (borrowed) the text of a span of a statement, as written. */
const char *
mig_lint_source(const MigLintContext *ctx, const MigReviewedStatement *statement, MigSpan span);

/* What is said of it. Strings that these return live as long as the context. */

/** (borrowed) a name for people: with its schema where it was written so. */
const char *mig_lint_name(MigLintContext *ctx, const MigName *name);
/** (borrowed) the same of a table of the catalog: its schema is left out where it is the default. */
const char *mig_lint_table_name(MigLintContext *ctx, const MigTable *table);
/** (borrowed) "a, b and c" */
const char *mig_lint_list(MigLintContext *ctx, const char *const *words, size_t n);
const char *mig_lint_format(MigLintContext *ctx, const char *format, ...) G_GNUC_PRINTF(2, 3);

/**
 * mig_lint_report:
 * @change: (borrowed) of the current statement: its span is the finding's, its table decides on the
 *     silences that hold for the rule's kind
 *
 * Returns: (borrowed) the finding, to be completed; %NULL: a silence holds
 */
MigFinding *mig_lint_report(MigLintContext *ctx, const MigChange *change, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/** mig_lint_report_as: the same with another severity than the rule's own. */
MigFinding *mig_lint_report_as(MigLintContext *ctx, MigSeverity severity, const MigChange *change,
                               const char *format, ...) G_GNUC_PRINTF(4, 5);

/** MigPlace: where a finding is, where that isn't a change of the current statement. */
typedef struct {
    const MigReviewedStatement *statement; /* %NULL: the migration as a whole */
    MigSpan span;                          /* in it; without a length: all of it */
    const MigName *table;                  /* whose silences count; %NULL: none */
    const char *column;                    /* the same for a new column; %NULL */
    unsigned line; /* without a statement: in the file, from 1; 0: its first */
    bool nested;   /* it stands in a DO block, which is then said */
} MigPlace;

MigFinding *mig_lint_report_at(MigLintContext *ctx, MigSeverity severity, MigPlace place,
                               const char *format, ...) G_GNUC_PRINTF(4, 5);

/** The rule's own severity, as configured: what mig_lint_report() uses. */
MigSeverity mig_lint_severity(const MigLintContext *ctx);

/** One more step behind the rule's; after mig_lint_clear_steps() in their place. */
void mig_lint_clear_steps(MigFinding *finding);
void mig_lint_step(MigFinding *finding, const char *format, ...) G_GNUC_PRINTF(2, 3);
/** The danger of this finding, in place of the rule's. */
void mig_lint_danger(MigFinding *finding, const char *format, ...) G_GNUC_PRINTF(2, 3);
/** An edit that mends it: @text takes the place of @span of the current statement. Does nothing for
 * a %NULL finding, like those above. */
void mig_lint_fix(MigLintContext *ctx, MigFinding *finding, MigSpan span, const char *text);
