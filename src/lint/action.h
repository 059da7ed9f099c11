/* SPDX-License-Identifier: MIT */
/* What one action of a statement does by itself, and findings about tables other than its own. */
#pragma once

#include "lint/context.h"

/**
 * mig_lint_impact:
 *
 * The impact that the statement would have with this action alone: of several actions of one ALTER
 * TABLE, only one may be what reads the table.
 *
 * Returns: (owned)
 */
MigImpact *mig_lint_impact(const MigLintContext *ctx, const MigChange *change);

/** Whether the relations have the table, or one of its children. */
bool mig_lint_has_table(const MigLintContext *ctx, const GArray *relations, const MigName *name);
/** Whether the action by itself reads, or writes anew, all rows of its table or of its children. */
bool mig_lint_action_scans(const MigLintContext *ctx, const MigChange *change);
bool mig_lint_action_rewrites(const MigLintContext *ctx, const MigChange *change);

/** Whether the action adds a column: not where IF NOT EXISTS finds it there. */
bool mig_lint_adds_column(const MigLintContext *ctx, const MigChange *change);
/** (borrowed) a constraint of this kind that stands with the action's new column; %NULL. */
const MigConstraint *mig_lint_column_constraint(const MigChange *change, MigConstraintKind kind);
/** Whether its version is known to be older: @version as of mig_engine_version_parse(). */
bool mig_lint_is_before(const MigLintContext *ctx, int version);
/** (borrowed) a relation's name as findings give it: without its schema where that is needless. */
const char *mig_lint_relation_name(MigLintContext *ctx, const char *schema, const char *name);
/** Whether the relation is old: neither this migration nor its run has made it. */
bool mig_lint_is_old_relation(const MigLintContext *ctx, const MigRelationLock *lock);

/** (borrowed) the first table of the list that is old and isn't small, the server's own left out;
 * %NULL: there is none. */
const MigRelationRef *mig_lint_first_old(const MigLintContext *ctx, const GArray *relations);
/** (borrowed) the strongest lock that earlier statements of the transaction hold, and by which
 * somebody of an old table waits, this statement's own lock left out; %NULL: there is none. */
const MigRelationLock *mig_lint_strongest_held(const MigLintContext *ctx);
/** Whether the rule has already said so in this transaction, as gravely or more. */
bool mig_lint_was_told(const MigLintContext *ctx, MigSeverity severity);

/** How the statement's transaction comes about. */
MigUnitKind mig_lint_unit_kind(const MigLintContext *ctx);
/** Whether the statement could be executed outside of a transaction: nothing that the author wrote
 * binds it to its neighbours. */
bool mig_lint_can_leave_transaction(const MigLintContext *ctx, const MigChange *change);
/** Whether nothing but settings shares its transaction with the statement. */
bool mig_lint_is_alone(const MigLintContext *ctx);

/** mig_lint_report_on: a finding at a change, about a table that the change doesn't name first.
 * @table: (nullable) whose silences count */
MigFinding *mig_lint_report_on(MigLintContext *ctx, MigSeverity severity, const MigChange *change,
                               const MigTable *table, const char *format, ...) G_GNUC_PRINTF(5, 6);
