/* SPDX-License-Identifier: MIT */
/* DROP COLUMN while code that runs may still name the column. */
#include "lint/rule.h"
#include "lint/within.h"

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_DROP_COLUMN)
        return;

    const MigMigration *migration = ctx->step->step->migration;
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const MigTableColumn *column = mig_lint_column(ctx, &change->table, change->name.name);
    bool absent = table != NULL && table->columns_known && column == NULL;
    if (absent || (column != NULL && mig_lint_undoes(ctx, column->made)))
        return;
    /* The author has said which release it waits for. */
    if (migration != NULL && migration->requires != NULL && migration->requires->len > 0)
        return;

    const char *name = mig_lint_name(ctx, &change->table);
    bool computed = column != NULL && column->generated == MIG_GENERATED_VIRTUAL;
    MigFinding *finding =
        mig_lint_report(ctx, change, "code that still names %s.%s fails once it is dropped%s", name,
                        change->name.name, computed ? "" : ", and its data is gone");
    if (column == NULL || !column->not_null || column->default_value != NULL || computed)
        return;
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "Let the code stop reading %s, and release that.", change->name.name);
    mig_lint_step(finding, "%s: then code may stop writing it.",
                  ctx->engine == MIG_ENGINE_POSTGRES
                      ? mig_lint_format(ctx, "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL", name,
                                        change->name.name)
                      : "Make it nullable, or give it a default");
    mig_lint_step(finding, "Drop it one release later, with `-- migrate:allow drop-column -- ` and "
                           "the release that stopped using it.");
}

const MigRule mig_rule_drop_column = {
    .id = "drop-column",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "DROP COLUMN while running code may still use it",
    .danger = "Statements that name the column fail until all old code is gone, also after a "
              "rollback of the code; ORMs that cache the list of columns fail without naming it.",
    .steps = {"Let the code stop reading and writing it, and release that.",
              "Drop it one release later, with `-- migrate:allow drop-column -- ` and the release "
              "that stopped using it.",
              "Keep a copy if its data may be needed."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", DROP COLUMN",
    .check = check,
};
