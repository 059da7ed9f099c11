/* SPDX-License-Identifier: MIT */
/* ALGORITHM or LOCK that the server can't do. */
#include "lint/mysql.h"
#include "lint/rule.h"

static bool
is_about_clauses(const char *code)
{
    static const char *const codes[] = {"1845", "1846", "1221", NULL};

    return code != NULL && g_strv_contains(codes, code);
}

static void
check_statement(MigLintContext *ctx)
{
    const MigImpact *impact = ctx->statement->impact;

    if (!is_about_clauses(impact->refused_code) || ctx->statement->changes->n_changes == 0)
        return;
    /* Without the present type the best algorithm is a guess. */
    for (size_t i = 0; i < ctx->statement->changes->n_changes; i++) {
        const MigChange *change = &ctx->statement->changes->changes[i];
        const MigTable *table = mig_lint_table(ctx, &change->table);
        if (table == NULL || table->assumed || !table->columns_known)
            return;
    }
    mig_lint_report(ctx, &ctx->statement->changes->changes[0], "the server refuses it: %s",
                    impact->refused);
}

const MigRule mig_rule_mysql_algorithm_refused = {
    .id = "mysql-algorithm-refused",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .summary = "ALGORITHM or LOCK that the server can't do",
    .danger = "The server refuses the statement before anything is done, and the migration stops.",
    .steps = {"Find a way that needs no copy: a new column, a backfill, a swap.",
              "Or state the algorithm that it takes, once it is clear that the table may wait."},
    .manual = "MySQL 8.4, \"Online DDL Performance and Concurrency\"",
    .check_statement = check_statement,
};
