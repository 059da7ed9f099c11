/* SPDX-License-Identifier: MIT */
/* The constraints that a change makes, wherever in it they are written, and the columns they are of. */
#pragma once

#include "lint/context.h"

/** MigLintKey: one constraint of one change. */
typedef struct {
    const MigChange *change;
    const MigConstraint *constraint;
    const MigColumn *column; /* it is written with; %NULL */
    MigSpan span;            /* where it stands */
} MigLintKey;

typedef void (*MigLintKeyFunc)(MigLintContext *ctx, const MigLintKey *key, gpointer data);

/** Calls @func for each constraint of this kind that CREATE TABLE, ADD COLUMN, MODIFY or ADD
 * CONSTRAINT makes. */
void mig_lint_each_key(MigLintContext *ctx, const MigChange *change, MigConstraintKind kind,
                       MigLintKeyFunc func, gpointer data);

/** What is known of one of its columns, be it new or there already. */
typedef struct {
    const MigType *type; /* %NULL: it isn't known */
    bool not_null;
    bool has_default;
    bool known;
} MigLintKeyColumn;

MigLintKeyColumn
mig_lint_key_column(const MigLintContext *ctx, const MigLintKey *key, const char *column);
