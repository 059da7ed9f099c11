/* SPDX-License-Identifier: MIT */
/* Enumerated types. */
#include "lint/defined.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    if (ctx->engine != MIG_ENGINE_POSTGRES && defined->column->type.n_values > 0 &&
        mig_lint_type_named(&defined->column->type, "enum"))
        mig_lint_report_defined(ctx, mig_lint_severity(ctx), defined,
                                "the values of %s are part of its type", defined->shown);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
    if (change->kind == MIG_CHANGE_CREATE_ENUM && !ctx->down)
        mig_lint_report(ctx, change, "values of the enum %s can't be taken out again",
                        mig_lint_name(ctx, &change->name));
}

const MigRule mig_rule_enum_type = {
    .id = "enum-type",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .summary = "an enumerated type",
    .danger = "Values can't be taken out again and their order is fixed; each new one is a change "
              "of the schema.",
    .steps = {"Take varchar with a CHECK, or a lookup table."},
    .manual = "PostgreSQL 18, \"Enumerated Types\"; MySQL 8.4, \"The ENUM Type\"",
    .check = check,
};
