/* SPDX-License-Identifier: MIT */
/* Columns whose names aren't in snake_case. */
#include "lint/meaning.h"
#include "lint/naming.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintNamed *named)
{
    g_autofree char *better = mig_name_to_snake(named->name);

    if (named->column && !mig_name_is_snake(named->name) && !g_str_has_prefix(named->name, "_"))
        mig_lint_report_named(ctx, named, "the column's name %s isn't in snake_case, as %s is",
                              named->name, better);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_named(ctx, change, look);
}

const MigRule mig_rule_naming_column_case = {
    .id = "naming-column-case",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_NAMING,
    .summary = "a column's name that isn't in snake_case",
    .danger = "Names are written in several ways, and engines fold capitals in several ways.",
    .steps = {"Write lower-case words with _ between them."},
    .check = check,
};
