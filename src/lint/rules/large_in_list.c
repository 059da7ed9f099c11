/* SPDX-License-Identifier: MIT */
/* A very long list behind IN. */
#include "lint/queries.h"
#include "lint/rule.h"

#define DEFAULT_MAX 100

static bool
visit(MigLintContext *ctx, const MigLintScope *scope, const MigExpr *expr)
{
    size_t max = (size_t)MAX(mig_lint_number(ctx, "max-in-list", DEFAULT_MAX), 1);

    if ((expr->kind != MIG_EXPR_IN && expr->kind != MIG_EXPR_NOT_IN) || expr->n_args < max + 2)
        return true;
    for (size_t i = 1; i < expr->n_args; i++) {
        if (!mig_lint_is_constant(expr->args[i]))
            return true;
    }
    mig_lint_report_span(ctx, mig_lint_severity(ctx), scope, expr->span,
                         "IN has a list of %" G_GSIZE_FORMAT " values", expr->n_args - 1);
    return false;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    static const MigLintQueryVisitor visitor = {.expr = visit};

    mig_lint_each_query(ctx, change, &visitor);
}

const MigRule mig_rule_large_in_list = {
    .id = "large-in-list",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A list of more than 100 values behind IN",
    .danger =
        "It takes long to parse and to plan; and what the values are is said nowhere but here.",
    .steps = {"Put the values into a temporary table, or into VALUES, and join it."},
    .manual =
        "PostgreSQL 16, \"Row and Array Comparisons\"; MySQL 8.0, range_optimizer_max_mem_size",
    .check = check,
    .check_body = check,
};
