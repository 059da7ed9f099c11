/* SPDX-License-Identifier: MIT */
/* A UNIQUE constraint that builds its index while the table is locked. */
#include "lint/action.h"
#include "lint/rule.h"

static void
add_steps(MigLintContext *ctx, MigFinding *finding, const MigChange *change,
          const MigConstraint *key)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const char *name = mig_lint_name(ctx, &change->table);
    const char *columns = mig_lint_list(ctx, key->columns, key->n_columns);
    const char *index = key->name.name != NULL
                            ? key->name.name
                            : mig_lint_format(ctx, "uq_%s_%s", change->table.name, key->columns[0]);

    mig_lint_clear_steps(finding);
    if (table != NULL && table->kind == MIG_RELATION_PARTITIONED) {
        mig_lint_step(finding, "CREATE UNIQUE INDEX %s ON ONLY %s, over %s.", index, name, columns);
        mig_lint_step(finding,
                      "CREATE UNIQUE INDEX CONCURRENTLY on each partition, and ALTER INDEX "
                      "%s ATTACH PARTITION for each: USING INDEX isn't for partitioned "
                      "tables.",
                      index);
        return;
    }
    if (change->kind == MIG_CHANGE_ADD_COLUMN)
        mig_lint_step(finding, "ADD COLUMN %s without UNIQUE.", columns);
    else
        mig_lint_step(finding, "Remove duplicates in %s.", columns);
    mig_lint_step(finding,
                  "CREATE UNIQUE INDEX CONCURRENTLY %s on %s, over %s, in a migration of "
                  "its own.",
                  index, name, columns);
    mig_lint_step(finding,
                  "In the next migration: ALTER TABLE %s ADD CONSTRAINT %s UNIQUE USING "
                  "INDEX %s, which reads nothing.",
                  name, index, index);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigConstraint *key = NULL;

    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
        change->constraint->kind == MIG_CONSTRAINT_UNIQUE)
        key = change->constraint;
    else if (mig_lint_adds_column(ctx, change))
        key = mig_lint_column_constraint(change, MIG_CONSTRAINT_UNIQUE);
    if (key == NULL || key->using_index != NULL || key->n_columns == 0)
        return;

    MigFinding *finding = mig_lint_report(
        ctx, change, "the unique index over %s is built while reads and writes of %s wait",
        mig_lint_list(ctx, key->columns, key->n_columns), mig_lint_name(ctx, &change->table));
    add_steps(ctx, finding, change, key);
}

const MigRule mig_rule_add_unique_builds_index = {
    .id = "add-unique-builds-index",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "A UNIQUE constraint that builds its own index",
    .danger = "AccessExclusiveLock while a unique index is built over the whole table: reads and "
              "writes wait.",
    .steps = {"Remove duplicates.", "CREATE UNIQUE INDEX CONCURRENTLY in a migration of its own.",
              "In the next migration: ADD CONSTRAINT ... UNIQUE USING INDEX, which reads nothing."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", ADD table_constraint_using_index",
    .check = check,
};
