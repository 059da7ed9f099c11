/* SPDX-License-Identifier: MIT */
/* Tables that inherit. */
#include "lint/defined.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigCreateTable *create = mig_lint_created(ctx, change);

    if (create != NULL && create->n_inherits > 0 && create->partition_of.name == NULL)
        mig_lint_report(ctx, change, "keys of %s don't hold for rows of %s",
                        mig_lint_name(ctx, &create->inherits[0]),
                        mig_lint_name(ctx, &change->table));
}

const MigRule mig_rule_table_inheritance = {
    .id = "table-inheritance",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .summary = "INHERITS",
    .danger = "Keys and foreign keys of the parent hold for none of its children's rows.",
    .steps = {"Take partitions, or a foreign key to a common table."},
    .manual = "PostgreSQL 18, \"Inheritance\", Caveats",
    .check = check,
};
