/* SPDX-License-Identifier: MIT */
/* What a statement writes into rows that are there, and how many of them. */
#pragma once

#include "lint/context.h"

typedef void (*MigLintWriteFunc)(MigLintContext *ctx, const MigChange *change);

/** Calls @func for the change and for each that stands in its WITH, as far as they write rows:
 * INSERT, UPDATE, DELETE, MERGE and COPY FROM. What is only explained is left out. */
void mig_lint_each_write(MigLintContext *ctx, const MigChange *change, MigLintWriteFunc func);

/** Whether the condition holds for every row: there is none, or nothing in it can be false. */
bool mig_lint_is_always_true(const MigLintContext *ctx, const MigExpr *where);

/** Whether UPDATE or DELETE reaches every row of its table: nothing in WHERE, in a join or in LIMIT
 * says which ones. */
bool mig_lint_reaches_all(const MigLintContext *ctx, const MigChange *change);

/** Whether only few rows of @name can fulfil the condition: a key is given, a short list of keys, or
 * a LIMIT. @query: (nullable) what has LIMIT. */
bool mig_lint_is_pinned(const MigLintContext *ctx, const MigName *name, const MigExpr *where,
                        const MigQuery *query);

/** Whether UPDATE gives values only to columns that this migration has added. */
bool mig_lint_fills_new_columns(const MigLintContext *ctx, const MigChange *change);

/** Whether the statement is executed in batches, each in a transaction of its own. */
bool mig_lint_is_backfill(const MigLintContext *ctx);

/** (borrowed) what to say where a finding rests on a table that the catalog doesn't know: ", assuming
 * that t exists", or "". */
const char *mig_lint_assuming(MigLintContext *ctx, const MigName *name);

/** Whether the table was there before the migration, or may have been. */
bool mig_lint_is_old(const MigLintContext *ctx, const MigName *name);

/** Whether the query reads a table that was there before without picking few of its rows; @out_name:
 * (out) (borrowed) the first such table. */
bool mig_lint_reads_old(const MigLintContext *ctx, const MigQuery *query, const MigName **out_name);
