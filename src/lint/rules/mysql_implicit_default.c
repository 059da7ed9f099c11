/* SPDX-License-Identifier: MIT */
/* ADD COLUMN ... NOT NULL without DEFAULT: old rows get a value that nobody wrote. */
#include "lint/columns.h"
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

static bool
fills(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigChange *added = data;

    if (change->kind != MIG_CHANGE_UPDATE ||
        !mig_lint_same_name(ctx, &change->table, &added->table))
        return false;
    for (size_t i = 0; i < change->n_items; i++) {
        if (mig_lint_same_word(ctx, change->items[i].column, added->column->name))
            return true;
    }
    return false;
}

static bool
is_left_alone(const MigColumn *column)
{
    for (size_t i = 0; i < column->n_constraints; i++) {
        if (column->constraints[i].kind == MIG_CONSTRAINT_PRIMARY_KEY)
            return true;
    }
    return !column->not_null_said || column->default_value != NULL || column->auto_increment ||
           column->generated != MIG_GENERATED_NO || column->type.name == NULL;
}

static const char *
implicit_value(MigLintContext *ctx, const MigType *type)
{
    static const char *const times[] = {"date", "datetime", "timestamp", NULL};
    static const char *const numbers[] = {"decimal", "float", "double", "bit", "year", NULL};

    if (strcmp(type->name, "enum") == 0 && type->n_values > 0)
        return mig_lint_format(ctx, "'%s'", type->values[0]);
    if (mig_lint_type_is(type, times))
        return strcmp(type->name, "date") == 0 ? "'0000-00-00'" : "'0000-00-00 00:00:00'";
    if (mig_lint_is_integer_type(type) || mig_lint_type_is(type, numbers))
        return "0";
    return "''";
}

/* MySQL's modes, unless the migration sets others, have no zero dates. */
static bool
is_refused(const MigLintContext *ctx, const MigType *type)
{
    const char *mode = mig_catalog_setting(ctx->catalog, "sql_mode");
    static const char *const times[] = {"date", "datetime", NULL};

    return ctx->engine == MIG_ENGINE_MYSQL && mig_lint_type_is(type, times) &&
           (mode == NULL ||
            (strstr(mode, "NO_ZERO_DATE") != NULL && strstr(mode, "STRICT") != NULL));
}

static void
judge(MigLintContext *ctx, const MigReviewedStatement *statement, size_t n, const MigChange *change)
{
    const MigColumn *column = change->column;

    if (change->kind != MIG_CHANGE_ADD_COLUMN || change->in_body || column == NULL ||
        is_left_alone(column) || statement->impact->refused != NULL)
        return;
    const MigPlace place = {.statement = statement,
                            .span = change->span,
                            .table = &change->table,
                            .nested = change->nested};
    const char *table = mig_lint_name(ctx, &change->table);
    if (is_refused(ctx, &column->type)) {
        mig_lint_report_at(
            ctx, MIG_SEVERITY_ERROR, place,
            "%s.%s is NOT NULL without DEFAULT: if %s has rows, the server refuses %s "
            "for them",
            table, column->name, table, implicit_value(ctx, &column->type));
        return;
    }
    if (mig_lint_between(ctx, n + 1, ctx->step->statements->len, fills, change) != NULL)
        return;
    mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                       "%s.%s is NOT NULL without DEFAULT: rows that are there get %s", table,
                       column->name, implicit_value(ctx, &column->type));
}

static void
check_end(MigLintContext *ctx)
{
    for (size_t n = 0; n < ctx->step->statements->len; n++) {
        const MigReviewedStatement *statement = mig_lint_statement(ctx, n);
        for (size_t i = 0; i < statement->changes->n_changes; i++)
            judge(ctx, statement, n, &statement->changes->changes[i]);
    }
}

const MigRule mig_rule_mysql_implicit_default = {
    .id = "mysql-implicit-default",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BREAKS,
    .summary = "ADD COLUMN ... NOT NULL without DEFAULT",
    .danger =
        "It doesn't fail: rows that are there get 0, '', the first value of an ENUM or a date of "
        "zeros, and nobody can tell them from real ones later. INSERTs of code that doesn't know "
        "the column fail in strict mode.",
    .steps = {"Say which value it is: NOT NULL DEFAULT ...",
              "Or add the column without NOT NULL, backfill it, and make it NOT NULL then."},
    .manual = "MySQL 8.4, \"Data Type Default Values\"",
    .check_end = check_end,
};
