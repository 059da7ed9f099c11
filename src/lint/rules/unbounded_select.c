/* SPDX-License-Identifier: MIT */
/* A whole large table, copied or walked through by a routine. */
#include "lint/queries.h"
#include "lint/rule.h"

static bool
is_bounded(const MigQuery *query)
{
    return query->where != NULL || query->limit != NULL || query->having != NULL ||
           query->n_group_by > 0 || query->n_values > 0 || query->next != NULL;
}

/* One row comes of an aggregate without GROUP BY, and none of a query without FROM. */
static bool
gives_rows(const MigQuery *query)
{
    for (size_t i = 0; i < query->n_targets; i++) {
        const MigExpr *value = query->targets[i].value;

        if (value != NULL && value->kind == MIG_EXPR_CALL)
            return false;
    }
    return query->n_from == 1;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    bool cursor = change->kind == MIG_CHANGE_SELECT && g_strcmp0(change->text, "cursor") == 0;
    bool insert = change->kind == MIG_CHANGE_INSERT && change->in_body;
    bool query = change->kind == MIG_CHANGE_SELECT && change->in_body;

    if ((!cursor && !insert && !query) || change->query == NULL || is_bounded(change->query) ||
        !gives_rows(change->query))
        return;

    const MigLintScope scope = {.change = change,
                                .query = change->query,
                                .ctes = change->query->ctes,
                                .n_ctes = change->query->n_ctes};
    const MigTable *table = mig_lint_relation_table(ctx, &scope, &change->query->from[0]);
    if (table == NULL || !mig_lint_is_large(ctx, table))
        return;
    mig_lint_report_span(ctx, mig_lint_severity(ctx), &scope, change->query->span,
                         "%s all of %s, about %" G_GINT64_FORMAT " rows",
                         insert ? "INSERT copies" : "the query reads",
                         mig_lint_table_name(ctx, table), mig_lint_rows(ctx, table));
}

const MigRule mig_rule_unbounded_select = {
    .id = "unbounded-select",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A routine or a cursor that reads all of a large table",
    .danger = "It takes as long as the table is large, in one transaction, and longer each month.",
    .steps =
        {"Say which rows: WHERE a key is behind the last one seen, ORDER BY that key, LIMIT n."},
    .check = check,
    .check_body = check,
};
