/* SPDX-License-Identifier: MIT */
/* COMMIT or ROLLBACK in a DO block that runs in a transaction. */
#include "lint/rule.h"

#include <string.h>

static void
check(MigLintContext *ctx, const MigChange *change)
{
    bool old = ctx->version != 0 && ctx->version < 110000;

    if (change->kind != MIG_CHANGE_TRANSACTION || !change->nested ||
        (strcmp(change->text, "commit") != 0 && strcmp(change->text, "rollback") != 0))
        return;
    if (old || mig_lint_in_transaction(ctx))
        mig_lint_report(ctx, change, "%s in a DO block fails %s",
                        strcmp(change->text, "commit") == 0 ? "COMMIT" : "ROLLBACK",
                        old ? "before PostgreSQL 11" : "while the migration is in a transaction");
}

const MigRule mig_rule_do_block_commits = {
    .id = "do-block-commits",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "COMMIT in a DO block that runs in a transaction",
    .danger = "It ends with \"invalid transaction termination\" when it comes to the COMMIT.",
    .steps = {"Write `-- migrate:no-transaction` before the DO, in a migration of its own."},
    .manual = "PostgreSQL 18, \"PL/pgSQL\", Transaction Management",
    .check = check,
};
