/* SPDX-License-Identifier: MIT */
/* RENAME COLUMN, CHANGE: code knows the old name, or the new one, but not both. */
#include "lint/rule.h"
#include "lint/within.h"

/* Whether the old name stays: as a generated column, or in a view that takes the table's place. */
static bool
keeps_name(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigChange *rename = data;

    if (change->kind == MIG_CHANGE_ADD_COLUMN)
        return mig_lint_same_name(ctx, &change->table, &rename->table) &&
               change->column->generated != MIG_GENERATED_NO &&
               mig_lint_same_word(ctx, change->column->name, rename->name.name);
    return change->kind == MIG_CHANGE_CREATE_VIEW &&
           mig_lint_same_name(ctx, &change->table, &rename->table);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    bool renames = change->kind == MIG_CHANGE_RENAME_COLUMN;
    const char *to = renames                                    ? change->to.name
                     : change->kind == MIG_CHANGE_MODIFY_COLUMN ? change->column->name
                                                                : NULL;
    const MigTable *table = mig_lint_table(ctx, &change->table);

    /* DOWN gives back what UP took away. */
    if (to == NULL || ctx->down || mig_lint_same_word(ctx, change->name.name, to))
        return;
    if (table != NULL &&
        (table->kind == MIG_RELATION_COMPOSITE ||
         (table->columns_known && mig_table_column(table, change->name.name) == NULL)))
        return;
    if (mig_lint_in_statement(ctx, keeps_name, change) != NULL ||
        mig_lint_after(ctx, keeps_name, change) != NULL)
        return;

    const char *name = mig_lint_name(ctx, &change->table);
    MigFinding *finding = mig_lint_report(ctx, change, "code that names %s.%s fails once it is %s",
                                          name, change->name.name, to);
    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "ALTER TABLE %s ADD COLUMN %s, and let the code write both.", name, to);
    mig_lint_step(finding, "Fill %s of the rows that are there, in batches.", to);
    mig_lint_step(finding, "Let the code read %s, then stop writing %s.", to, change->name.name);
    mig_lint_step(finding, "Drop %s one release later.", change->name.name);
}

const MigRule mig_rule_rename_column = {
    .id = "rename-column",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "a column gets another name under running code",
    .danger = "Statements with the old name fail from now on, those with the new one failed until "
              "now: there is no moment at which both releases work. Views and indexes follow on "
              "PostgreSQL; functions and clients don't.",
    .steps = {"Add a column with the new name, write both, fill it, switch, and drop the old one."},
    .manual = "PostgreSQL 18, \"ALTER TABLE\", RENAME",
    .check = check,
};
