/* SPDX-License-Identifier: MIT */
/* A change among the others of its statement and of its migration. */
#pragma once

#include "lint/context.h"

/** The transaction that the statement runs in. */
typedef enum {
    MIG_LINT_TRANSACTION_NONE,
    MIG_LINT_TRANSACTION_OURS,
    MIG_LINT_TRANSACTION_AUTHORS, /* BEGIN ... COMMIT in the file, or "Transaction: single" */
} MigLintTransaction;

MigLintTransaction mig_lint_transaction(const MigLintContext *ctx);

/** Whether DOWN takes back what UP of the same migration has made. */
bool mig_lint_undoes(const MigLintContext *ctx, MigMoment made);

/** Whether two names mean the same thing to this engine; a schema that isn't said matches any. */
bool mig_lint_same_name(const MigLintContext *ctx, const MigName *a, const MigName *b);
bool mig_lint_same_word(const MigLintContext *ctx, const char *a, const char *b);
bool
mig_lint_has_word(const MigLintContext *ctx, const char *const *words, size_t n, const char *word);

/**
 * MigLintTest: whether a change is the one that is looked for
 */
typedef bool (*MigLintTest)(const MigLintContext *ctx, const MigChange *change, gconstpointer data);

/** (borrowed) the first change of the current statement, not of a routine's body, that passes. */
const MigChange *
mig_lint_in_statement(const MigLintContext *ctx, MigLintTest test, gconstpointer data);

/** (borrowed) the same among earlier statements of the migration, the last one first. */
const MigChange *mig_lint_before(const MigLintContext *ctx, MigLintTest test, gconstpointer data);

/** (borrowed) the same among later statements of the section, the next one first. */
const MigChange *mig_lint_after(const MigLintContext *ctx, MigLintTest test, gconstpointer data);

/** (borrowed) in check_end: the first one of the statements from @from to before @to that passes. */
const MigChange *mig_lint_between(const MigLintContext *ctx, size_t from, size_t to,
                                  MigLintTest test, gconstpointer data);

/** Whether another action of the statement than @change adds, renames or drops this column of its
 * table. */
bool mig_lint_statement_has_column(const MigLintContext *ctx, const MigChange *change,
                                   const char *column);

/** A span of the statement if something is there, else @other. */
static inline MigSpan
mig_lint_span(MigSpan span, MigSpan other)
{
    return span.length > 0 ? span : other;
}
