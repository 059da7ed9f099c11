/* SPDX-License-Identifier: MIT */
/* OFFSET that reads rows to throw them away. */
#include "lint/queries.h"
#include "lint/rule.h"

#define MAX_OFFSET 1000

static void
visit(MigLintContext *ctx, const MigLintScope *scope)
{
    const MigExpr *offset = scope->query->offset;

    if (offset == NULL || (scope->use != MIG_LINT_OF_ROUTINE && scope->use != MIG_LINT_OF_VIEW &&
                           scope->use != MIG_LINT_OF_DATA))
        return;
    if (offset->kind == MIG_EXPR_LITERAL) {
        if (offset->text == NULL || g_ascii_strtoll(offset->text, NULL, 10) <= MAX_OFFSET)
            return;
        mig_lint_report_span(ctx, mig_lint_severity(ctx), scope, offset->span,
                             "OFFSET %s reads as many rows to throw them away", offset->text);
    } else if (scope->use == MIG_LINT_OF_ROUTINE && offset->kind != MIG_EXPR_NULL) {
        mig_lint_report_span(ctx, mig_lint_severity(ctx), scope, offset->span,
                             "OFFSET reads all rows of the pages before, and throws them away");
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    static const MigLintQueryVisitor visitor = {.query = visit};

    mig_lint_each_query(ctx, change, &visitor);
}

const MigRule mig_rule_offset_pagination = {
    .id = "offset-pagination",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "OFFSET that reads many rows to throw them away",
    .danger = "The further the page, the longer it takes; and rows that come or go meanwhile are "
              "missed, or seen twice.",
    .steps = {"Ask for what comes behind the last row seen: WHERE (sort_column, id) > (last, "
              "last_id) ORDER BY sort_column, id LIMIT n."},
    .check = check,
    .check_body = check,
};
