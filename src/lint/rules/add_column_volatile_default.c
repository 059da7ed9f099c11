/* SPDX-License-Identifier: MIT */
/* A new column whose default is computed for every row. */
#include "lint/added.h"
#include "lint/edit.h"
#include "lint/rule.h"
#include "locks/postgres_volatility.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (mig_lint_added_cause(ctx, change) != MIG_ADDED_VOLATILE)
        return;

    const char *table = mig_lint_name(ctx, &change->table);
    const char *column = change->column->name;
    const char *unknown = mig_postgres_unknown_call(change->column->default_value, ctx->catalog);
    MigFinding *finding =
        unknown != NULL
            ? mig_lint_report_as(ctx, MIG_SEVERITY_WARNING, change,
                                 "all of %s is written anew if %s(), of which nothing is known, is "
                                 "volatile",
                                 table, unknown)
            : mig_lint_report(
                  ctx, change,
                  "the default of %s is computed for every row: all of %s is written anew", column,
                  table);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "ALTER TABLE %s ADD COLUMN %s without the default.", table, column);
    mig_lint_step(finding, "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT: it is for new rows.", table,
                  mig_lint_ident(ctx, column));
    mig_lint_step(finding, "In the next migration fill the old rows in batches.");
    if (change->column->not_null)
        mig_lint_step(finding, "Make it NOT NULL the safe way: see set-not-null-scan.");
    if (unknown != NULL)
        mig_lint_step(finding, "Or, if %s() is STABLE or IMMUTABLE, allow this with that reason.",
                      unknown);
}

const MigRule mig_rule_add_column_volatile_default = {
    .id = "add-column-volatile-default",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "A new column with a volatile default",
    .danger =
        "AccessExclusiveLock while the table and all of its indexes are written anew: reads and "
        "writes wait.",
    .steps = {"ADD COLUMN without the default.",
              "ALTER COLUMN ... SET DEFAULT: it is for new rows.",
              "In the next migration fill the old rows in batches."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", Notes",
    .check = check,
};
