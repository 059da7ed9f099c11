/* SPDX-License-Identifier: MIT */
/* Tables that a transaction locks since foreign keys to them come or go. */
#pragma once

#include "lint/context.h"

/** MigLintParents: tables in use that are locked, each once, in the order they are hit. */
typedef struct {
    GPtrArray *names;      /* (owned) char *, qualified: what tells them apart */
    GPtrArray *shown;      /* char *, as findings give them; they live as long as the context */
    const MigTable *first; /* (borrowed) %NULL: it isn't known */
} MigLintParents;

void mig_lint_parents_init(MigLintParents *parents);
void mig_lint_parents_clear(MigLintParents *parents);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MigLintParents, mig_lint_parents_clear)

/** Adds a table that a key references, unless it is new, small, or @child itself. */
void mig_lint_parents_add(MigLintContext *ctx, MigLintParents *parents, const MigName *parent,
                          const MigName *child);

typedef void (*MigLintParentsOf)(MigLintContext *ctx, const MigChange *change,
                                 MigLintParents *parents);
/** Adds what earlier statements of the same transaction, and earlier changes of the same statement,
 * have hit. */
void mig_lint_parents_before(MigLintContext *ctx, const MigChange *change, MigLintParentsOf of,
                             MigLintParents *parents);
