/* SPDX-License-Identifier: MIT */
/* A domain that has constraints, which makes later changes dear. */
#include "lint/rule.h"

static bool
has_check(const MigColumn *column)
{
    for (size_t i = 0; i < column->n_constraints; i++) {
        if (column->constraints[i].kind == MIG_CONSTRAINT_CHECK)
            return true;
    }
    return false;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_CREATE_DOMAIN || change->column == NULL)
        return;
    bool checks = has_check(change->column);
    if (checks || change->column->not_null)
        mig_lint_report(ctx, change, "the domain %s has %s", mig_lint_name(ctx, &change->name),
                        checks ? "a CHECK" : "NOT NULL");
}

const MigRule mig_rule_domain_with_constraint = {
    .id = "domain-with-constraint",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .fix = MIG_RULE_FIX_NO,
    .summary = "A domain with constraints",
    .danger =
        "Up to PostgreSQL 18 every new column of it writes its table anew, and any change of its "
        "constraints locks and reads all tables that use it.",
    .steps = {"Put the CHECK on the column, where it can be added NOT VALID and validated later."},
    .manual = "PostgreSQL 16, \"ALTER DOMAIN\", Notes",
    .check = check,
};
