/* SPDX-License-Identifier: MIT */
/* Tables joined by a comma, or by nothing. */
#include "lint/queries.h"
#include "lint/rule.h"

/* (borrowed) the first table that the query multiplies with those before it; NULL: there is none. */
static const MigRelation *
find_product(const MigLintScope *scope)
{
    for (size_t i = 1; i < scope->n_from; i++) {
        const MigRelation *relation = &scope->from[i];
        bool bare = relation->join == MIG_JOIN_COMMA ||
                    (relation->join == MIG_JOIN_INNER && !relation->has_condition);

        if (bare && mig_lint_is_stored(scope, relation) &&
            mig_lint_is_stored(scope, &scope->from[0]))
            return relation;
    }
    return NULL;
}

/* What joins tables is a condition on several of them: an ON further on will do as well. */
static bool
has_conditions(const MigLintScope *scope)
{
    for (size_t i = 1; i < scope->n_from; i++) {
        if (scope->from[i].has_condition)
            return true;
    }
    return scope->query->where != NULL;
}

static void
visit(MigLintContext *ctx, const MigLintScope *scope)
{
    const MigRelation *relation = find_product(scope);

    if (relation == NULL || scope->use == MIG_LINT_OF_READ)
        return;

    const char *first = mig_lint_name(ctx, &scope->from[0].name);
    const char *name = mig_lint_name(ctx, &relation->name);
    if (!has_conditions(scope)) {
        MigFinding *finding =
            mig_lint_report_span(ctx, MIG_SEVERITY_WARNING, scope, relation->name.span,
                                 "every row of %s is joined with every row of %s", first, name);
        mig_lint_danger(finding, "It gives as many rows as the product of both.");
    } else if (relation->join == MIG_JOIN_COMMA) {
        mig_lint_report_span(ctx, mig_lint_severity(ctx), scope, relation->name.span,
                             "%s and %s are joined by a comma", first, name);
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    static const MigLintQueryVisitor visitor = {.query = visit};

    mig_lint_each_query(ctx, change, &visitor);
}

const MigRule mig_rule_implicit_join = {
    .id = "implicit-join",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "Tables joined by a comma, or without a condition",
    .danger = "When the condition in WHERE is forgotten, or taken away, all rows are joined with "
              "all others.",
    .steps = {"Write JOIN ... ON with the condition; or CROSS JOIN, where all with all is meant."},
    .check = check,
    .check_body = check,
};
