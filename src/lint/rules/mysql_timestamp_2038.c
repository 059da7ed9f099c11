/* SPDX-License-Identifier: MIT */
/* TIMESTAMP for anything but the bookkeeping of rows. */
#include "lint/columns.h"
#include "lint/mysql.h"
#include "lint/rule.h"

#define SINCE_MARIADB 110500

static bool
visit(const MigExpr *expr, gpointer data)
{
    bool *found = data;

    *found = *found || expr->kind == MIG_EXPR_CALL;
    return !*found;
}

/* created_at and the like: the server's own clock fills it. */
static bool
is_bookkeeping(const MigColumn *column)
{
    bool clock = column->on_update != NULL;

    if (column->default_value != NULL)
        mig_expr_walk(column->default_value, visit, &clock);
    return clock;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    size_t n = 0;
    const MigColumn *columns = mig_lint_columns(change, &n);

    if (ctx->engine == MIG_ENGINE_MARIADB && !mig_mysql_is_older(ctx, 0, SINCE_MARIADB))
        return;
    for (size_t i = 0; i < n; i++) {
        if (g_strcmp0(columns[i].type.name, "timestamp") != 0 || is_bookkeeping(&columns[i]))
            continue;
        mig_lint_report_at(ctx, mig_lint_severity(ctx),
                           mig_lint_column_place(ctx, change, &columns[i]),
                           "%s.%s is a TIMESTAMP, which ends in January 2038",
                           mig_lint_name(ctx, &change->table), columns[i].name);
    }
}

const MigRule mig_rule_mysql_timestamp_2038 = {
    .id = "mysql-timestamp-2038",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .summary = "TIMESTAMP for anything but the bookkeeping of rows",
    .danger = "It holds nothing after 2038-01-19, nor before 1970, and is read in the time zone of "
              "the session.",
    .steps = {"DATETIME(6), in UTC."},
    .manual = "MySQL 8.4, \"The DATE, DATETIME, and TIMESTAMP Types\"",
    .check = check,
};
