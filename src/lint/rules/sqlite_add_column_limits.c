/* SPDX-License-Identifier: MIT */
/* ADD COLUMN with what SQLite takes only in CREATE TABLE. */
#include "lint/action.h"
#include "lint/rule.h"

#include <string.h>

static bool
is_null(const MigExpr *value)
{
    return value == NULL || value->kind == MIG_EXPR_NULL;
}

/* A literal, with a sign or a CAST perhaps, whatever parentheses are around it. */
static bool
is_constant(const MigExpr *value)
{
    bool sign = value->kind == MIG_EXPR_OPERATOR && value->n_args == 1 && value->text != NULL &&
                (strcmp(value->text, "-") == 0 || strcmp(value->text, "+") == 0);

    if ((sign || value->kind == MIG_EXPR_CAST) && value->n_args == 1)
        return is_constant(value->args[0]);
    /* A name without quotes stands for itself. */
    return value->kind == MIG_EXPR_LITERAL || value->kind == MIG_EXPR_NULL ||
           value->kind == MIG_EXPR_COLUMN;
}

static bool
keys_are_on(const MigLintContext *ctx)
{
    const char *setting = mig_catalog_setting(ctx->catalog, "foreign_keys");

    return setting != NULL &&
           (strcmp(setting, "1") == 0 || g_ascii_strcasecmp(setting, "on") == 0 ||
            g_ascii_strcasecmp(setting, "true") == 0 || g_ascii_strcasecmp(setting, "yes") == 0);
}

/* What is refused whatever is in the table; NULL: nothing. */
static const char *
refused_always(const MigChange *change)
{
    if (mig_lint_column_constraint(change, MIG_CONSTRAINT_PRIMARY_KEY) != NULL)
        return "a PRIMARY KEY";
    return mig_lint_column_constraint(change, MIG_CONSTRAINT_UNIQUE) != NULL ? "UNIQUE" : NULL;
}

/* What is refused if the table has rows; NULL: nothing. */
static const char *
refused_with_rows(const MigLintContext *ctx, const MigChange *change)
{
    const MigColumn *column = change->column;

    if (column->generated != MIG_GENERATED_NO)
        return column->generated == MIG_GENERATED_STORED ? "a STORED value" : NULL;
    /* NOT NULL without a default has a rule of its own, for all engines. */
    if (column->default_value != NULL && !is_constant(column->default_value))
        return "a default that isn't a constant";
    if (mig_lint_column_constraint(change, MIG_CONSTRAINT_FOREIGN_KEY) != NULL &&
        keys_are_on(ctx) && !is_null(column->default_value))
        return "REFERENCES with a default, foreign keys being on,";
    return NULL;
}

static void
add_steps(MigFinding *finding, const MigChange *change, const char *table)
{
    const char *column = change->column->name;

    mig_lint_clear_steps(finding);
    if (mig_lint_column_constraint(change, MIG_CONSTRAINT_UNIQUE) != NULL) {
        mig_lint_step(finding, "ALTER TABLE %s ADD COLUMN %s without UNIQUE.", table, column);
        mig_lint_step(finding, "CREATE UNIQUE INDEX %s_%s ON %s (%s);", table, column, table,
                      column);
    } else if (change->column->generated == MIG_GENERATED_STORED) {
        mig_lint_step(finding, "Make it VIRTUAL: an index on it keeps its values, too.");
    } else {
        mig_lint_step(finding, "Add %s without it, and fill it with an UPDATE.", column);
        mig_lint_step(finding, "Where it has to be in the schema, rebuild the table.");
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_ADD_COLUMN || change->column == NULL)
        return;

    const MigTable *table = mig_lint_table(ctx, &change->table);
    const char *name = mig_lint_name(ctx, &change->table);
    const char *always = refused_always(change);
    const char *with_rows = always == NULL ? refused_with_rows(ctx, change) : NULL;
    MigFinding *finding = NULL;
    if (always != NULL) {
        finding = mig_lint_report(ctx, change, "%s.%s can't be added with %s", name,
                                  change->column->name, always);
    } else if (with_rows != NULL && !mig_lint_made_here(ctx, &change->table)) {
        /* Only a table without any row takes it. */
        bool known = mig_lint_rows(ctx, table) > 0;
        finding = mig_lint_report_as(ctx, known ? MIG_SEVERITY_ERROR : MIG_SEVERITY_WARNING, change,
                                     "%s.%s can't be added with %s%s%s%s", name,
                                     change->column->name, with_rows, known ? "" : " if ",
                                     known ? "" : name, known ? "" : " has rows");
    }
    if (finding != NULL)
        add_steps(finding, change, name);
}

const MigRule mig_rule_sqlite_add_column_limits = {
    .id = "sqlite-add-column-limits",
    .engines = MIG_ENGINE_SQLITE,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .summary = "ADD COLUMN with what SQLite takes only in CREATE TABLE",
    .danger =
        "SQLite refuses it: rows that are there aren't written anew, so that the new column can "
        "have no value but NULL or a constant.",
    .steps = {"Add the column without it, and fill it with an UPDATE.",
              "Where it has to be in the schema, rebuild the table."},
    .manual = "SQLite, \"ALTER TABLE\", ALTER TABLE ADD COLUMN",
    .check = check,
};
