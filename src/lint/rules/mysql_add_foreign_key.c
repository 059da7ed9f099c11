/* SPDX-License-Identifier: MIT */
/* ADD FOREIGN KEY, which copies the table. */
#include "lint/action.h"
#include "lint/mysql.h"
#include "lint/rule.h"

static const MigConstraint *
key_of(const MigChange *change)
{
    if (change->kind == MIG_CHANGE_ADD_COLUMN)
        return mig_lint_column_constraint(change, MIG_CONSTRAINT_FOREIGN_KEY);
    if (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
        change->constraint->kind == MIG_CONSTRAINT_FOREIGN_KEY)
        return change->constraint;
    return NULL;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigConstraint *key = key_of(change);

    if (key == NULL || !mig_mysql_checks_keys(ctx) ||
        !mig_mysql_blames(ctx, change, MIG_MYSQL_COST_COPY))
        return;
    const char *table = mig_lint_name(ctx, &change->table);
    const char *parent = mig_lint_name(ctx, &key->references);
    if (ctx->statement->impact->concurrent_dml)
        mig_lint_report_as(ctx, MIG_SEVERITY_WARNING, change,
                           "the foreign key from %s to %s copies all of %s", table, parent, table);
    else
        mig_lint_report(ctx, change,
                        "the foreign key from %s to %s copies all of %s while writes wait", table,
                        parent, table);
}

const MigRule mig_rule_mysql_add_foreign_key = {
    .id = "mysql-add-foreign-key",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .summary = "ADD FOREIGN KEY, which copies the table",
    .danger = "With foreign_key_checks on, the table is copied row by row while writes to it wait; "
              "rows without a parent make it fail in the end.",
    .steps = {"Make the key together with the table.",
              "Or add it when few write: first the index on its columns, then the key.",
              "Or prove by a query that there are no orphans, keep the query under VERIFY, and add "
              "the key with foreign_key_checks off, which tests nothing and is done in place."},
    .manual = "MySQL 8.4, \"Online DDL Operations\", Foreign Key Operations",
    .weaker = {"mysql-table-copy", "mysql-algorithm-unstated"},
    .check = check,
};
