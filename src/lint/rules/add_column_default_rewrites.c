/* SPDX-License-Identifier: MIT */
/* A default that before PostgreSQL 11 was written to every row. */
#include "lint/added.h"
#include "lint/edit.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (mig_lint_added_cause(ctx, change) != MIG_ADDED_DEFAULT)
        return;

    const char *table = mig_lint_name(ctx, &change->table);
    const char *column = change->column->name;
    MigFinding *finding = mig_lint_report(
        ctx, change, "the default of %s is written to every row: all of %s is written anew", column,
        table);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "ALTER TABLE %s ADD COLUMN %s without the default.", table, column);
    mig_lint_step(finding, "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT: it is for new rows.", table,
                  mig_lint_ident(ctx, column));
    mig_lint_step(finding, "In the next migration fill the old rows in batches.");
}

const MigRule mig_rule_add_column_default_rewrites = {
    .id = "add-column-default-rewrites",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "A new column with a default, before PostgreSQL 11",
    .danger =
        "AccessExclusiveLock while the table and all of its indexes are written anew: reads and "
        "writes wait.",
    .steps = {"ADD COLUMN without the default.",
              "ALTER COLUMN ... SET DEFAULT: it is for new rows.",
              "In the next migration fill the old rows in batches."},
    .manual = "PostgreSQL 10, \"ALTER TABLE\", Notes",
    .check = check,
};
