/* SPDX-License-Identifier: MIT */
/* Columns that a change defines or gives another type, and what kind of values they have. */
#pragma once

#include "lint/context.h"

typedef enum {
    MIG_VALUES_OTHER, /* or not known */
    MIG_VALUES_BOOLEAN,
    MIG_VALUES_INTEGER,
    MIG_VALUES_NUMERIC,
    MIG_VALUES_FLOAT,
    MIG_VALUES_STRING,
    MIG_VALUES_BINARY,
    MIG_VALUES_DATE,
    MIG_VALUES_TIMESTAMP,
} MigValues;

/** mig_lint_values: what a type holds; of an array: what its elements are. */
MigValues mig_lint_values(const MigLintContext *ctx, const MigType *type);
/** Whether it is a built-in type of that name, as MigType has it; SQLite's in any case. */
bool mig_lint_type_named(const MigType *type, const char *name);
/** Whether an integer has less than 8 bytes: never on SQLite, whose integers have 8 whatever their
 * type is called. Serial ones are integers, too. */
bool mig_lint_is_small_integer(const MigLintContext *ctx, const MigType *type);

/** MigLintDefined: a column with the change that defines it. Everything is (borrowed). */
typedef struct {
    const MigChange *change;
    const MigColumn *column;   /* of a change of type alone: only the type means something */
    const MigTableColumn *old; /* as it was before; %NULL: it is new, or not known */
    const char *name;
    const char *shown; /* "orders.total" */
    bool whole;        /* all of its definition is written */
} MigLintDefined;

typedef void (*MigLintDefinedFunc)(MigLintContext *ctx, const MigLintDefined *defined);

/**
 * mig_lint_each_defined:
 *
 * Columns of CREATE TABLE and ADD COLUMN, and those that get another type than they had. Left out
 * are temporary and foreign tables, a CREATE TABLE IF NOT EXISTS that finds the table there, and
 * DOWN, which only brings back what was.
 */
void mig_lint_each_defined(MigLintContext *ctx, const MigChange *change, MigLintDefinedFunc func);

/** (borrowed) the table that the change makes, unless its design is nobody's concern: as above. */
const MigCreateTable *mig_lint_created(const MigLintContext *ctx, const MigChange *change);

typedef void (*MigLintConstraintFunc)(MigLintContext *ctx, const MigChange *change,
                                      const MigConstraint *constraint);
/** The constraints that CREATE TABLE, ADD COLUMN and ADD CONSTRAINT make; left out is what is
 * above. */
void
mig_lint_each_constraint(MigLintContext *ctx, const MigChange *change, MigLintConstraintFunc func);

/** A finding at the column's type, or at its name where no type is written. */
MigFinding *
mig_lint_report_defined(MigLintContext *ctx, MigSeverity severity, const MigLintDefined *defined,
                        const char *format, ...) G_GNUC_PRINTF(4, 5);
/** A finding at a part of the change. */
MigFinding *mig_lint_report_part(MigLintContext *ctx, MigSeverity severity, const MigChange *change,
                                 MigSpan span, const char *format, ...) G_GNUC_PRINTF(5, 6);

/** (borrowed) a constraint of the kind that stands with the column, with its table, or
 * comes later in the migration: of a CHECK, one that names it; of a key, one that has it. */
const MigConstraint *
mig_lint_defined_constraint(const MigLintContext *ctx, const MigLintDefined *defined,
                            MigConstraintKind kind);
/** Whether the column has a NOT NULL, its own or a key's. */
bool mig_lint_defined_not_null(const MigLintContext *ctx, const MigLintDefined *defined);

/** Mends it by another type, unless something stands inside of it that would be lost. */
void mig_lint_fix_type(MigLintContext *ctx, MigFinding *finding, const MigLintDefined *defined,
                       const char *text);
