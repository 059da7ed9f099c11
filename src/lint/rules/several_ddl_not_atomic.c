/* SPDX-License-Identifier: MIT */
/* Several schema changes where each commits by itself. */
#include "lint/data.h"
#include "lint/rule.h"

static bool
is_ddl(const MigReviewedStatement *statement)
{
    for (size_t i = 0; i < statement->changes->n_changes; i++) {
        const MigChange *change = &statement->changes->changes[i];
        if (change->kind >= MIG_CHANGE_CREATE_TABLE && change->kind < MIG_CHANGE_INSERT &&
            !change->in_body && !change->temporary)
            return true;
    }
    return false;
}

/* Whether rows that are there may be against it. */
static bool
depends_on_rows(const MigLintContext *ctx, const MigReviewedStatement *statement)
{
    for (size_t i = 0; i < statement->changes->n_changes; i++) {
        const MigChange *change = &statement->changes->changes[i];
        bool looks = (change->kind == MIG_CHANGE_CREATE_INDEX && change->index->unique) ||
                     change->kind == MIG_CHANGE_ADD_CONSTRAINT ||
                     (change->kind == MIG_CHANGE_MODIFY_COLUMN && change->column->not_null);
        if (looks && !change->in_body && mig_lint_is_old(ctx, &change->table))
            return true;
    }
    return false;
}

static void
check(MigLintContext *ctx)
{
    const MigReviewedStatement *second = NULL;
    const MigReviewedStatement *risky = NULL;
    unsigned n = 0;

    for (guint i = 0; i < ctx->step->statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(ctx->step->statements, i);

        if (!is_ddl(statement))
            continue;
        n++;
        if (n == 2)
            second = statement;
        if (n > 1 && risky == NULL && depends_on_rows(ctx, statement))
            risky = statement;
    }
    if (second == NULL || ctx->down)
        return;

    const MigPlace place = {.statement = risky != NULL ? risky : second};
    if (risky != NULL)
        mig_lint_report_at(ctx, MIG_SEVERITY_WARNING, place,
                           "if rows are against this statement, the schema changes before it stay");
    else
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "%u schema changes, each of which commits by itself", n);
}

const MigRule mig_rule_several_ddl_not_atomic = {
    .id = "several-ddl-not-atomic",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_BACK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "several schema changes where each commits by itself",
    .danger =
        "When one fails, those before it are done, and a rollback of the transaction doesn't take "
        "them back; the runner goes on behind them.",
    .steps = {"Write one schema change into each migration.",
              "Put what may fail on existing rows first."},
    .manual = "MySQL 8.4, \"Statements That Cause an Implicit Commit\"",
    .check_end = check,
};
