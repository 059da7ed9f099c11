/* SPDX-License-Identifier: MIT */
/* ALGORITHM=COPY or a LOCK where the server could do better. */
#include "lint/columns.h"
#include "lint/mysql.h"
#include "lint/rule.h"

#include <string.h>

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_SET || change->n_options == 0)
        return;

    const char *algorithm = mig_lint_option(change->options, change->n_options, "alter_algorithm");
    const char *old = mig_lint_option(change->options, change->n_options, "old_alter_table");
    if (algorithm != NULL && g_ascii_strcasecmp(algorithm, "copy") == 0)
        mig_lint_report(ctx, change, "alter_algorithm = COPY makes every ALTER copy its table");
    if (old != NULL && (strcmp(old, "1") == 0 || g_ascii_strcasecmp(old, "on") == 0))
        mig_lint_report(ctx, change, "old_alter_table makes every ALTER copy its table");
}

static void
check_statement(MigLintContext *ctx)
{
    static const char *const locks[] = {
        [MIG_LOCK_CLAUSE_SHARED] = "LOCK=SHARED",
        [MIG_LOCK_CLAUSE_EXCLUSIVE] = "LOCK=EXCLUSIVE",
    };
    const MigChanges *changes = ctx->statement->changes;

    if (changes->n_changes == 0 || ctx->statement->impact->refused != NULL)
        return;
    const MigChange *first = &changes->changes[0];
    const char *table = mig_lint_name(ctx, &first->table);
    g_autoptr(MigImpact) best = mig_mysql_best(ctx);
    if (best->algorithm == MIG_ALGORITHM_UNSAID)
        return;
    if (changes->algorithm == MIG_ALGORITHM_COPY && best->algorithm != MIG_ALGORITHM_COPY)
        mig_lint_report(ctx, first, "ALGORITHM=COPY copies all of %s, which isn't needed", table);
    else if (changes->lock >= MIG_LOCK_CLAUSE_SHARED && changes->lock > best->lock)
        mig_lint_report(
            ctx, first, "%s makes %s to %s wait, which isn't needed", locks[changes->lock],
            changes->lock == MIG_LOCK_CLAUSE_SHARED ? "writes" : "reads and writes", table);
}

const MigRule mig_rule_mysql_explicit_copy_or_lock = {
    .id = "mysql-explicit-copy-or-lock",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .summary = "ALGORITHM=COPY or a LOCK where the server could do better",
    .danger =
        "Others wait for as long as the statement works on the table, although it could be done "
        "while they go on.",
    .steps =
        {"Leave the clause out, or state the best that the action allows: ALGORITHM=INSTANT, or "
         "ALGORITHM=INPLACE, LOCK=NONE."},
    .manual = "MySQL 8.4, \"ALTER TABLE Statement\", Concurrency Control",
    .check = check,
    .check_statement = check_statement,
};
