/* SPDX-License-Identifier: MIT */
/* DROP TABLE while code that runs may still use the table. */
#include "lint/rule.h"
#include "lint/within.h"

/* Whether something takes the table's name again: a rebuild, a swap, a view in its place. */
static bool
takes_name(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigName *name = data;

    if (change->kind == MIG_CHANGE_RENAME_TABLE)
        return mig_lint_same_word(ctx, change->to.name, name->name);
    return (change->kind == MIG_CHANGE_CREATE_TABLE || change->kind == MIG_CHANGE_CREATE_VIEW ||
            change->kind == MIG_CHANGE_CREATE_MATERIALIZED_VIEW) &&
           !change->temporary && mig_lint_same_name(ctx, &change->table, name);
}

/* Whether it got its name in this migration: nobody names it yet. */
static bool
gave_name(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigName *name = data;

    return change->kind == MIG_CHANGE_RENAME_TABLE &&
           mig_lint_same_word(ctx, change->to.name, name->name);
}

static void
note_reference(const MigTable *child G_GNUC_UNUSED, const MigTableConstraint *key G_GNUC_UNUSED,
               gpointer data)
{
    *(bool *)data = true;
}

static bool
is_empty(const MigLintContext *ctx, const MigTable *table)
{
    bool referenced = false;

    if (mig_lint_rows(ctx, table) != 0)
        return false;
    mig_catalog_each_reference(ctx->catalog, table, note_reference, &referenced);
    return !referenced;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_DROP_TABLE)
        return;

    const MigTable *table = mig_lint_table(ctx, &change->table);
    if (table == NULL && mig_catalog_table(ctx->catalog, &change->table, NULL) == MIG_LOOKUP_ABSENT)
        return;
    if (table != NULL && (mig_lint_undoes(ctx, table->made) || is_empty(ctx, table)))
        return;
    if (mig_lint_after(ctx, takes_name, &change->table) != NULL ||
        mig_lint_before(ctx, gave_name, &change->table) != NULL)
        return;

    const char *name = mig_lint_name(ctx, &change->table);
    int64_t rows = mig_lint_rows(ctx, table);
    const char *held =
        rows > 0   ? mig_lint_format(ctx, ", and its %" G_GINT64_FORMAT " rows are gone", rows)
        : rows < 0 ? ", and its rows are gone"
                   : "";
    mig_lint_report(ctx, change, "code that still uses %s fails once it is dropped%s", name, held);
}

const MigRule mig_rule_drop_table = {
    .id = "drop-table",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_NO,
    .summary = "DROP TABLE while running code may still use it",
    .danger =
        "Statements that name the table fail until all old code is gone, also after a rollback "
        "of the code; its rows can only come back from a backup.",
    .steps = {"Let the code stop using it, and release that.",
              "Rename it first, to a name that says when it may go, and wait.",
              "Drop its foreign keys one by one, then the table, with `-- migrate:allow drop-table "
              "-- ` and the reason."},
    .manual = "PostgreSQL 18, \"DROP TABLE\"",
    .check = check,
};
