/* SPDX-License-Identifier: MIT */
/* A new column that numbers every row. */
#include "lint/added.h"
#include "lint/edit.h"
#include "lint/rule.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (mig_lint_added_cause(ctx, change) != MIG_ADDED_NUMBERS)
        return;

    const char *table = mig_lint_name(ctx, &change->table);
    const char *column = mig_lint_ident(ctx, change->column->name);
    const char *sequence =
        mig_lint_format(ctx, "%s_%s_seq", change->table.name, change->column->name);
    MigFinding *finding =
        mig_lint_report(ctx, change, "%s numbers every row: all of %s is written anew",
                        change->column->name, table);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "ALTER TABLE %s ADD COLUMN %s bigint.", table, column);
    mig_lint_step(finding,
                  "CREATE SEQUENCE %s OWNED BY %s.%s; ALTER TABLE %s ALTER COLUMN %s SET "
                  "DEFAULT nextval('%s').",
                  sequence, table, column, table, column, sequence);
    mig_lint_step(finding, "In the next migration number the old rows in batches.");
    mig_lint_step(finding,
                  "Make it NOT NULL the safe way (set-not-null-scan), and its unique index "
                  "concurrently.");
}

const MigRule mig_rule_add_column_autoincrement = {
    .id = "add-column-autoincrement",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_LOCK,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "A new serial or identity column",
    .danger =
        "Every row gets a number: AccessExclusiveLock while the table and all of its indexes are "
        "written anew.",
    .steps = {"ADD COLUMN as bigint.", "CREATE SEQUENCE OWNED BY it, and SET DEFAULT nextval.",
              "In the next migration number the old rows in batches.",
              "NOT NULL the safe way, and the unique index concurrently."},
    .manual = "PostgreSQL 16, \"ALTER TABLE\", Notes",
    .check = check,
};
