/* SPDX-License-Identifier: MIT */
/* MigReview: what each statement of a plan does to the database, before it is run. */
#pragma once

#include "locks/impact.h"
#include "review/size.h"
#include "schema/touch.h"

#include <migrate/plan.h>

/**
 * MigReviewedStatement:
 *
 * One statement of a step's script, and what it does.
 */
typedef struct {
    size_t index; /* in the script */
    MigMoment moment;
    MigChanges *changes; /* (owned) */
    MigImpact *impact;   /* (owned) */
    int64_t rows;        /* of the tables that it scans or rewrites; -1: not known; 0: none */
    int64_t bytes;       /* likewise */
    int64_t duration_ms; /* a rough estimate; -1: not known */
} MigReviewedStatement;

/**
 * MigHold:
 *
 * A lock that keeps others waiting, from the statement that takes it to the end of its transaction.
 */
typedef struct {
    MigRelationLock lock; /* the strongest of its relation in this unit */
    size_t from;          /* the first statement that makes anybody wait there: index in the step's
                             `statements` */
    size_t reads_from;    /* the first that makes reads wait, if the lock does */
    size_t to;            /* the last one during which it is held */
    int64_t duration_ms;  /* how long from `from` on; -1: not known */
} MigHold;

/**
 * MigReviewedUnit:
 *
 * What is held from its first statement to its end.
 */
typedef struct {
    const MigUnit *unit; /* (borrowed) */
    size_t first;        /* in the step's `statements` */
    size_t n;
    GArray *holds;       /* (owned) MigHold, those that block somebody, by name */
    int64_t duration_ms; /* -1: not known */
} MigReviewedUnit;

typedef struct {
    const MigStep *step;   /* (borrowed) */
    GPtrArray *statements; /* (owned) MigReviewedStatement, those that are left to do, in order */
    GPtrArray *units;      /* (owned) MigReviewedUnit, as the step's */
    MigTouches *touches;   /* (owned) */
} MigReviewedStep;

typedef struct {
    const MigPlan *plan;   /* (borrowed) */
    MigCatalog *catalog;   /* (owned) as it is after the plan */
    GPtrArray *steps;      /* (owned) MigReviewedStep, as the plan's */
    const MigSizes *sizes; /* (borrowed) %NULL: without a database */
    unsigned first;        /* number of its first migration in the catalog's moments */
} MigReview;

/**
 * MigReviewVisitor:
 *
 * Who looks on while a plan is reviewed. The review's catalog is as it is at that moment: before the
 * statement, before or after the migration. Each may be %NULL.
 */
typedef struct {
    void (*begin)(const MigReview *review, const MigReviewedStep *step, gpointer data);
    void (*statement)(const MigReview *review, const MigReviewedStep *step,
                      const MigReviewedStatement *statement, gpointer data);
    void (*end)(const MigReview *review, const MigReviewedStep *step, gpointer data);
    gpointer data;
} MigReviewVisitor;

/**
 * mig_review_plan:
 * @plan: (borrowed) outlives the review
 * @catalog: (transfer full) as it is before the plan
 * @sizes: (borrowed) (nullable) outlives the review
 * @visitor: (scope call) (nullable)
 *
 * Pure: reads nothing but its arguments.
 *
 * Returns: (owned)
 */
MigReview *mig_review_plan(const MigPlan *plan, MigCatalog *catalog, const MigSizes *sizes,
                           const MigReviewVisitor *visitor);

/** mig_review_numbered: the same with another number than 1 for its first migration: a catalog that
 * another review has gone through has moments of its own. */
MigReview *mig_review_numbered(const MigPlan *plan, MigCatalog *catalog, const MigSizes *sizes,
                               const MigReviewVisitor *visitor, unsigned first);
void mig_review_free(MigReview *review);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigReview, mig_review_free)

/**
 * mig_review_hide_schema:
 *
 * Takes a schema off the names of relations: MySQL's database, which stands before every one of them,
 * and which a review without it doesn't know. For a review that is finished.
 */
void mig_review_hide_schema(MigReview *review, const char *schema);

/** mig_review_step: (borrowed) of the plan's step */
const MigReviewedStep *mig_review_step(const MigReview *review, size_t index);
