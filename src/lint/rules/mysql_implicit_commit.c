/* SPDX-License-Identifier: MIT */
/* DDL between BEGIN and COMMIT, which commits what came before. */
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

static bool
is_boundary(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    (void)ctx;
    (void)data;
    return change->kind == MIG_CHANGE_TRANSACTION && change->text != NULL &&
           (strcmp(change->text, "begin") == 0 || strcmp(change->text, "commit") == 0 ||
            strcmp(change->text, "rollback") == 0);
}

/* ALTER, CREATE and DROP of tables, their parts and views; a temporary table commits nothing. */
static bool
commits(const MigChange *change)
{
    if (change->in_body || change->temporary)
        return false;
    return (change->kind >= MIG_CHANGE_CREATE_TABLE && change->kind <= MIG_CHANGE_DROP_VIEW) ||
           change->kind == MIG_CHANGE_CREATE_TRIGGER || change->kind == MIG_CHANGE_DROP_TRIGGER ||
           change->kind == MIG_CHANGE_CREATE_ROUTINE || change->kind == MIG_CHANGE_DROP_ROUTINE ||
           change->kind == MIG_CHANGE_TRUNCATE;
}

static void
check_statement(MigLintContext *ctx)
{
    const MigChanges *changes = ctx->statement->changes;

    if (changes->n_changes == 0 || !commits(&changes->changes[0]))
        return;
    const MigChange *boundary = mig_lint_before(ctx, is_boundary, NULL);
    if (boundary == NULL || strcmp(boundary->text, "begin") != 0)
        return;
    mig_lint_report(ctx, &changes->changes[0],
                    "it commits the transaction that was begun, which can't be rolled back any "
                    "more");
}

const MigRule mig_rule_mysql_implicit_commit = {
    .id = "mysql-implicit-commit",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BACK,
    .summary = "DDL between BEGIN and COMMIT, which commits what came before",
    .danger =
        "MySQL has no DDL in transactions: it commits before and after each such statement, so "
        "that a failure leaves the first half done.",
    .steps =
        {"Leave BEGIN and COMMIT out where there is DDL: the runner notes each statement that is "
         "done, and goes on behind it.",
         "Put data that has to change together into a migration of its own."},
    .manual = "MySQL 8.4, \"Statements That Cause an Implicit Commit\"",
    .check_statement = check_statement,
};
