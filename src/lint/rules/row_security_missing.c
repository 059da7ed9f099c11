/* SPDX-License-Identifier: MIT */
/* Tables of tenants that have no row security, though others have. */
#include "lint/rule.h"

#include <string.h>

#define TENANT_COLUMN "tenant_id"

static void
look_for_secured(const MigTable *table, gpointer data)
{
    bool *found = data;

    if (table->row_security && mig_table_column(table, TENANT_COLUMN) != NULL)
        *found = true;
}

static void
judge_table(MigLintContext *ctx, const MigReviewedStatement *statement, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const MigPlace place = {.statement = statement, .span = change->span, .nested = change->nested};
    bool others = false;

    if (table == NULL || table->row_security || table->is_partition || table->temporary ||
        mig_table_column(table, TENANT_COLUMN) == NULL)
        return;
    mig_catalog_each_table(ctx->catalog, look_for_secured, &others);
    if (others)
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "%s has " TENANT_COLUMN ", but no row security as other tables have",
                           mig_lint_name(ctx, &change->table));
}

static void
judge(MigLintContext *ctx, const MigReviewedStatement *statement, const MigChange *change)
{
    const MigPlace place = {.statement = statement, .span = change->span, .nested = change->nested};
    bool adds = change->kind == MIG_CHANGE_ADD_COLUMN && change->column != NULL &&
                strcmp(change->column->name, TENANT_COLUMN) == 0;

    if (change->kind == MIG_CHANGE_CREATE_TABLE || adds)
        judge_table(ctx, statement, change);
    if (change->kind != MIG_CHANGE_ROW_SECURITY || g_strcmp0(change->text, "disable") != 0)
        return;
    const MigTable *table = mig_lint_table(ctx, &change->table);
    if (table != NULL && !table->row_security)
        mig_lint_report_at(
            ctx, MIG_SEVERITY_WARNING, place,
            "without row security everybody with a privilege on %s sees all its rows",
            mig_lint_name(ctx, &change->table));
}

static void
check_end(MigLintContext *ctx)
{
    const GPtrArray *statements = ctx->step->statements;

    for (guint i = 0; !ctx->down && i < statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(statements, i);

        for (size_t j = 0; j < statement->changes->n_changes; j++) {
            if (!statement->changes->changes[j].in_body)
                judge(ctx, statement, &statement->changes->changes[j]);
        }
    }
}

const MigRule mig_rule_row_security_missing = {
    .id = "row-security-missing",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_SECURITY,
    .off = true,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A table with tenant_id without row security, as others have it",
    .danger = "One forgotten condition in the application shows a tenant the rows of another.",
    .steps = {"ALTER TABLE ... ENABLE ROW LEVEL SECURITY, and CREATE POLICY with the tenant, in "
              "the same migration."},
    .manual = "PostgreSQL 16, \"Row Security Policies\"",
    .check_end = check_end,
};
