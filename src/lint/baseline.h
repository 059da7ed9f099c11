/* SPDX-License-Identifier: MIT */
/* Findings that a project had before it began to look for them: known, and not told again. */
#pragma once

#include <migrate/lint.h>

/**
 * MigBaseline:
 *
 * A file with a line for each finding: fingerprint, rule and file's name. Lines can be removed by
 * hand; the order is of no importance.
 */
typedef struct {
    GHashTable *entries; /* (owned) line to how often it is still to be found */
    GPtrArray *order;    /* (owned) char *, each line once, in the file's order */
} MigBaseline;

/**
 * mig_baseline_parse:
 * @path: (borrowed) what errors call it
 * @text: (borrowed) of the file; may hold anything
 * @error: %MIG_ERROR_FILE with "path:line: what"
 *
 * Returns: (owned) the baseline, or %NULL with @error set
 */
MigBaseline *mig_baseline_parse(const char *path, const char *text, GError **error);
void mig_baseline_free(MigBaseline *baseline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigBaseline, mig_baseline_free)

/**
 * mig_baseline_apply:
 * @baseline: (inout) keeps what was not found
 * @findings: (inout) with fingerprints; those that are known are taken out
 *
 * An entry stands for one finding: where a file has one more of the same kind, that one is told.
 *
 * Returns: how many were taken out
 */
size_t mig_baseline_apply(MigBaseline *baseline, MigFindings *findings);

/** mig_baseline_unused: (owned) char *: the lines that no finding was for, in the file's order. */
GPtrArray *mig_baseline_unused(const MigBaseline *baseline);

/** mig_baseline_write: (owned) the text of the file for these findings; allowed ones aren't in it. */
char *mig_baseline_write(const MigFindings *findings);
