/* SPDX-License-Identifier: MIT */
/* A PRAGMA or VACUUM that can't be in the transaction that it stands in. */
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

static bool
is_writing(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    (void)ctx;
    (void)data;
    return change->kind != MIG_CHANGE_SET && change->kind != MIG_CHANGE_UNKNOWN;
}

static bool
has_more(const MigLintContext *ctx)
{
    return ctx->statement->index + 1 < ctx->step->step->script->statements->len;
}

static void
check_setting(MigLintContext *ctx, const MigChange *change, const char *name)
{
    bool keys = strcmp(name, "foreign_keys") == 0;

    if ((!keys && strcmp(name, "journal_mode") != 0) ||
        mig_lint_before(ctx, is_writing, NULL) == NULL)
        return;
    if (mig_lint_in_transaction(ctx))
        mig_lint_report(ctx, change,
                        keys ? "PRAGMA foreign_keys does nothing in a transaction"
                             : "PRAGMA journal_mode can't change it in a transaction");
    else if (has_more(ctx))
        mig_lint_report_as(
            ctx, MIG_SEVERITY_WARNING, change,
            "PRAGMA %s is executed outside of a transaction: what is before it stays "
            "if something behind it fails",
            name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind == MIG_CHANGE_VACUUM && mig_lint_in_transaction(ctx))
        mig_lint_report(ctx, change, "VACUUM is refused in a transaction");
    if (change->kind != MIG_CHANGE_SET || g_strcmp0(change->text, "pragma") != 0)
        return;
    for (size_t i = 0; i < change->n_options; i++) {
        if (change->options[i].value != NULL)
            check_setting(ctx, change, change->options[i].name);
    }
}

const MigRule mig_rule_sqlite_pragma_in_transaction = {
    .id = "sqlite-pragma-in-transaction",
    .engines = MIG_ENGINE_SQLITE,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_SOURCE,
    .summary = "a PRAGMA or VACUUM that can't be in a transaction",
    .danger =
        "PRAGMA foreign_keys is ignored there without a word, so that a rebuild after it deletes "
        "the rows of children; journal_mode and VACUUM are refused.",
    .steps = {"Write the PRAGMA as the first statement of the file: it is then executed before the "
              "transaction begins.",
              "Put VACUUM into a migration of its own."},
    .manual = "SQLite, \"PRAGMA Statements\", foreign_keys; \"VACUUM\"",
    .check = check,
};
