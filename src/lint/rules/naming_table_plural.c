/* SPDX-License-Identifier: MIT */
/* Tables that are named in the singular. */
#include "lint/meaning.h"
#include "lint/naming.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintNamed *named)
{
    const MigCreateTable *create = named->change->create_table;

    if (named->column || !mig_name_is_singular(named->name) ||
        (create != NULL && (create->partition_of.name != NULL || create->query != NULL)))
        return;
    g_autofree char *better = mig_name_plural(named->name);
    mig_lint_report_named(ctx, named, "the table %s is named in the singular, not %s", named->name,
                          better);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_named(ctx, change, look);
}

const MigRule mig_rule_naming_table_plural = {
    .id = "naming-table-plural",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_NAMING,
    .summary = "a table named in the singular",
    .danger = "A row is one thing, and a table many; both ways side by side have to be looked up.",
    .steps = {"Take the plural."},
    .check = check,
};
