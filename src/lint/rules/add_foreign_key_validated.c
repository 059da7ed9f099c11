/* SPDX-License-Identifier: MIT */
/* A foreign key that looks up every row while it is added. */
#include "lint/action.h"
#include "lint/rule.h"

static const MigConstraint *
validated_key(const MigLintContext *ctx, const MigChange *change)
{
    const MigConstraint *key = NULL;

    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
        change->constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY)
        key = change->constraint;
    /* Without a default all of a new column is NULL, which references nothing. */
    else if (mig_lint_adds_column(ctx, change) && change->column->default_value != NULL &&
             change->column->default_value->kind != MIG_EXPR_NULL)
        key = mig_lint_column_constraint(change, MIG_CONSTRAINT_FOREIGN_KEY);
    return key != NULL && !key->not_valid && !key->not_enforced ? key : NULL;
}

static void
add_steps(MigLintContext *ctx, MigFinding *finding, const MigChange *change,
          const MigConstraint *key)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const char *name = mig_lint_name(ctx, &change->table);
    const char *columns = mig_lint_list(ctx, key->columns, key->n_columns);
    const char *wanted = key->name.name != NULL
                             ? key->name.name
                             : mig_lint_format(ctx, "fk_%s_%s", change->table.name,
                                               key->n_columns > 0 ? key->columns[0] : "key");

    mig_lint_clear_steps(finding);
    if (change->kind == MIG_CHANGE_ADD_COLUMN)
        mig_lint_step(finding, "ADD COLUMN %s without REFERENCES.", columns);
    if (table != NULL && table->kind == MIG_RELATION_PARTITIONED &&
        mig_lint_is_before(ctx, 180000)) {
        mig_lint_step(finding,
                      "Before PostgreSQL 18 a partitioned table takes no NOT VALID key: add "
                      "it NOT VALID to each partition and validate it there.");
        mig_lint_step(finding, "Then add it to %s, which finds the partitions' own.", name);
        return;
    }
    mig_lint_step(finding, "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY ... NOT VALID.", name,
                  wanted);
    mig_lint_step(finding,
                  "In the next migration: ALTER TABLE %s VALIDATE CONSTRAINT %s, for which "
                  "nothing waits.",
                  name, wanted);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigConstraint *key = validated_key(ctx, change);

    if (key == NULL)
        return;
    const char *child = mig_lint_name(ctx, &change->table);
    const char *parent = mig_lint_name(ctx, &key->references);
    bool column = change->kind == MIG_CHANGE_ADD_COLUMN;
    MigFinding *finding = mig_lint_report(
        ctx, change, "every row of %s is looked up in %s while %s wait", child, parent,
        column ? mig_lint_format(ctx, "reads and writes of %s", child)
               : mig_lint_format(ctx, "writes to both"));
    if (column)
        mig_lint_danger(finding,
                        "AccessExclusiveLock on the table, and ShareRowExclusiveLock on the "
                        "one that it references, while every row is looked up.");
    add_steps(ctx, finding, change, key);
}

const MigRule mig_rule_add_foreign_key_validated = {
    .id = "add-foreign-key-validated",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "A foreign key without NOT VALID",
    .danger = "ShareRowExclusiveLock on both tables while every row is looked up: writes to both "
              "wait, reads go on.",
    .steps = {"ADD CONSTRAINT ... FOREIGN KEY ... NOT VALID.",
              "In the next migration: VALIDATE CONSTRAINT, for which nothing waits."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", Notes",
    .weaker = {"foreign-key-locks-parent"},
    .check = check,
};
