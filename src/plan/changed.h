/* SPDX-License-Identifier: MIT */
/* How a file differs from the SQL that was executed, for a refusal. */
#pragma once

#include <migrate/plan.h>

/** How many lines of differences one refusal shows, of all its files together. */
#define MIG_CHANGED_LINES 40

/**
 * mig_changed_append:
 * @out: (inout) gets indented lines, each with a newline before it
 * @ran: (borrowed) UP as it was executed; %NULL: it wasn't recorded
 * @now: (borrowed) UP as the file has it
 * @lines: (inout) how many lines are left to be shown
 *
 * What isn't shown is counted, and `migrate status -v` named, which shows all.
 */
void mig_changed_append(GString *out, const char *version, const char *ran, const char *path,
                        const char *now, size_t *lines);

/**
 * mig_changed_describe:
 * @pairs: (borrowed) MigPair
 * @source: (inout) the migrations; those that were changed are parsed
 *
 * The same for all that are changed, within one bound; files that don't fit are counted.
 */
bool mig_changed_describe(const GArray *pairs, MigSource *source, MigRecordedSql recorded,
                          gpointer data, GString *out, GError **error);
