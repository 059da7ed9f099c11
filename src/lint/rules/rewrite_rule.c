/* SPDX-License-Identifier: MIT */
/* Rules, which change queries. */
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    /* On a view it is how one could write to it before there were INSTEAD OF triggers. */
    if (change->kind == MIG_CHANGE_CREATE_RULE && !ctx->down &&
        (table == NULL || table->kind == MIG_RELATION_TABLE ||
         table->kind == MIG_RELATION_PARTITIONED))
        mig_lint_report(ctx, change, "the rule %s changes what queries of %s do",
                        mig_lint_name(ctx, &change->name), mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_rewrite_rule = {
    .id = "rewrite-rule",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .summary = "CREATE RULE",
    .danger = "It puts its text in place of a query's: volatile expressions are evaluated several "
              "times, and counts of rows and RETURNING surprise.",
    .steps = {"Write a trigger."},
    .manual = "PostgreSQL 18, \"Rules Versus Triggers\"",
    .check = check,
};
