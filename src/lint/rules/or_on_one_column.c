/* SPDX-License-Identifier: MIT */
/* One column compared with several values by OR. */
#include "lint/queries.h"
#include "lint/rule.h"

/* Two may be two thoughts. */
#define MIN_ARMS 3

/* (borrowed) the column of "column = value"; NULL: it is anything else. */
static const MigExpr *
column_of(const MigExpr *arm)
{
    if (arm->kind != MIG_EXPR_OPERATOR || arm->n_args != 2 || g_strcmp0(arm->text, "=") != 0 ||
        arm->args[0]->kind != MIG_EXPR_COLUMN || arm->args[1]->kind == MIG_EXPR_NULL)
        return NULL;
    return arm->args[1]->kind == MIG_EXPR_LITERAL || arm->args[1]->kind == MIG_EXPR_PARAMETER
               ? arm->args[0]
               : NULL;
}

static bool
visit(MigLintContext *ctx, const MigLintScope *scope, const MigExpr *expr)
{
    if (expr->kind != MIG_EXPR_OR || expr->n_args < MIN_ARMS || !mig_lint_is_kept(scope) ||
        scope->clause != MIG_LINT_CLAUSE_FILTER)
        return true;

    const MigExpr *first = column_of(expr->args[0]);
    for (size_t i = 1; first != NULL && i < expr->n_args; i++) {
        const MigExpr *other = column_of(expr->args[i]);

        if (other == NULL || g_strcmp0(other->name, first->name) != 0 ||
            g_strcmp0(other->schema, first->schema) != 0)
            return true;
    }
    if (first != NULL)
        mig_lint_report_span(ctx, mig_lint_severity(ctx), scope, expr->span,
                             "%s is compared with %" G_GSIZE_FORMAT " values by OR", first->name,
                             expr->n_args);
    return true;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    static const MigLintQueryVisitor visitor = {.expr = visit};

    mig_lint_each_query(ctx, change, &visitor);
}

const MigRule mig_rule_or_on_one_column = {
    .id = "or-on-one-column",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "One column compared with several values by OR",
    .danger = "It is longer than it need be, and planned as as many searches as there are values.",
    .steps = {"Write: column IN (value, value, ...)."},
    .check = check,
    .check_body = check,
};
