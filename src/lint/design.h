/* SPDX-License-Identifier: MIT */
/* Tables as a migration leaves them, with the statements that made them so. */
#pragma once

#include "lint/context.h"

/** MigLintTouched: a table that a statement made, or gave columns, keys or indexes. (borrowed) */
typedef struct {
    const MigReviewedStatement *statement;
    const MigChange *change; /* the first that is about the table */
    const MigTable *table;   /* as it is at the migration's end */
    bool created;            /* by this statement */
} MigLintTouched;

typedef void (*MigLintTouchedFunc)(MigLintContext *ctx, const MigLintTouched *touched);

/** In check_end: each table once for each statement. Left out are temporary and foreign tables,
 * those that
 * are gone by then, and DOWN. */
void mig_lint_each_touched(MigLintContext *ctx, MigLintTouchedFunc func);

/** Whether this statement made it. */
bool mig_lint_made_by(const MigLintTouched *touched, MigMoment made);

/** A finding at the part of the statement that defines the column, or at all of the change. */
MigFinding *
mig_lint_report_touched(MigLintContext *ctx, MigSeverity severity, const MigLintTouched *touched,
                        const char *column, const char *format, ...) G_GNUC_PRINTF(5, 6);

/** Whether a complete and usable index of the table finds rows by just these columns: they are its
 * first ones, in any order. */
bool mig_lint_index_finds(const MigLintContext *ctx, const MigTable *table,
                          const char *const *columns, size_t n);
/** Whether a primary or unique key has exactly these columns, or some of them. */
bool mig_lint_key_within(const MigLintContext *ctx, const MigTable *table,
                         const char *const *columns, size_t n);
