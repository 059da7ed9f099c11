/* SPDX-License-Identifier: MIT */
/* MigFinding: what a review says against a statement, and when it stops a run. */
#pragma once

#include <migrate/error.h>
#include <migrate/plan.h>

G_BEGIN_DECLS

typedef enum {
    MIG_SEVERITY_INFO,    /* style, design, advice */
    MIG_SEVERITY_WARNING, /* breaks what runs during the deploy, locks briefly, will hurt later */
    MIG_SEVERITY_ERROR,   /* fails, destroys data, or blocks for a time that grows with the table */
    MIG_N_SEVERITIES,
} MigSeverity;

/** mig_severity_name: "error", "warning" or "info". */
const char *mig_severity_name(MigSeverity severity);

/**
 * MigFinding:
 *
 * One danger at one place. Everything is (owned).
 */
typedef struct {
    char *rule; /* "add-index-non-concurrent" */
    MigSeverity severity;
    char *file;
    unsigned line;   /* from 1; where the range begins */
    unsigned column; /* in characters, from 1 */
    unsigned end_line;
    unsigned end_column; /* of the last character */
    unsigned statement;  /* number in its section, from 1; 0: of no statement */
    char *message;       /* what is wrong, with the names of what it is about */
    char *danger;        /* what it blocks or destroys, and for how long; %NULL */
    GPtrArray *steps;    /* char *: the safe way; %NULL if there is none */
    char *fix;           /* what takes the fix's range's place; %NULL if none can be written */
    unsigned fix_line;   /* the fix's range, which ends before its end; an empty one inserts */
    unsigned fix_column;
    unsigned fix_end_line;
    unsigned fix_end_column;
    char *source;         /* the line in which the range begins, without what makes it a comment */
    size_t source_offset; /* of the range's part in it, in bytes */
    size_t source_length;
    char *allowed;     /* the reason that the file gives for accepting it; %NULL: none */
    char *fingerprint; /* what it is known by where lines have moved; %NULL: not made yet */
} MigFinding;

void mig_finding_free(MigFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigFinding, mig_finding_free)

/**
 * mig_finding_new:
 * @line: where it begins
 *
 * Returns: (owned) a finding without danger, steps and fix, whose range is one character
 */
MigFinding *mig_finding_new(const char *rule, MigSeverity severity, const char *file, unsigned line,
                            unsigned column, const char *message);

typedef struct {
    GPtrArray *list; /* (owned) MigFinding */
} MigFindings;

MigFindings *mig_findings_new(void);
void mig_findings_free(MigFindings *findings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigFindings, mig_findings_free)

/** mig_findings_take: @finding is (owned) by @findings from now on. */
void mig_findings_take(MigFindings *findings, MigFinding *finding);

/**
 * mig_findings_sort:
 *
 * By file in the order in which files first came, then by place, the gravest first at one place, then
 * by rule: the same findings are always told in the same order.
 */
void mig_findings_sort(MigFindings *findings);

typedef struct {
    size_t by_severity[MIG_N_SEVERITIES]; /* without those that are allowed */
    size_t allowed;
} MigFindingCount;

MigFindingCount mig_findings_count(const MigFindings *findings);

typedef enum {
    MIG_GATE_ERROR, /* a finding of severity error stops a run */
    MIG_GATE_WARN,  /* findings are shown, and stop nothing */
    MIG_GATE_OFF,   /* nothing is looked for */
} MigGateMode;

/**
 * MigGate:
 *
 * What decides whether a run may go on.
 */
typedef struct {
    MigGateMode mode;
    bool fresh; /* nothing was applied here before: nobody's data or traffic is in danger */
} MigGate;

/**
 * mig_gate_decide:
 * @error: %MIG_ERROR_LINT, with the findings that stop the run and how to go on
 *
 * Returns: whether a run with these findings may begin
 */
bool mig_gate_decide(const MigFindings *findings, const MigGate *gate, GError **error);

G_END_DECLS
