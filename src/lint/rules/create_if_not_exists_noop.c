/* SPDX-License-Identifier: MIT */
/* IF NOT EXISTS of what is there already, perhaps as something else. */
#include "lint/rule.h"

#include <string.h>

static bool
differs(const MigType *wanted, const MigType *has)
{
    if (wanted->name == NULL || has->name == NULL)
        return false;
    return strcmp(wanted->name, has->name) != 0 || wanted->dimensions != has->dimensions ||
           wanted->n_modifiers != has->n_modifiers ||
           (wanted->n_modifiers > 0 && wanted->modifiers[0] != has->modifiers[0]);
}

/* A serial column is an integer in the catalog. */
static bool
is_shorthand(const MigType *type)
{
    return type->name != NULL && strstr(type->name, "serial") != NULL;
}

static const char *
compare_column(MigLintContext *ctx, const MigTable *table, const MigColumn *column)
{
    const MigTableColumn *has = mig_table_column(table, column->name);

    if (has == NULL)
        return table->columns_known ? mig_lint_format(ctx, "has no column %s", column->name) : NULL;
    if (has->uncertain || is_shorthand(&column->type) || !differs(&column->type, &has->type))
        return NULL;
    return mig_lint_format(ctx, "has column %s with another type", column->name);
}

static void
check_table(MigLintContext *ctx, const MigChange *change, const MigTable *table)
{
    const MigCreateTable *wanted = change->create_table;
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    const char *name = mig_lint_name(ctx, &change->table);

    for (size_t i = 0; wanted != NULL && i < wanted->n_columns; i++) {
        const char *word = compare_column(ctx, table, &wanted->columns[i]);
        if (word != NULL)
            g_ptr_array_add(words, (gpointer)(uintptr_t)word);
    }
    if (words->len > 0)
        mig_lint_report_as(ctx, MIG_SEVERITY_ERROR, change,
                           "%s is there already, and stays as it is: it %s", name,
                           mig_lint_list(ctx, (const char *const *)words->pdata, words->len));
    else
        mig_lint_report(ctx, change, "%s is there already, so that this does nothing", name);
}

static bool
same_parts(const MigIndex *wanted, const MigTableIndex *has)
{
    if (wanted->n_parts != has->n_parts || wanted->unique != has->unique)
        return false;
    for (size_t i = 0; i < wanted->n_parts; i++) {
        /* Expressions may be written in several ways. */
        if (wanted->parts[i].column != NULL && has->parts[i].column != NULL &&
            strcmp(wanted->parts[i].column, has->parts[i].column) != 0)
            return false;
        if ((wanted->parts[i].column == NULL) != (has->parts[i].column == NULL))
            return false;
    }
    return true;
}

static void
check_index(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *on = mig_lint_table(ctx, &change->table);
    const MigTable *table = NULL;
    const MigTableIndex *has = NULL;
    const MigName *name = &change->index->name;

    if (name->name == NULL ||
        mig_catalog_index(ctx->catalog, name, on, &table, &has) != MIG_LOOKUP_FOUND ||
        !has->name_known)
        return;
    if (table != on && on != NULL)
        mig_lint_report_as(ctx, MIG_SEVERITY_ERROR, change,
                           "index %s is there already, on %s, and stays as it is", name->name,
                           mig_lint_table_name(ctx, table));
    else if (!same_parts(change->index, has))
        mig_lint_report_as(
            ctx, MIG_SEVERITY_ERROR, change,
            "index %s is there already on other columns, or unique where this isn't, "
            "and stays as it is",
            name->name);
    else
        mig_lint_report(ctx, change, "index %s is there already, so that this does nothing",
                        name->name);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);

    if (!change->if_not_exists || change->nested)
        return;
    if (change->kind == MIG_CHANGE_CREATE_INDEX && change->index != NULL)
        check_index(ctx, change);
    if (table == NULL || table->assumed)
        return;
    if (change->kind == MIG_CHANGE_CREATE_TABLE && !change->temporary && !table->temporary)
        check_table(ctx, change, table);
    if (change->kind != MIG_CHANGE_ADD_COLUMN || change->column == NULL)
        return;

    const MigTableColumn *has = mig_table_column(table, change->column->name);
    if (has == NULL || has->uncertain)
        return;
    const char *word = compare_column(ctx, table, change->column);
    if (word != NULL)
        mig_lint_report_as(ctx, MIG_SEVERITY_ERROR, change, "%s %s, which stays as it is",
                           mig_lint_name(ctx, &change->table), word);
    else
        mig_lint_report(ctx, change, "%s has column %s already, so that this does nothing",
                        mig_lint_name(ctx, &change->table), has->name);
}

const MigRule mig_rule_create_if_not_exists_noop = {
    .id = "create-if-not-exists-noop",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_BACK,
    .summary = "IF NOT EXISTS of what is there already",
    .danger =
        "The statement does nothing and says nothing, while later ones, and the code, count on "
        "what it should have made.",
    .steps = {"Change what is there: ALTER TABLE ... ADD COLUMN for what it lacks.",
              "Or take the statement out."},
    .check = check,
};
