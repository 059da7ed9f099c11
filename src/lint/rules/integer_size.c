/* SPDX-License-Identifier: MIT */
/* Integers of less than 8 bytes. */
#include "lint/defined.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    const MigType *type = &defined->column->type;

    if (!mig_lint_is_small_integer(ctx, type) || mig_lint_values(ctx, type) != MIG_VALUES_INTEGER)
        return;
    MigFinding *finding = mig_lint_report_defined(ctx, mig_lint_severity(ctx), defined,
                                                  "%s has less than 8 bytes", defined->shown);
    bool serial = ctx->engine == MIG_ENGINE_POSTGRES && g_str_has_suffix(type->name, "serial");
    mig_lint_fix_type(ctx, finding, defined,
                      serial              ? "bigserial"
                      : type->is_unsigned ? "bigint unsigned"
                                          : "bigint");
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_integer_size = {
    .id = "integer-size",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .off = true,
    .fix = MIG_RULE_FIX_YES,
    .summary = "an integer of less than 8 bytes",
    .danger = "A number that outgrows its type fails, and a wider one means writing the whole "
              "table anew.",
    .steps = {"Take bigint."},
    .manual = "PostgreSQL 18, \"Numeric Types\", Integer Types",
    .check = check,
};
