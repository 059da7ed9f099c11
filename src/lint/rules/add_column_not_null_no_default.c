/* SPDX-License-Identifier: MIT */
/* ADD COLUMN ... NOT NULL without a value for the rows that are there. */
#include "lint/rule.h"

/* Whether rows that are there get a value for it. */
static bool
has_value(const MigLintContext *ctx, const MigColumn *column)
{
    const MigUserType *type = NULL;

    if (column->generated != MIG_GENERATED_NO || column->identity != MIG_IDENTITY_NO ||
        column->auto_increment)
        return true;
    if (column->default_value != NULL)
        return column->default_value->kind != MIG_EXPR_NULL;
    if (column->type.name == NULL)
        return false;
    if (g_str_has_suffix(column->type.name, "serial"))
        return true;
    /* A domain may bring a default, and what isn't known may be one. */
    return column->type.schema != NULL ||
           (mig_catalog_type(ctx->catalog, column->type.schema, column->type.name, &type) ==
                MIG_LOOKUP_FOUND &&
            type->default_value != NULL);
}

static void
add_steps(MigLintContext *ctx, MigFinding *finding, const MigChange *change)
{
    const char *table = mig_lint_name(ctx, &change->table);
    const char *column = change->column->name;

    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "With a constant DEFAULT the column can be added in one step%s.",
                  ctx->engine == MIG_ENGINE_POSTGRES && ctx->version != 0 && ctx->version < 110000
                      ? ", but before PostgreSQL 11 that rewrites the table"
                      : "");
    mig_lint_step(finding, "Else add %s without NOT NULL, and let the code write it.", column);
    mig_lint_step(finding, "Then fill the rows that are there, in batches.");
    if (ctx->engine == MIG_ENGINE_POSTGRES)
        mig_lint_step(finding,
                      "Then ALTER TABLE %s ADD CHECK (%s IS NOT NULL) NOT VALID, VALIDATE it, and "
                      "SET NOT NULL.",
                      table, column);
    else
        mig_lint_step(finding, "Then make it NOT NULL, which on SQLite rebuilds the table.");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_ADD_COLUMN || !change->column->not_null ||
        has_value(ctx, change->column))
        return;

    const MigTable *table = mig_lint_table(ctx, &change->table);
    bool there = change->if_not_exists && table != NULL &&
                 mig_table_column(table, change->column->name) != NULL;
    if (mig_lint_is_new(ctx, table) || there || (table != NULL && table->temporary))
        return;

    MigSeverity severity =
        mig_lint_rows(ctx, table) == 0 ? MIG_SEVERITY_INFO : mig_lint_severity(ctx);
    MigFinding *finding =
        mig_lint_report_as(ctx, severity, change, "%s has no value for the rows that %s holds%s",
                           change->column->name, mig_lint_name(ctx, &change->table),
                           table == NULL || table->assumed ? ", assuming that it exists" : "");
    add_steps(ctx, finding, change);
}

const MigRule mig_rule_add_column_not_null_no_default = {
    .id = "add-column-not-null-no-default",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_SQLITE,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "ADD COLUMN ... NOT NULL without a default",
    .danger = "It fails as soon as the table has a row, so in production if not in a test; and "
              "INSERTs of code that doesn't know the column fail.",
    .steps = {"Give it a constant DEFAULT, or add it nullable, fill it, and then set NOT NULL."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", ADD COLUMN; SQLite, \"ALTER TABLE ADD COLUMN\"",
    .check = check,
};
