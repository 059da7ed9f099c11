/* SPDX-License-Identifier: MIT */
/* A policy that lets everybody do everything, or that nobody asks. */
#include "lint/rule.h"

#include <string.h>

static bool
is_true(const MigExpr *expr)
{
    return expr != NULL && expr->kind == MIG_EXPR_LITERAL &&
           g_ascii_strcasecmp(expr->text != NULL ? expr->text : "", "true") == 0;
}

/* For some roles it may be meant so: those of whoever runs the service. */
static bool
is_for_all_roles(const MigChange *change)
{
    for (size_t i = 0; i < change->n_values; i++) {
        if (strcmp(change->values[i], "public") != 0)
            return false;
    }
    return true;
}

/* One that restricts others (`on` is PERMISSIVE) takes nothing away from them by being true. */
static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_CREATE_POLICY || !change->on || !is_for_all_roles(change) ||
        !is_true(change->expr) || g_strcmp0(change->text, "select") == 0 ||
        g_strcmp0(change->text, "insert") == 0)
        return;
    mig_lint_report(ctx, change, "policy %s lets everybody %s every row of %s", change->name.name,
                    g_strcmp0(change->text, "update") == 0   ? "change"
                    : g_strcmp0(change->text, "delete") == 0 ? "delete"
                                                             : "read, change and delete",
                    mig_lint_name(ctx, &change->table));
}

static void
judge(MigLintContext *ctx, const MigReviewedStatement *statement, const MigChange *change)
{
    bool disables =
        change->kind == MIG_CHANGE_ROW_SECURITY && g_strcmp0(change->text, "disable") == 0;
    const MigTable *table = change->kind == MIG_CHANGE_CREATE_POLICY || disables
                                ? mig_lint_table(ctx, &change->table)
                                : NULL;
    const MigPlace place = {.statement = statement,
                            .span = change->span,
                            .table = &change->table,
                            .nested = change->nested};

    if (table == NULL || table->assumed || table->row_security || table->policies->len == 0)
        return;
    MigFinding *finding =
        disables ? mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                                      "%s has policies that nobody is held to any more",
                                      mig_lint_name(ctx, &change->table))
                 : mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                                      "policy %s does nothing: row security of %s is off",
                                      change->name.name, mig_lint_name(ctx, &change->table));
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "ALTER TABLE %s ENABLE ROW LEVEL SECURITY.",
                  mig_lint_name(ctx, &change->table));
}

/* Row security may be turned on later in the file; so it is asked at its end. */
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

const MigRule mig_rule_policy_always_true = {
    .id = "policy-always-true",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_SECURITY,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A policy for everybody, or of a table without row security",
    .danger = "The policy looks like a protection and is none.",
    .steps = {"Say which rows a role may see, as: USING (tenant_id = "
              "current_setting('app.tenant')::bigint).",
              "For rows that all may read, write FOR SELECT."},
    .manual = "PostgreSQL 16, \"CREATE POLICY\"",
    .check = check,
    .check_end = check_end,
};
