/* SPDX-License-Identifier: MIT */
/* Unique keys whose names don't say whose they are. */
#include "lint/defined.h"
#include "lint/naming.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigChange *change, const MigConstraint *constraint)
{
    const char *name = constraint->name.name;

    if (constraint->kind != MIG_CONSTRAINT_UNIQUE || name == NULL || change->table.name == NULL ||
        mig_lint_name_fits(ctx, name, "uq_", change->table.name))
        return;
    mig_lint_report_part(ctx, mig_lint_naming_severity(ctx), change, constraint->name.span,
                         "the unique key %s doesn't say that it is of %s", name,
                         mig_lint_name(ctx, &change->table));
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_constraint(ctx, change, look);
    if (change->kind != MIG_CHANGE_CREATE_INDEX || change->index == NULL || ctx->down ||
        change->index->name.name == NULL || change->table.name == NULL || !change->index->unique)
        return;
    if (!mig_lint_name_fits(ctx, change->index->name.name, "uq_", change->table.name))
        mig_lint_report_part(ctx, mig_lint_naming_severity(ctx), change, change->index->name.span,
                             "the unique index %s doesn't say that it is of %s",
                             change->index->name.name, mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_naming_unique = {
    .id = "naming-unique",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_NAMING,
    .summary = "a unique key whose name doesn't say its table",
    .danger = "Whoever reads it has to look up what it belongs to.",
    .steps = {"Call it uq_{table}_{columns}."},
    .check = check,
};
