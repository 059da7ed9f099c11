/* SPDX-License-Identifier: MIT */
/* One migration gives what new code needs, and takes away what old code needs. */
#include "lint/rule.h"
#include "lint/within.h"

static bool
takes_name(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigName *name = data;

    if (change->kind == MIG_CHANGE_RENAME_TABLE)
        return mig_lint_same_word(ctx, change->to.name, name->name);
    return (change->kind == MIG_CHANGE_CREATE_TABLE || change->kind == MIG_CHANGE_CREATE_VIEW) &&
           !change->temporary && mig_lint_same_name(ctx, &change->table, name);
}

static bool
gives(const MigLintContext *ctx, const MigChange *change, gconstpointer data G_GNUC_UNUSED)
{
    if (change->kind == MIG_CHANGE_CREATE_TABLE)
        return !change->temporary && change->create_table != NULL &&
               change->create_table->partition_of.name == NULL;
    if (change->kind != MIG_CHANGE_ADD_COLUMN)
        return false;

    const MigTable *table = mig_lint_table(ctx, &change->table);
    return table == NULL || !table->temporary;
}

/* What it takes away, in words; %NULL: nothing that old code needs. */
static const char *
takes(MigLintContext *ctx, const MigChange *change)
{
    const char *table = mig_lint_name(ctx, &change->table);
    const MigTable *found = mig_lint_table(ctx, &change->table);
    const MigTableColumn *column = mig_lint_column(ctx, &change->table, change->name.name);

    if (mig_lint_is_new(ctx, found) || (found != NULL && found->temporary))
        return NULL;
    if (change->kind == MIG_CHANGE_DROP_TABLE || change->kind == MIG_CHANGE_RENAME_TABLE) {
        bool kept = mig_lint_in_statement(ctx, takes_name, &change->table) != NULL ||
                    mig_lint_after(ctx, takes_name, &change->table) != NULL;
        return kept || found == NULL ? NULL : table;
    }
    if (column == NULL || mig_lint_is_new_moment(ctx, column->made))
        return NULL;
    if (change->kind == MIG_CHANGE_DROP_COLUMN || change->kind == MIG_CHANGE_RENAME_COLUMN)
        return mig_lint_format(ctx, "%s.%s", table, column->name);
    if (change->kind == MIG_CHANGE_SET_NOT_NULL && !column->not_null)
        return mig_lint_format(ctx, "NULL in %s.%s", table, column->name);
    return NULL;
}

static bool
takes_some(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    if (change == data)
        return false;
    return (change->kind == MIG_CHANGE_DROP_TABLE || change->kind == MIG_CHANGE_RENAME_TABLE ||
            change->kind == MIG_CHANGE_DROP_COLUMN || change->kind == MIG_CHANGE_RENAME_COLUMN ||
            change->kind == MIG_CHANGE_SET_NOT_NULL) &&
           !mig_lint_made_here(ctx, &change->table);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *what = ctx->down || change->nested ? NULL : takes(ctx, change);

    /* Once for a migration: at the first of them. */
    if (what == NULL || mig_lint_before(ctx, takes_some, change) != NULL)
        return;

    const MigChange *given = mig_lint_in_statement(ctx, gives, NULL);
    if (given == NULL)
        given = mig_lint_before(ctx, gives, NULL);
    if (given == NULL)
        given = mig_lint_after(ctx, gives, NULL);
    if (given == NULL)
        return;

    const char *table = mig_lint_name(ctx, &given->table);
    const char *adds = given->kind == MIG_CHANGE_CREATE_TABLE
                           ? table
                           : mig_lint_format(ctx, "%s.%s", table, given->column->name);
    mig_lint_report(ctx, change,
                    "this migration adds %s and takes away %s: old and new code can't "
                    "both work",
                    adds, what);
}

const MigRule mig_rule_expand_and_contract_mixed = {
    .id = "expand-and-contract-mixed",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BREAKS,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "adds for new code and takes from old code at once",
    .danger = "Before it the new release fails, after it the old one does: there is no moment at "
              "which both work, and no way back to the old release.",
    .steps = {"Put what is added into a migration of its own, and release the code that uses it.",
              "Take the rest away one release later."},
    .manual = NULL,
    .check = check,
};
