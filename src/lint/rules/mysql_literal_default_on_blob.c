/* SPDX-License-Identifier: MIT */
/* A literal DEFAULT of TEXT, BLOB, JSON or a geometry, which MySQL refuses. */
#include "lint/columns.h"
#include "lint/mysql.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    static const char *const types[] = {"tinytext",
                                        "text",
                                        "mediumtext",
                                        "longtext",
                                        "tinyblob",
                                        "blob",
                                        "mediumblob",
                                        "longblob",
                                        "json",
                                        "geometry",
                                        "point",
                                        "linestring",
                                        "polygon",
                                        "multipoint",
                                        "multilinestring",
                                        "multipolygon",
                                        "geometrycollection",
                                        NULL};
    size_t n = 0;
    const MigColumn *columns = mig_lint_columns(change, &n);

    for (size_t i = 0; i < n; i++) {
        const MigExpr *value = columns[i].default_value;

        if (value == NULL || value->kind != MIG_EXPR_LITERAL || value->parenthesised ||
            !mig_lint_type_is(&columns[i].type, types))
            continue;
        MigFinding *finding = mig_lint_report_at(
            ctx, mig_lint_severity(ctx), mig_lint_column_place(ctx, change, &columns[i]),
            "%s.%s is %s, which can't have a literal default", mig_lint_name(ctx, &change->table),
            columns[i].name, columns[i].type.name);
        if (!mig_mysql_is_older(ctx, 80013, 0) && value->span.length > 0)
            mig_lint_fix(
                ctx, finding, value->span,
                mig_lint_format(ctx, "(%s)", mig_lint_source(ctx, ctx->statement, value->span)));
    }
}

const MigRule mig_rule_mysql_literal_default_on_blob = {
    .id = "mysql-literal-default-on-blob",
    .engines = MIG_ENGINE_MYSQL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_YES,
    .summary = "a literal DEFAULT of TEXT, BLOB, JSON or a geometry",
    .danger = "MySQL refuses it (1101), and the migration fails.",
    .steps = {"From 8.0.13 on write it in parentheses, as an expression: DEFAULT ('...').",
              "Before that leave it out, or use VARCHAR."},
    .manual = "MySQL 8.4, \"Data Type Default Values\"",
    .check = check,
};
