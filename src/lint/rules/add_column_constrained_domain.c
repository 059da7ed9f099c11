/* SPDX-License-Identifier: MIT */
/* A column of a domain whose constraints are checked for every row. */
#include "lint/action.h"
#include "lint/added.h"
#include "lint/rule.h"
#include "locks/postgres_type.h"

static bool
becomes_checked(const MigLintContext *ctx, const MigChange *change)
{
    if (change->kind == MIG_CHANGE_ADD_COLUMN)
        return mig_lint_added_cause(ctx, change) == MIG_ADDED_DOMAIN;
    return change->kind == MIG_CHANGE_ALTER_TYPE && change->column != NULL &&
           mig_postgres_domain_checks(&change->column->type, ctx->catalog) &&
           mig_lint_action_rewrites(ctx, change);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (!becomes_checked(ctx, change))
        return;
    MigFinding *finding = mig_lint_report(
        ctx, change, "the domain %s has constraints: all of %s is written anew to check them",
        change->column->type.name, mig_lint_name(ctx, &change->table));
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "Give %s the domain's base type.", change->name.name);
    mig_lint_step(finding,
                  "ALTER TABLE %s ADD CONSTRAINT ... CHECK (...) NOT VALID with the domain's "
                  "condition; VALIDATE CONSTRAINT in the next migration.",
                  mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_add_column_constrained_domain = {
    .id = "add-column-constrained-domain",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "A column of a domain that has constraints",
    .danger = "AccessExclusiveLock while the table and all of its indexes are written anew, with a "
              "constant default or none as well.",
    .steps = {"Use the domain's base type, and a CHECK ... NOT VALID on the table.",
              "VALIDATE CONSTRAINT in the next migration."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", Notes",
    .weaker = {"add-column-volatile-default", "change-column-type"},
    .check = check,
};
