/* SPDX-License-Identifier: MIT */
/* DROP DATABASE in a migration. */
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_DROP_OBJECT || change->object_type != MIG_TYPE_OF_DATABASE)
        return;

    mig_lint_report(ctx, change, "dropping database %s removes everything that is in it",
                    mig_lint_name(ctx, &change->name));
}

const MigRule mig_rule_drop_database = {
    .id = "drop-database",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    /* Not one about data, which would weigh less in DOWN: no migration makes what is lost here. */
    .kind = MIG_RULE_BACK,
    .summary = "DROP DATABASE in a migration",
    .danger =
        "Every table and every row of the database is gone, in one statement that nothing but a "
        "backup reverts.",
    .steps = {"Take it out of the migration.",
              "Drop the database by hand, after a backup, when nobody is connected to it."},
    .manual = "PostgreSQL 16, \"DROP DATABASE\"; MySQL 8.4, \"DROP DATABASE Statement\"",
    .check = check,
};
