/* SPDX-License-Identifier: MIT */
/* What the engine's parser rejects. */
#include "lint/rule.h"

static void
check_statement(MigLintContext *ctx)
{
    const MigChanges *changes = ctx->statement->changes;

    bool newer = changes->status == MIG_PARSE_NEWER || changes->status == MIG_PARSE_TOO_DEEP;

    if (changes->status != MIG_PARSE_SYNTAX && !newer)
        return;

    const MigPlace place = {.statement = ctx->statement, .span = changes->where};
    if (newer) {
        mig_lint_report_at(ctx, MIG_SEVERITY_INFO, place, "this statement was not analysed: %s",
                           changes->message != NULL ? changes->message : "it can't be read");
        return;
    }
    mig_lint_report_at(ctx, mig_lint_severity(ctx), place, "%s can't read this statement: %s",
                       mig_engine_title(ctx->engine),
                       changes->message != NULL ? changes->message : "syntax error");
}

const MigRule mig_rule_syntax_error = {
    .id = "syntax-error",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "the statement is no SQL of this engine",
    .danger = "The server refuses the statement, and the migration stops there.",
    .steps =
        {"Correct the statement where it is marked.",
         "If it is meant for another engine, say so with --engine or a section of that engine."},
    .manual = "the engine's manual, \"SQL Syntax\"",
    .check_statement = check_statement,
};
