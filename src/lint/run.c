/* SPDX-License-Identifier: MIT */
/* Every rule over every change of a plan. */
#include "lint/run.h"

#include "lint/rules/list.h"
#include "lint/private.h"
#include "plan/step.h"

#include <string.h>

/* Numbers of DOWN sections in the catalog's moments: what UP made is old to them. */
#define DOWN_NUMBER 1000000000u

typedef struct {
    MigLintContext ctx;
    const MigSizes *sizes;
    MigFindings *findings;
    bool silent; /* this migration is only replayed */
} Linting;

const MigRule *const *
mig_rules(void)
{
    return rules;
}

const MigRule *
mig_rule_find(const char *id)
{
    for (size_t i = 0; rules[i] != NULL; i++) {
        if (strcmp(rules[i]->id, id) == 0)
            return rules[i];
    }
    return NULL;
}

const GPtrArray *
mig_lint_allowances(const MigLintContext *ctx)
{
    return ctx->private->allowances;
}

static bool
is_on(const MigLintContext *ctx, const MigRule *rule)
{
    MigLintSetting setting = MIG_LINT_OFF;

    if ((rule->engines & ctx->engine) == 0)
        return false;
    return mig_lint_configured(ctx, rule, &setting) ? setting != MIG_LINT_OFF : !rule->off;
}

static void
check_changes(MigLintContext *ctx, const MigRule *rule)
{
    const MigChanges *changes = ctx->statement->changes;

    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];

        if (change->in_body && rule->check_body != NULL)
            rule->check_body(ctx, change);
        if (!change->in_body && rule->check != NULL)
            rule->check(ctx, change);
    }
    if (rule->check_statement != NULL)
        rule->check_statement(ctx);
}

static void
visit_statement(const MigReview *review, const MigReviewedStep *step,
                const MigReviewedStatement *statement, gpointer data)
{
    Linting *linting = data;
    MigLintContext *ctx = &linting->ctx;
    MigLintPrivate *private = ctx->private;

    if (linting->silent)
        return;
    if (private->transaction != statement->moment.transaction || private->transaction == 0)
        g_array_set_size(private->held, 0);
    private->transaction = statement->moment.transaction;
    ctx->review = review;
    ctx->step = step;
    ctx->statement = statement;
    ctx->catalog = review->catalog;
    for (size_t i = 0; rules[i] != NULL; i++) {
        private->rule = rules[i];
        if (is_on(ctx, rules[i]))
            check_changes(ctx, rules[i]);
    }
    mig_impact_add_locks(private->held, statement->impact);
}

typedef void (*RuleCheck)(MigLintContext *ctx);

static void
check_whole(MigLintContext *ctx, size_t check)
{
    ctx->statement = NULL;
    for (size_t i = 0; rules[i] != NULL; i++) {
        RuleCheck wanted = G_STRUCT_MEMBER(RuleCheck, rules[i], check);

        ctx->private->rule = rules[i];
        if (wanted != NULL && is_on(ctx, rules[i]))
            wanted(ctx);
    }
}

static void
enter(Linting *linting, const MigReview *review, const MigReviewedStep *step, unsigned number,
      bool down)
{
    MigLintContext *ctx = &linting->ctx;

    ctx->review = review;
    ctx->step = step;
    ctx->statement = NULL;
    ctx->catalog = review->catalog;
    ctx->down = down;
    ctx->private->migration = number;
    ctx->private->transaction = 0;
    g_array_set_size(ctx->private->held, 0);
    g_clear_pointer(&ctx->private->ahead, g_hash_table_unref);
}

static bool
overlaps(const MigReported *a, const MigReported *b)
{
    if (a->statement != b->statement || a->statement == SIZE_MAX)
        return false;
    return a->span.offset < b->span.offset + b->span.length &&
           b->span.offset < a->span.offset + a->span.length;
}

static bool
is_weaker(const MigReported *reported, const GArray *all)
{
    for (guint i = 0; i < all->len; i++) {
        const MigReported *other = &g_array_index(all, MigReported, i);

        if (other->finding == NULL || other->rule == reported->rule || !overlaps(other, reported))
            continue;
        for (size_t j = 0; j < MIG_RULE_MAX_WEAKER && other->rule->weaker[j] != NULL; j++) {
            if (strcmp(other->rule->weaker[j], reported->rule->id) == 0)
                return true;
        }
    }
    return false;
}

/* One finding for one cause: where a stronger rule fires, the weaker has nothing to add. */
static void
take_reported(Linting *linting)
{
    GArray *reported = linting->ctx.private->reported;

    for (guint i = 0; i < reported->len; i++) {
        MigReported *each = &g_array_index(reported, MigReported, i);
        if (is_weaker(each, reported))
            g_clear_pointer(&each->finding, mig_finding_free);
    }
    for (guint i = 0; i < reported->len; i++) {
        const MigReported *each = &g_array_index(reported, MigReported, i);
        if (each->finding != NULL)
            mig_findings_take(linting->findings, each->finding);
    }
    g_array_set_size(reported, 0);
}

static unsigned
number_of(const MigReview *review, const MigReviewedStep *step)
{
    guint index = 0;

    g_ptr_array_find(review->steps, step, &index);
    return review->first + index;
}

/* What is applied, or not asked for, is replayed but not reported. */
static bool
is_reported(const Linting *linting, const MigStep *step)
{
    const MigLintOptions *options = linting->ctx.options;

    /* One that an earlier run has begun is to be finished, and its first statements aren't seen. */
    if (step->done > 0)
        return false;
    if (options->only != NULL && !g_hash_table_contains(options->only, step->path))
        return false;
    return options->lint_from == NULL ||
           mig_version_compare(step->version, options->lint_from) >= 0;
}

/* A copy is made only where a rule compares it with what DOWN leaves. */
static void
keep_before(Linting *linting, const MigReview *review, const MigStep *step)
{
    MigLintContext *ctx = &linting->ctx;
    bool wanted = false;

    g_clear_pointer(&ctx->private->before, mig_catalog_free);
    if (ctx->options->no_down || step->direction != MIG_DIRECTION_UP || step->migration == NULL ||
        step->migration->down == NULL)
        return;
    for (size_t i = 0; rules[i] != NULL; i++)
        wanted = wanted || (rules[i]->wants_before && is_on(ctx, rules[i]));
    if (wanted)
        ctx->private->before = mig_catalog_copy(review->catalog);
}

static void
visit_begin(const MigReview *review, const MigReviewedStep *step, gpointer data)
{
    Linting *linting = data;
    MigLintPrivate *private = linting->ctx.private;
    bool down = step->step->direction == MIG_DIRECTION_DOWN;

    g_clear_pointer(&private->allowances, g_ptr_array_unref);
    private->allowances = mig_allowances_read(step->step);
    enter(linting, review, step, number_of(review, step), down);
    linting->silent = !is_reported(linting, step->step);
    if (linting->silent)
        return;
    g_hash_table_add(private->fresh, GUINT_TO_POINTER(private->migration));
    keep_before(linting, review, step->step);
    check_whole(&linting->ctx, G_STRUCT_OFFSET(MigRule, check_begin));
}

static void
free_step(gpointer step)
{
    mig_step_free(step);
}

/* The plan that reverts a migration which this plan applies; NULL: it can't be reverted. */
static MigPlan *
plan_down(const MigReview *review, const MigStep *up, const MigRecord *record)
{
    g_autoptr(MigPlan) plan = g_new0(MigPlan, 1);
    const MigStepMaker maker = {.plan = plan, .tolerant = true};
    g_autoptr(GError) failure = NULL;

    plan->engine = review->plan->engine;
    plan->server_version = review->plan->server_version;
    plan->steps = g_ptr_array_new_with_free_func(free_step);
    plan->notices = g_ptr_array_new_with_free_func(g_free);
    /* What is wrong with it as a plan is said by whoever plans it. */
    if (!mig_step_add_down(&maker, (MigMigration *)(uintptr_t)up->migration, record, false,
                           &failure))
        return NULL;
    return g_steal_pointer(&plan);
}

static void
check_down(Linting *linting, const MigReview *review, const MigReviewedStep *step)
{
    const MigStep *up = step->step;
    const MigRecord record = {.version = up->version, .name = up->name, .state = MIG_STATE_APPLIED};

    if (linting->ctx.options->no_down || up->direction != MIG_DIRECTION_UP ||
        up->migration == NULL || up->migration->down == NULL)
        return;
    g_autoptr(MigPlan) plan = plan_down(review, up, &record);
    if (plan == NULL)
        return;

    /* Its own statements' allowances; those of the header hold for both sections. */
    g_autoptr(GPtrArray) own = mig_allowances_read(g_ptr_array_index(plan->steps, 0));
    for (guint i = own->len; i-- > 0;) {
        const MigAllowance *allowance = g_ptr_array_index(own, i);
        if (allowance->statement != NULL)
            g_ptr_array_add(linting->ctx.private->allowances, g_ptr_array_steal_index(own, i));
    }
    Linting down = *linting;
    enter(&down, review, step, DOWN_NUMBER + number_of(review, step), true);
    const MigReviewVisitor visitor = {.statement = visit_statement, .data = &down};
    g_autoptr(MigReview) reviewed =
        mig_review_numbered(plan, mig_catalog_copy(review->catalog), linting->sizes, &visitor,
                            down.ctx.private->migration);
    enter(&down, reviewed, mig_review_step(reviewed, 0), down.ctx.private->migration, true);
    check_whole(&down.ctx, G_STRUCT_OFFSET(MigRule, check_end));
}

static void
visit_end(const MigReview *review, const MigReviewedStep *step, gpointer data)
{
    Linting *linting = data;
    bool down = step->step->direction == MIG_DIRECTION_DOWN;

    if (linting->silent)
        return;
    enter(linting, review, step, number_of(review, step), down);
    check_whole(&linting->ctx, G_STRUCT_OFFSET(MigRule, check_end));
    check_down(linting, review, step);
    enter(linting, review, step, number_of(review, step), down);
    check_whole(&linting->ctx, G_STRUCT_OFFSET(MigRule, check_allowances));
    take_reported(linting);
}

MigReview *
mig_lint_plan(const MigPlan *plan, MigCatalog *catalog, const MigSizes *sizes,
              const MigLintOptions *options, MigFindings *findings)
{
    MigLintPrivate private = {
        .reported = g_array_new(FALSE, FALSE, sizeof(MigReported)),
        .held = g_array_new(FALSE, FALSE, sizeof(MigRelationLock)),
        .strings = g_string_chunk_new(1024),
        .fresh = g_hash_table_new(NULL, NULL),
    };
    Linting linting = {
        .ctx = {.options = options,
                .engine = plan->engine,
                .version = plan->server_version,
                .private = &private},
        .sizes = sizes,
        .findings = findings,
    };
    const MigReviewVisitor visitor = {visit_begin, visit_statement, visit_end, &linting};

    MigReview *review = mig_review_plan(plan, catalog, sizes, &visitor);
    mig_findings_sort(findings);
    g_array_unref(private.reported);
    g_array_unref(private.held);
    g_clear_pointer(&private.allowances, g_ptr_array_unref);
    mig_catalog_free(private.before);
    g_string_chunk_free(private.strings);
    g_clear_pointer(&private.ahead, g_hash_table_unref);
    g_hash_table_unref(private.fresh);
    return review;
}
