/* SPDX-License-Identifier: MIT */
/* ADD COLUMN with a default that is worked out for each row. */
#include "lint/columns.h"
#include "lint/mysql.h"
#include "lint/rule.h"

static bool
visit(const MigExpr *expr, gpointer data)
{
    static const char *const names[] = {"uuid", "rand", "random_bytes", "uuid_short", NULL};
    bool *found = data;

    if (expr->kind == MIG_EXPR_CALL && expr->name != NULL) {
        g_autofree char *name = g_ascii_strdown(expr->name, -1);
        *found = *found || g_strv_contains(names, name);
    }
    return !*found;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigColumn *column = change->column;
    bool random = false;

    if (change->kind != MIG_CHANGE_ADD_COLUMN || column == NULL || column->default_value == NULL ||
        !column->default_value->parenthesised || column->generated != MIG_GENERATED_NO ||
        column->auto_increment || column->n_constraints > 0 ||
        !mig_mysql_blames(ctx, change, MIG_MYSQL_COST_COPY))
        return;
    /* What copies the table in any case isn't the default's fault. */
    MigColumn plain = *column;
    MigChange without = *change;
    plain.default_value = NULL;
    without.column = &plain;
    g_autoptr(MigImpact) impact = mig_mysql_alone(ctx, &without);
    if (mig_mysql_cost(impact) == MIG_MYSQL_COST_COPY)
        return;

    const char *table = mig_lint_name(ctx, &change->table);
    mig_expr_walk(column->default_value, visit, &random);
    MigFinding *finding =
        random && ctx->engine == MIG_ENGINE_MYSQL
            ? mig_lint_report(ctx, change,
                              "the default of %s.%s differs by row: with a binary log the server "
                              "refuses it, without one it copies all of %s",
                              table, column->name, table)
            : mig_lint_report(ctx, change, "the default of %s.%s copies all of %s", table,
                              column->name, table);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "ALTER TABLE %s ADD COLUMN %s ... without the default, nullable.", table,
                  column->name);
    mig_lint_step(finding, "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT (...), for new rows.", table,
                  column->name);
    mig_lint_step(finding, "Backfill the old rows in batches.");
}

const MigRule mig_rule_mysql_expression_default = {
    .id = "mysql-expression-default",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "ADD COLUMN with a default that is worked out for each row",
    .danger =
        "The table is copied row by row while writes to it wait. What differs by row isn't safe "
        "for replication by statement, and MySQL refuses it (1674).",
    .steps = {"Add the column nullable and without the default.",
              "ALTER COLUMN ... SET DEFAULT (...), for new rows.",
              "Backfill the old rows in batches."},
    .manual = "MySQL 8.4, \"Data Type Default Values\", Handling of Explicit Defaults",
    .weaker = {"mysql-table-copy", "mysql-algorithm-unstated"},
    .check = check,
};
