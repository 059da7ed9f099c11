/* SPDX-License-Identifier: MIT */
/* A primary key that builds its index while the table is locked. */
#include "lint/action.h"
#include "lint/rule.h"

/* (borrowed) the key's columns that may have NULLs, as the catalog knows. */
static const char *
list_nullable(MigLintContext *ctx, const MigChange *change, const MigConstraint *key)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (size_t i = 0; i < key->n_columns; i++) {
        const MigTableColumn *column = mig_lint_column(ctx, &change->table, key->columns[i]);
        if (column != NULL && column->not_null_known && !column->not_null)
            g_ptr_array_add(names, (gpointer)(uintptr_t)key->columns[i]);
    }
    return names->len > 0 ? mig_lint_list(ctx, (const char *const *)names->pdata, names->len)
                          : NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigConstraint *key = NULL;

    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
        change->constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY)
        key = change->constraint;
    else if (mig_lint_adds_column(ctx, change))
        key = mig_lint_column_constraint(change, MIG_CONSTRAINT_PRIMARY_KEY);
    if (key == NULL || key->using_index != NULL || key->n_columns == 0)
        return;

    const char *columns = mig_lint_list(ctx, key->columns, key->n_columns);
    const char *name = mig_lint_name(ctx, &change->table);
    const char *nullable = list_nullable(ctx, change, key);
    const char *wanted = key->name.name != NULL
                             ? key->name.name
                             : mig_lint_format(ctx, "%s_pkey", change->table.name);
    MigFinding *finding = mig_lint_report(
        ctx, change, "the primary key's index over %s is built while reads and writes of %s wait",
        columns, name);
    mig_lint_clear_steps(finding);
    if (change->kind == MIG_CHANGE_ADD_COLUMN)
        mig_lint_step(finding, "ADD COLUMN %s without PRIMARY KEY, and fill it in batches.",
                      columns);
    if (change->kind == MIG_CHANGE_ADD_COLUMN || nullable != NULL)
        mig_lint_step(finding, "Make %s NOT NULL the safe way: see set-not-null-scan.",
                      nullable != NULL ? nullable : columns);
    mig_lint_step(finding,
                  "CREATE UNIQUE INDEX CONCURRENTLY %s on %s, over %s, in a migration of "
                  "its own.",
                  wanted, name, columns);
    mig_lint_step(finding,
                  "In the next migration: ALTER TABLE %s ADD CONSTRAINT %s PRIMARY KEY USING "
                  "INDEX %s.",
                  name, wanted, wanted);
}

const MigRule mig_rule_add_primary_key_builds_index = {
    .id = "add-primary-key-builds-index",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "A primary key that builds its own index",
    .danger = "AccessExclusiveLock while the index is built, and while every row is read for NULLs "
              "if a column of the key is nullable: reads and writes wait.",
    .steps = {"Make the columns NOT NULL the safe way: see set-not-null-scan.",
              "CREATE UNIQUE INDEX CONCURRENTLY in a migration of its own.",
              "In the next migration: ADD CONSTRAINT ... PRIMARY KEY USING INDEX."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", ADD table_constraint_using_index",
    .check = check,
};
