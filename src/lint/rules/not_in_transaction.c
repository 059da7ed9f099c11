/* SPDX-License-Identifier: MIT */
/* VACUUM, CREATE DATABASE and others that the server refuses in a transaction. */
#include "lint/rule.h"
#include "lint/within.h"

/* Whether the file does something beside it, so that there are two parts of it. */
static bool
has_company(const MigLintContext *ctx)
{
    const GArray *units = ctx->step->step->units;
    unsigned n = 0;

    for (guint i = 0; i < units->len; i++)
        n += g_array_index(units, MigUnit, i).kind != MIG_UNIT_SESSION;
    return n > 1;
}

/* CONCURRENTLY and new values of an enum have rules of their own. */
static bool
is_told_elsewhere(const MigChange *change)
{
    return change->concurrently || change->kind == MIG_CHANGE_ADD_ENUM_VALUE ||
           change->kind == MIG_CHANGE_TRANSACTION;
}

static void
check_statement(MigLintContext *ctx)
{
    const MigChanges *changes = ctx->statement->changes;
    const MigScript *script = ctx->step->step->script;
    const MigStatement *statement = mig_script_statement(script, ctx->statement->index);

    if (changes->n_changes == 0 || is_told_elsewhere(&changes->changes[0]) ||
        mig_statement_transaction(script->text + statement->offset, statement->length, ctx->engine,
                                  ctx->version) != MIG_TRANSACTION_NEVER)
        return;
    if (mig_lint_transaction(ctx) == MIG_LINT_TRANSACTION_AUTHORS)
        mig_lint_report(ctx, &changes->changes[0], "%s",
                        "the server refuses this in the file's own transaction");
    else if (has_company(ctx))
        mig_lint_report_as(
            ctx, MIG_SEVERITY_INFO, &changes->changes[0], "%s",
            "this runs outside of the transaction: the file isn't done as a whole or "
            "not at all");
}

const MigRule mig_rule_not_in_transaction = {
    .id = "not-in-transaction",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_SQLITE,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "a statement that can't be in a transaction",
    .danger =
        "Inside of BEGIN and COMMIT the server refuses it; elsewhere the runner takes it out of "
        "the transaction, and what came before it stays if it fails.",
    .steps = {"Put it into a migration of its own."},
    .manual = "PostgreSQL 18, the Notes of each command; SQLite, \"VACUUM\"",
    .check_statement = check_statement,
};
