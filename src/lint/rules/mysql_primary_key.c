/* SPDX-License-Identifier: MIT */
/* A primary key that is added, dropped or replaced on a table in use. */
#include "lint/action.h"
#include "lint/mysql.h"
#include "lint/rule.h"
#include "lint/within.h"

static bool
is_added(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    (void)ctx;
    (void)data;
    return (change->kind == MIG_CHANGE_ADD_CONSTRAINT && change->constraint != NULL &&
            change->constraint->kind == MIG_CONSTRAINT_PRIMARY_KEY) ||
           (change->kind == MIG_CHANGE_ADD_COLUMN &&
            mig_lint_column_constraint(change, MIG_CONSTRAINT_PRIMARY_KEY) != NULL);
}

static bool
is_dropped(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    (void)ctx;
    (void)data;
    return change->kind == MIG_CHANGE_DROP_CONSTRAINT &&
           change->constraint_kind == MIG_CONSTRAINT_PRIMARY_KEY;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *table = mig_lint_name(ctx, &change->table);
    bool added = mig_lint_in_statement(ctx, is_added, NULL) != NULL;
    bool dropped = mig_lint_in_statement(ctx, is_dropped, NULL) != NULL;

    if (ctx->statement->impact->refused != NULL)
        return;
    if (is_dropped(ctx, change, NULL) && !added)
        mig_lint_report(ctx, change,
                        "dropping the primary key of %s copies it%s and leaves it without one",
                        table, ctx->statement->impact->concurrent_dml ? "" : " while writes wait");
    else if (is_dropped(ctx, change, NULL))
        mig_lint_report(ctx, change,
                        "replacing the primary key of %s rebuilds it and all its indexes", table);
    else if (is_added(ctx, change, NULL) && !dropped)
        mig_lint_report(ctx, change, "adding a primary key to %s rebuilds it and all its indexes",
                        table);
}

const MigRule mig_rule_mysql_primary_key = {
    .id = "mysql-primary-key",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .summary = "a primary key that is added, dropped or replaced on a table in use",
    .danger =
        "InnoDB keeps rows in the order of the primary key: the table and all its indexes are "
        "written anew. Without a key, replicas search each changed row by reading all of them.",
    .steps = {"Drop and add in one statement, so that there is no moment without a key.",
              "On a large table let an online schema change tool do it."},
    .manual = "MySQL 8.4, \"Online DDL Operations\", Primary Key Operations",
    .weaker = {"mysql-table-copy", "mysql-table-rebuild", "mysql-blocks-writes-inplace"},
    .check = check,
};
