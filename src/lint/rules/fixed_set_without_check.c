/* SPDX-License-Identifier: MIT */
/* A status that may be any string. */
#include "lint/defined.h"
#include "lint/meaning.h"
#include "lint/rule.h"

/* Of an address it is a part of the country, and no set of ours. */
static bool
is_of_address(const MigChange *change)
{
    const MigCreateTable *create = change->create_table;

    for (size_t i = 0; create != NULL && i < create->n_columns; i++) {
        if (mig_name_ends(create->columns[i].name, "city zip postcode zipcode street country"))
            return true;
    }
    return false;
}

static void
look(MigLintContext *ctx, const MigLintDefined *defined)
{
    const MigType *type = &defined->column->type;

    if (!defined->whole || mig_lint_values(ctx, type) != MIG_VALUES_STRING || type->dimensions > 0)
        return;
    if (!mig_name_is(defined->name, "status state type kind role level") &&
        !mig_name_ends(defined->name, "status"))
        return;
    if (mig_name_is(defined->name, "state") &&
        (defined->change->create_table == NULL || is_of_address(defined->change)))
        return;
    if (defined->column->generated != MIG_GENERATED_NO ||
        mig_lint_defined_constraint(ctx, defined, MIG_CONSTRAINT_CHECK) != NULL ||
        mig_lint_defined_constraint(ctx, defined, MIG_CONSTRAINT_FOREIGN_KEY) != NULL ||
        mig_lint_defined_constraint(ctx, defined, MIG_CONSTRAINT_PRIMARY_KEY) != NULL)
        return;
    mig_lint_report_defined(ctx, mig_lint_severity(ctx), defined, "%s takes any string",
                            defined->shown);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_defined(ctx, change, look);
}

const MigRule mig_rule_fixed_set_without_check = {
    .id = "fixed-set-without-check",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .summary = "a status, kind or role that takes any string",
    .danger = "Typing errors and forgotten values get in, and every reader has to expect them.",
    .steps =
        {"Add CHECK (status IN (...)), on a table in use as NOT VALID and validated after that.",
         "Or reference a lookup table."},
    .check = check,
};
