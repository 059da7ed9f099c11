/* SPDX-License-Identifier: MIT */
/* SELECT * in what is kept, or what is inserted. */
#include "lint/queries.h"
#include "lint/rule.h"
#include "lint/within.h"

/* Views have a rule of their own: they freeze the columns. */
static bool
matters(const MigLintContext *ctx, const MigLintScope *scope)
{
    const MigChange *change = scope->change;

    if (ctx->down || scope->exists)
        return false;
    return scope->use == MIG_LINT_OF_ROUTINE ||
           change->kind == MIG_CHANGE_CREATE_MATERIALIZED_VIEW || change->kind == MIG_CHANGE_INSERT;
}

/* A table that the routine makes itself has the columns that are said there. */
static bool
is_made_by_routine(const MigLintContext *ctx, const MigLintScope *scope, const MigName *name)
{
    const MigTable *table = NULL;

    return scope->use == MIG_LINT_OF_ROUTINE &&
           mig_catalog_table(ctx->catalog, name, &table) == MIG_LOOKUP_ABSENT;
}

/* (borrowed) the table whose columns the star stands for; NULL: those of a query, whose columns are
 * said in the same statement, or of a function. */
static const MigName *
find_table(const MigLintContext *ctx, const MigLintScope *scope, const MigExpr *star)
{
    for (size_t i = 0; i < scope->n_from; i++) {
        const MigRelation *relation = &scope->from[i];
        const char *called = relation->alias != NULL ? relation->alias : relation->name.name;

        if (mig_lint_is_stored(scope, relation) &&
            !is_made_by_routine(ctx, scope, &relation->name) &&
            (star->schema == NULL || mig_lint_same_word(ctx, called, star->schema)))
            return &relation->name;
    }
    return NULL;
}

static void
visit(MigLintContext *ctx, const MigLintScope *scope)
{
    if (!matters(ctx, scope))
        return;
    for (size_t i = 0; i < scope->query->n_targets; i++) {
        const MigExpr *value = scope->query->targets[i].value;
        const MigName *table =
            value != NULL && value->kind == MIG_EXPR_STAR ? find_table(ctx, scope, value) : NULL;

        if (table == NULL)
            continue;
        mig_lint_report_span(ctx, mig_lint_severity(ctx), scope, value->span,
                             "* stands for whatever columns %s has at the time",
                             mig_lint_name(ctx, table));
        return;
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    static const MigLintQueryVisitor visitor = {.query = visit};

    mig_lint_each_query(ctx, change, &visitor);
}

const MigRule mig_rule_select_star = {
    .id = "select-star",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "SELECT * in a function or in INSERT ... SELECT",
    .danger = "When the table gains or loses a column, or has them in another order, the statement "
              "fails or gives other results.",
    .steps = {"Name the columns."},
    .check = check,
    .check_body = check,
};
