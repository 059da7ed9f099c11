/* SPDX-License-Identifier: MIT */
/* SET NULL on a column that can't be NULL, SET DEFAULT on one without a default. */
#include "lint/keys.h"
#include "lint/rule.h"

static void
check_column(MigLintContext *ctx, const MigLintKey *key, const char *name, const char *event,
             MigReferentialAction action)
{
    MigLintKeyColumn column = mig_lint_key_column(ctx, key, name);
    const MigPlace place = {
        .statement = ctx->statement, .span = key->span, .nested = key->change->nested};

    if (!column.known || !column.not_null)
        return;
    if (action == MIG_ACTION_SET_NULL)
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "ON %s SET NULL fails: %s is NOT NULL", event, name);
    else if (action == MIG_ACTION_SET_DEFAULT && !column.has_default)
        mig_lint_report_at(ctx, mig_lint_severity(ctx), place,
                           "ON %s SET DEFAULT fails: %s is NOT NULL and has no default", event,
                           name);
}

static void
check_key(MigLintContext *ctx, const MigLintKey *key, gpointer data G_GNUC_UNUSED)
{
    const MigConstraint *constraint = key->constraint;

    for (size_t i = 0; i < constraint->n_columns; i++) {
        check_column(ctx, key, constraint->columns[i], "DELETE", constraint->on_delete);
        check_column(ctx, key, constraint->columns[i], "UPDATE", constraint->on_update);
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_key(ctx, change, MIG_CONSTRAINT_FOREIGN_KEY, check_key, NULL);
}

const MigRule mig_rule_on_delete_set_null_not_null = {
    .id = "on-delete-set-null-not-null",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "SET NULL by a foreign key whose column is NOT NULL",
    .danger = "MySQL refuses the key at once; PostgreSQL and SQLite refuse to delete each parent "
              "that has "
              "children, when it is tried.",
    .steps = {"Make the column nullable, or take RESTRICT or CASCADE."},
    .manual = "PostgreSQL 18, \"CREATE TABLE\", REFERENCES; MySQL 8.4, \"FOREIGN KEY Constraints\"",
    .check = check,
};
