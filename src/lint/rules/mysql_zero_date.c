/* SPDX-License-Identifier: MIT */
/* DEFAULT '0000-00-00', or a date whose month or day is zero. */
#include "lint/columns.h"
#include "lint/rule.h"

#include <string.h>

static bool
is_zero(const char *text)
{
    enum { DATE = 10, MONTH = 4, DAY = 7 };

    return strlen(text) >= DATE && text[MONTH] == '-' && text[DAY] == '-' &&
           (strncmp(text + MONTH, "-00-", DAY + 1 - MONTH) == 0 ||
            strncmp(text + DAY, "-00", DATE - DAY) == 0);
}

/* The mode is MySQL's default; MariaDB has it only where it is set. */
static bool
is_refused(const MigLintContext *ctx)
{
    const char *mode = mig_catalog_setting(ctx->catalog, "sql_mode");

    return mode != NULL ? strstr(mode, "NO_ZERO_") != NULL : ctx->engine == MIG_ENGINE_MYSQL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    static const char *const types[] = {"date", "datetime", "timestamp", NULL};
    size_t n = 0;
    const MigColumn *columns = mig_lint_columns(change, &n);

    for (size_t i = 0; i < n; i++) {
        const MigExpr *value = columns[i].default_value;

        if (value == NULL || value->kind != MIG_EXPR_LITERAL || value->text == NULL ||
            !mig_lint_type_is(&columns[i].type, types) || !is_zero(value->text))
            continue;
        MigFinding *finding = mig_lint_report_at(
            ctx, is_refused(ctx) ? MIG_SEVERITY_ERROR : MIG_SEVERITY_WARNING,
            mig_lint_column_place(ctx, change, &columns[i]), "the default '%s' of %s.%s is no date",
            value->text, mig_lint_name(ctx, &change->table), columns[i].name);
        if (!columns[i].not_null && value->span.length > 0)
            mig_lint_fix(ctx, finding, value->span, "NULL");
    }
}

const MigRule mig_rule_mysql_zero_date = {
    .id = "mysql-zero-date",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_YES,
    .summary = "DEFAULT '0000-00-00', or a date whose month or day is zero",
    .danger =
        "With NO_ZERO_DATE, MySQL's default, the server refuses the definition; without it rows "
        "get a date that no client can read, and later ALTERs of the table fail.",
    .steps = {"DEFAULT NULL, for what isn't known.", "Or DEFAULT CURRENT_TIMESTAMP."},
    .manual = "MySQL 8.4, \"Server SQL Modes\", NO_ZERO_DATE",
    .check = check,
};
