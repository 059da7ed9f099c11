/* SPDX-License-Identifier: MIT */
/* NOT NULL without strict mode, which turns NULLs into zeros. */
#include "lint/columns.h"
#include "lint/rule.h"

#include <string.h>

static bool
is_lax(const MigLintContext *ctx)
{
    const char *mode = mig_catalog_setting(ctx->catalog, "sql_mode");
    g_autofree char *upper = mode != NULL ? g_ascii_strup(mode, -1) : NULL;

    /* An expression over the old modes isn't known. */
    return upper != NULL && strstr(upper, "STRICT") == NULL &&
           strstr(upper, "TRADITIONAL") == NULL && strchr(upper, '(') == NULL &&
           strchr(upper, '@') == NULL && strchr(upper, '?') == NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTableColumn *from = mig_lint_column(ctx, &change->table, change->name.name);

    if (change->kind != MIG_CHANGE_MODIFY_COLUMN || change->column == NULL ||
        !change->column->not_null_said || !is_lax(ctx) || (from != NULL && from->not_null))
        return;
    mig_lint_report(ctx, change, "NULLs of %s.%s become %s, as sql_mode isn't strict",
                    mig_lint_name(ctx, &change->table), change->name.name,
                    mig_lint_is_text_type(&change->column->type) ? "''" : "zeros");
}

const MigRule mig_rule_mysql_not_null_coerces = {
    .id = "mysql-not-null-coerces",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DATA,
    .summary = "NOT NULL without strict mode, which turns NULLs into zeros",
    .danger =
        "In the modes that the migration sets, NULLs become 0, '' or a date of zeros without a "
        "word, and can't be told from real values any more.",
    .steps = {"Leave STRICT_TRANS_TABLES in sql_mode: it then fails on the first NULL.",
              "Fill the NULLs with what they mean, in batches, before."},
    .manual = "MySQL 8.4, \"Server SQL Modes\", Strict SQL Mode",
    .weaker = {"mysql-table-copy", "mysql-table-rebuild"},
    .check = check,
};
