/* SPDX-License-Identifier: MIT */
/* What each statement of a plan does to the database, before it is run. */
#include "review/review.h"

#include "review/estimate.h"

#include <string.h>

typedef struct {
    MigReview *review;
    const MigReviewVisitor *visitor;
} Reviewing;

static const MigReviewVisitor nobody = {NULL, NULL, NULL, NULL};

static void
free_statement(gpointer data)
{
    MigReviewedStatement *statement = data;

    mig_impact_free(statement->impact);
    mig_changes_free(statement->changes);
    g_free(statement);
}

static void
free_unit(gpointer data)
{
    MigReviewedUnit *unit = data;

    g_array_unref(unit->holds);
    g_free(unit);
}

static void
free_step(gpointer data)
{
    MigReviewedStep *step = data;

    g_ptr_array_unref(step->units);
    g_ptr_array_unref(step->statements);
    mig_touches_free(step->touches);
    g_free(step);
}

void
mig_review_free(MigReview *review)
{
    if (review == NULL)
        return;

    g_ptr_array_unref(review->steps);
    mig_catalog_free(review->catalog);
    g_free(review);
}

static MigChanges *
parse(const MigReview *review, const MigScript *script, size_t index)
{
    const MigStatement *statement = mig_script_statement(script, index);

    return mig_parse(script->text + statement->offset, statement->length, review->plan->engine,
                     review->plan->server_version);
}

/* What an interrupted run has done already is in the catalog, but nobody waits for it any more. */
static void
replay_done(MigReview *review, const MigStep *step, unsigned migration)
{
    for (size_t i = 0; i < step->done && i < step->script->statements->len; i++) {
        g_autoptr(MigChanges) changes = parse(review, step->script, i);
        const MigMoment moment = {.migration = migration, .statement = (unsigned)i + 1};

        mig_catalog_apply(review->catalog, changes, moment);
    }
}

static void
add_statement(const Reviewing *reviewing, MigReviewedStep *step, size_t index, unsigned migration,
              unsigned transaction)
{
    MigReview *review = reviewing->review;
    MigReviewedStatement *statement = g_new0(MigReviewedStatement, 1);

    statement->index = index;
    statement->moment = (MigMoment){migration, transaction, (unsigned)index + 1};
    statement->changes = parse(review, step->step->script, index);
    statement->impact = mig_impact_of(statement->changes, review->catalog, statement->moment);
    mig_estimate(statement, review->sizes);
    mig_touches_add(step->touches, review->catalog, statement->changes);
    g_ptr_array_add(step->statements, statement);
    if (reviewing->visitor->statement != NULL)
        reviewing->visitor->statement(review, step, statement, reviewing->visitor->data);
    mig_catalog_apply(review->catalog, statement->changes, statement->moment);
}

static const MigReviewedStatement *
statement_at(const MigReviewedStep *step, size_t index)
{
    return g_ptr_array_index(step->statements, index);
}

static MigHold *
find_hold(GArray *holds, const MigRelationLock *lock)
{
    for (guint i = 0; i < holds->len; i++) {
        MigHold *hold = &g_array_index(holds, MigHold, i);

        if (hold->lock.index == lock->index && g_strcmp0(hold->lock.schema, lock->schema) == 0 &&
            strcmp(hold->lock.name, lock->name) == 0)
            return hold;
    }
    return NULL;
}

static void
add_hold(GArray *holds, const MigRelationLock *lock, size_t from, size_t to)
{
    MigHold *hold = find_hold(holds, lock);

    if (hold == NULL) {
        const MigHold fresh = {.lock = *lock, .from = from, .reads_from = from, .to = to};
        g_array_append_val(holds, fresh);
        return;
    }
    hold->to = to;
    if (lock->blocks_reads && !hold->lock.blocks_reads)
        hold->reads_from = from;
    hold->lock.blocks_reads |= lock->blocks_reads;
    hold->lock.blocks_writes |= lock->blocks_writes;
    hold->lock.mode = MAX(hold->lock.mode, lock->mode);
}

static int64_t
sum_durations(const MigReviewedStep *step, size_t from, size_t to)
{
    int64_t sum = 0;

    for (size_t i = from; i <= to; i++) {
        if (statement_at(step, i)->duration_ms < 0)
            return -1;
        sum += statement_at(step, i)->duration_ms;
    }
    return sum;
}

static int
compare_holds(gconstpointer a, gconstpointer b)
{
    const MigRelationLock *left = &((const MigHold *)a)->lock;
    const MigRelationLock *right = &((const MigHold *)b)->lock;
    int order = g_strcmp0(left->schema, right->schema);

    return order != 0 ? order : strcmp(left->name, right->name);
}

/* A lock is held to the end of its transaction; outside of one, to the end of its statement. */
static void
add_holds(const MigReviewedStep *step, MigReviewedUnit *unit)
{
    bool transaction =
        unit->unit->kind == MIG_UNIT_TRANSACTION || unit->unit->kind == MIG_UNIT_AUTHOR;
    size_t last = unit->first + unit->n - 1;

    for (size_t i = unit->first; i < unit->first + unit->n; i++) {
        const GArray *locks = statement_at(step, i)->impact->locks;

        for (guint j = 0; j < locks->len; j++) {
            const MigRelationLock *lock = &g_array_index(locks, MigRelationLock, j);

            if (!lock->made_here && (lock->blocks_reads || lock->blocks_writes))
                add_hold(unit->holds, lock, i, transaction ? last : i);
        }
    }
    for (guint i = 0; i < unit->holds->len; i++) {
        MigHold *hold = &g_array_index(unit->holds, MigHold, i);
        hold->duration_ms = sum_durations(step, hold->from, hold->to);
    }
    g_array_sort(unit->holds, compare_holds);
}

static void
add_unit(const Reviewing *reviewing, MigReviewedStep *step, const MigUnit *unit, unsigned migration,
         unsigned number)
{
    bool transaction = unit->kind == MIG_UNIT_TRANSACTION || unit->kind == MIG_UNIT_AUTHOR;
    MigReviewedUnit *reviewed = g_new0(MigReviewedUnit, 1);

    reviewed->unit = unit;
    reviewed->first = step->statements->len;
    reviewed->n = unit->n;
    reviewed->holds = g_array_new(false, false, sizeof(MigHold));
    for (size_t i = unit->first; i < unit->first + unit->n; i++)
        add_statement(reviewing, step, i, migration, transaction ? number : 0);
    if (unit->n > 0) {
        add_holds(step, reviewed);
        reviewed->duration_ms =
            sum_durations(step, reviewed->first, reviewed->first + reviewed->n - 1);
    }
    g_ptr_array_add(step->units, reviewed);
}

static void
review_step(const Reviewing *reviewing, const MigStep *step, unsigned migration)
{
    MigReview *review = reviewing->review;
    const MigReviewVisitor *visitor = reviewing->visitor;
    MigReviewedStep *reviewed = g_new0(MigReviewedStep, 1);

    reviewed->step = step;
    reviewed->statements = g_ptr_array_new_with_free_func(free_statement);
    reviewed->units = g_ptr_array_new_with_free_func(free_unit);
    reviewed->touches = mig_touches_new();
    g_ptr_array_add(review->steps, reviewed);
    replay_done(review, step, migration);
    if (visitor->begin != NULL)
        visitor->begin(review, reviewed, visitor->data);
    for (guint i = 0; i < step->units->len; i++)
        add_unit(reviewing, reviewed, mig_step_unit(step, i), migration, i + 1);
    if (visitor->end != NULL)
        visitor->end(review, reviewed, visitor->data);
    mig_catalog_end_migration(review->catalog);
}

MigReview *
mig_review_numbered(const MigPlan *plan, MigCatalog *catalog, const MigSizes *sizes,
                    const MigReviewVisitor *visitor, unsigned first)
{
    MigReview *review = g_new0(MigReview, 1);
    const Reviewing reviewing = {review, visitor != NULL ? visitor : &nobody};

    review->plan = plan;
    review->catalog = catalog;
    review->sizes = sizes;
    review->first = first;
    review->steps = g_ptr_array_new_with_free_func(free_step);
    for (guint i = 0; i < plan->steps->len; i++)
        review_step(&reviewing, g_ptr_array_index(plan->steps, i), first + i);
    return review;
}

MigReview *
mig_review_plan(const MigPlan *plan, MigCatalog *catalog, const MigSizes *sizes,
                const MigReviewVisitor *visitor)
{
    /* What was there before the plan has moment 0. */
    return mig_review_numbered(plan, catalog, sizes, visitor, 1);
}

static void
hide_in_locks(GArray *locks, const char *schema)
{
    for (guint i = 0; i < locks->len; i++) {
        MigRelationLock *lock = &g_array_index(locks, MigRelationLock, i);
        if (g_strcmp0(lock->schema, schema) == 0)
            lock->schema = "";
    }
}

static void
hide_in_relations(GArray *relations, const char *schema)
{
    for (guint i = 0; i < relations->len; i++) {
        MigRelationRef *relation = &g_array_index(relations, MigRelationRef, i);
        if (g_strcmp0(relation->schema, schema) == 0)
            relation->schema = "";
    }
}

static void
hide_in_step(MigReviewedStep *step, const char *schema)
{
    for (guint i = 0; i < step->statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(step->statements, i);

        hide_in_locks(statement->impact->locks, schema);
        hide_in_relations(statement->impact->rewrites, schema);
        hide_in_relations(statement->impact->scans, schema);
        hide_in_relations(statement->impact->rebuilds, schema);
    }
    for (guint i = 0; i < step->units->len; i++) {
        const MigReviewedUnit *unit = g_ptr_array_index(step->units, i);

        for (guint j = 0; j < unit->holds->len; j++) {
            MigHold *hold = &g_array_index(unit->holds, MigHold, j);
            if (g_strcmp0(hold->lock.schema, schema) == 0)
                hold->lock.schema = "";
        }
    }
}

void
mig_review_hide_schema(MigReview *review, const char *schema)
{
    for (guint i = 0; i < review->steps->len; i++)
        hide_in_step(g_ptr_array_index(review->steps, i), schema);
}

const MigReviewedStep *
mig_review_step(const MigReview *review, size_t index)
{
    return g_ptr_array_index(review->steps, index);
}
