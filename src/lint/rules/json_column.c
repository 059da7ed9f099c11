/* SPDX-License-Identifier: MIT */
/* Columns of type json, which has no equality. */
#include "lint/rule.h"

#include <string.h>

static bool
is_json(const MigType *type)
{
    return type->name != NULL && strcmp(type->name, "json") == 0 &&
           (type->schema == NULL || strcmp(type->schema, "pg_catalog") == 0);
}

static void
say(MigLintContext *ctx, const MigChange *change, const MigColumn *column, const char *name)
{
    if (!is_json(&column->type))
        return;

    const MigSpan span = column->type.span;
    MigPlace place = {.statement = ctx->statement,
                      .span = span.length > 0 ? span : change->span,
                      .table = &change->table};
    const char *written = mig_lint_source(ctx, ctx->statement, span);
    MigFinding *finding =
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "DISTINCT, GROUP BY and UNION over %s.%s fail: json has no equality",
                           mig_lint_name(ctx, &change->table), name);
    /* What stands behind the word, such as [], stays. */
    if (g_ascii_strncasecmp(written, "json", 4) == 0)
        mig_lint_fix(ctx, finding, (MigSpan){span.offset, 4}, "jsonb");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigCreateTable *create = change->create_table;

    if (change->temporary)
        return;
    if (change->kind == MIG_CHANGE_CREATE_TABLE && create != NULL) {
        for (size_t i = 0; i < create->n_columns; i++)
            say(ctx, change, &create->columns[i], create->columns[i].name);
    } else if (change->kind == MIG_CHANGE_ADD_COLUMN) {
        say(ctx, change, change->column, change->column->name);
    } else if (change->kind == MIG_CHANGE_ALTER_TYPE) {
        say(ctx, change, change->column, change->name.name);
    }
}

const MigRule mig_rule_json_column = {
    .id = "json-column",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_YES,
    .summary = "a column of type json",
    .danger = "SELECT DISTINCT, GROUP BY and UNION over the table's rows fail, those of old code "
              "included; it can't be indexed, and is parsed at each use.",
    .steps =
        {"Take jsonb.",
         "Where white space, order and repeated keys must be kept, allow it with that reason."},
    .manual = "PostgreSQL 18, \"JSON Types\"",
    .check = check,
};
