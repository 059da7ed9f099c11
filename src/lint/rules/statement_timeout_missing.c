/* SPDX-License-Identifier: MIT */
/* A statement whose time grows with a table, and which nothing cuts off. */
#include "lint/action.h"
#include "lint/timeout.h"
#include "lint/rule.h"

static const MigRelationRef *
first_old(const MigLintContext *ctx, const GArray *relations)
{
    for (guint i = 0; i < relations->len; i++) {
        const MigRelationRef *relation = &g_array_index(relations, MigRelationRef, i);
        const MigName name = {.schema = relation->schema, .name = relation->name};
        if (!relation->made_here && !mig_lint_made_here(ctx, &name))
            return relation;
    }
    return NULL;
}

static bool
has_limit(const MigLintContext *ctx)
{
    static const char *const names[] = {"statement_timeout", "transaction_timeout",
                                        "max_statement_time"};
    const MigStatement *statement =
        mig_script_statement(ctx->step->step->script, ctx->statement->index);

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *set = mig_catalog_setting(ctx->catalog, names[i]);
        if (set != NULL && mig_lint_time_ms(ctx, set) != 0)
            return true;
    }
    return statement->statement_timeout_ms > 0;
}

static void
check_statement(MigLintContext *ctx)
{
    const MigImpact *impact = ctx->statement->impact;
    const MigRelationRef *slow = first_old(ctx, impact->rewrites);

    if (slow == NULL)
        slow = first_old(ctx, impact->scans);
    if (slow == NULL || impact->waits_for_others || has_limit(ctx))
        return;
    const MigName name = {.schema = slow->schema, .name = slow->name};
    const MigPlace place = {.statement = ctx->statement, .table = &name};
    mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                       "nothing limits how long this works on all rows of %s",
                       mig_lint_relation_name(ctx, slow->schema, slow->name));
}

const MigRule mig_rule_statement_timeout_missing = {
    .id = "statement-timeout-missing",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MARIADB,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_LOCK,
    .off = true,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A slow statement without a statement time-out",
    .danger = "Its locks are held as long as it takes.",
    .steps = {"-- migrate:statement-timeout 10min before it, or SET LOCAL statement_timeout."},
    .manual = "PostgreSQL 16, \"Client Connection Defaults\", statement_timeout",
    .check_statement = check_statement,
};
