/* SPDX-License-Identifier: MIT */
/* Names that a change brings in, and whether they are as the project wants them. */
#pragma once

#include "lint/context.h"

/** MigLintNamed: a table's or a column's new name. (borrowed) */
typedef struct {
    const MigChange *change;
    const char *name;
    MigSpan span;
    bool quoted;
    bool column;
} MigLintNamed;

typedef void (*MigLintNamedFunc)(MigLintContext *ctx, const MigLintNamed *named);

/** Tables and columns that are made or renamed. Left out are temporary and foreign tables, and
 * DOWN. */
void mig_lint_each_named(MigLintContext *ctx, const MigChange *change, MigLintNamedFunc func);
/** The rule's severity; a warning at least under naming = strict. */
MigSeverity mig_lint_naming_severity(const MigLintContext *ctx);
/** A finding at the name. */
MigFinding *mig_lint_report_named(MigLintContext *ctx, const MigLintNamed *named,
                                  const char *format, ...) G_GNUC_PRINTF(3, 4);
/** Whether a name says of which table it is: it has the table's name in it, or under naming =
 * strict
 * begins with @prefix and that name. */
bool mig_lint_name_fits(const MigLintContext *ctx, const char *name, const char *prefix,
                        const char *table);
