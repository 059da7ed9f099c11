/* SPDX-License-Identifier: MIT */
/* CREATE VIEW ... SELECT *: the columns of today, for ever. */
#include "lint/rule.h"
#include "lint/within.h"

/* A view in the place of a table that got another name is meant to have all of its columns. */
static bool
left_name(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    return change->kind == MIG_CHANGE_RENAME_TABLE && mig_lint_same_name(ctx, &change->table, data);
}

static const MigItem *
find_star(const MigQuery *query)
{
    for (size_t i = 0; i < query->n_targets; i++) {
        const MigExpr *value = query->targets[i].value;
        if (value != NULL && value->kind == MIG_EXPR_STAR)
            return &query->targets[i];
    }
    return NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if ((change->kind != MIG_CHANGE_CREATE_VIEW &&
         change->kind != MIG_CHANGE_CREATE_MATERIALIZED_VIEW) ||
        change->query == NULL || change->temporary ||
        mig_lint_before(ctx, left_name, &change->table) != NULL)
        return;

    for (const MigQuery *arm = change->query; arm != NULL; arm = arm->next) {
        const MigItem *star = find_star(arm);
        if (star == NULL)
            continue;
        const MigPlace place = {.statement = ctx->statement,
                                .span = mig_lint_span(star->value->span, change->span),
                                .table = &change->table};
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "%s has the columns of today: later ones aren't seen through it",
                           mig_lint_name(ctx, &change->table));
        return;
    }
}

const MigRule mig_rule_view_freezes_columns = {
    .id = "view-freezes-columns",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "SELECT * in a view",
    .danger =
        "The star is replaced by the columns of the moment: one that is added later isn't seen, "
        "and one that is dropped is refused, or breaks the view.",
    .steps = {"Name the columns."},
    .manual = "PostgreSQL 18, \"CREATE VIEW\", Notes; MySQL 8.4, \"CREATE VIEW Statement\"",
    .check = check,
};
