/* SPDX-License-Identifier: MIT */
/* ORDER BY random(). */
#include "lint/queries.h"
#include "lint/rule.h"

static bool
is_random(const MigExpr *expr)
{
    static const char *const names[] = {"random",           "rand", "uuid", "gen_random_uuid",
                                        "uuid_generate_v4", NULL};

    if (expr == NULL || expr->kind != MIG_EXPR_CALL || expr->name == NULL)
        return false;
    g_autofree char *name = g_ascii_strdown(expr->name, -1);
    return g_strv_contains(names, name);
}

/* Where all that is sorted is known to be little, nobody waits for it. */
static bool
is_little(const MigLintContext *ctx, const MigLintScope *scope)
{
    for (size_t i = 0; i < scope->n_from; i++) {
        const MigTable *table = mig_lint_relation_table(ctx, scope, &scope->from[i]);

        if (!mig_lint_is_stored(scope, &scope->from[i]) || table == NULL ||
            !mig_lint_is_small(ctx, table))
            return false;
    }
    return true;
}

static void
visit(MigLintContext *ctx, const MigLintScope *scope)
{
    if (scope->use == MIG_LINT_OF_READ || is_little(ctx, scope))
        return;
    for (size_t i = 0; i < scope->query->n_order_by; i++) {
        const MigExpr *value = scope->query->order_by[i].value;

        if (is_random(value)) {
            mig_lint_report_span(ctx, mig_lint_severity(ctx), scope, value->span,
                                 "all rows are read and sorted by chance");
            return;
        }
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    static const MigLintQueryVisitor visitor = {.query = visit};

    mig_lint_each_query(ctx, change, &visitor);
}

const MigRule mig_rule_order_by_random = {
    .id = "order-by-random",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "ORDER BY random()",
    .danger = "Every row is read and sorted, for however few are wanted.",
    .steps = {"Pick keys by chance, and read their rows; on PostgreSQL TABLESAMPLE gives a part of "
              "a table."},
    .check = check,
    .check_body = check,
};
