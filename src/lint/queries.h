/* SPDX-License-Identifier: MIT */
/* Every query and expression that a change has, and the tables that their columns are of. */
#pragma once

#include "lint/context.h"

/** What the query, or the expression, is for. */
typedef enum {
    MIG_LINT_OF_VIEW,    /* it is kept, and executed whenever somebody asks */
    MIG_LINT_OF_ROUTINE, /* the same: of a routine's body, or a trigger's */
    MIG_LINT_OF_DATA,    /* done once: INSERT, UPDATE, DELETE, MERGE, CREATE TABLE AS */
    MIG_LINT_OF_READ,    /* done once, and changes nothing */
    MIG_LINT_OF_RULE,    /* of CHECK, a policy, WHEN, a partial index */
} MigLintUse;

typedef enum {
    MIG_LINT_CLAUSE_VALUE,  /* a result, an assignment, GROUP BY */
    MIG_LINT_CLAUSE_FILTER, /* WHERE, ON, HAVING: what decides on rows */
    MIG_LINT_CLAUSE_ORDER,
} MigLintClause;

/**
 * MigLintScope:
 *
 * What the names of columns may lead to at a place; queries inside have scopes of their own.
 */
typedef struct MigLintScope {
    const MigChange *change;
    MigLintUse use;
    const MigName *target; /* of UPDATE, DELETE and MERGE, and of what is kept with a table */
    const MigQuery *query; /* %NULL: the change itself */
    const MigRelation *from;
    size_t n_from;
    const MigCte *ctes;
    size_t n_ctes;
    MigLintClause clause;
    bool exists;                      /* the query of EXISTS: what it selects doesn't matter */
    const struct MigLintScope *outer; /* %NULL: none */
} MigLintScope;

typedef struct {
    /* Each SELECT, one for each arm of a UNION; %NULL. */
    void (*query)(MigLintContext *ctx, const MigLintScope *scope);
    /* Each expression, parents first; returns whether to look at its parts; %NULL. */
    bool (*expr)(MigLintContext *ctx, const MigLintScope *scope, const MigExpr *expr);
} MigLintQueryVisitor;

/** Visits all that the change has, but not what is only explained. */
void mig_lint_each_query(MigLintContext *ctx, const MigChange *change,
                         const MigLintQueryVisitor *visitor);

/** Whether it is executed again and again, so that its speed matters. */
static inline bool
mig_lint_is_kept(const MigLintScope *scope)
{
    return scope->use == MIG_LINT_OF_VIEW || scope->use == MIG_LINT_OF_ROUTINE;
}

/** (borrowed) the name of the relation that the column is of; %NULL: that isn't certain, or it is no
 * table. @out_column: (out) (nullable) (borrowed) the column, if the catalog has it */
const MigName *mig_lint_resolve(const MigLintContext *ctx, const MigLintScope *scope,
                                const MigExpr *column, const MigTableColumn **out_column);

/** Whether the column is of a relation of this very scope, or may be. */
bool
mig_lint_is_of_scope(const MigLintContext *ctx, const MigLintScope *scope, const MigExpr *column);

/** (borrowed) the table that a member of FROM is; %NULL: a query, a function, what WITH defines, or
 * what the catalog doesn't know. */
const MigTable *mig_lint_relation_table(const MigLintContext *ctx, const MigLintScope *scope,
                                        const MigRelation *relation);

/** Whether a member of FROM is a table or a view by its name, and not what WITH defines. */
bool mig_lint_is_stored(const MigLintScope *scope, const MigRelation *relation);

/** Whether a database says that the table is large: "large-table" rows or more. */
bool mig_lint_is_large(const MigLintContext *ctx, const MigTable *table);

/** Whether it matters how the table is read there: again and again, unless it is small; or once, but
 * a database says that it is large. @table: (nullable) */
bool
mig_lint_speed_matters(const MigLintContext *ctx, const MigLintScope *scope, const MigTable *table);

/** Whether the value is the same for each row: a literal, a parameter, and what is made of them. */
bool mig_lint_is_constant(const MigExpr *expr);

/** A finding at a place within the change; severity and silences as for mig_lint_report_as(). */
MigFinding *
mig_lint_report_span(MigLintContext *ctx, MigSeverity severity, const MigLintScope *scope,
                     MigSpan span, const char *format, ...) G_GNUC_PRINTF(5, 6);
