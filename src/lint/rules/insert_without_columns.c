/* SPDX-License-Identifier: MIT */
/* INSERT that counts on the order of a table's columns. */
#include "lint/data.h"
#include "lint/rule.h"

/* "id, name", as far as the values go; NULL: that isn't known */
static const char *
list_columns(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    g_autoptr(GString) text = g_string_new(NULL);
    size_t n = change->query->n_values > 0 ? change->query->values[0]->n_args : 0;

    if (table == NULL || !table->columns_known || n == 0 || n > table->columns->len)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const MigTableColumn *column = g_ptr_array_index(table->columns, i);
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", column->name);
    }
    return mig_lint_format(ctx, "%s", text->str);
}

static void
judge(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_INSERT || change->n_columns > 0 || change->query == NULL)
        return;

    const char *name = mig_lint_name(ctx, &change->table);
    const char *columns = list_columns(ctx, change);
    MigFinding *finding = mig_lint_report(
        ctx, change, "INSERT into %s doesn't say which columns its values are for%s", name,
        mig_lint_assuming(ctx, &change->table));
    if (columns != NULL)
        mig_lint_step(finding, "Here: INSERT INTO %s (%s) ...", name, columns);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    mig_lint_each_write(ctx, change, judge);
}

const MigRule mig_rule_insert_without_columns = {
    .id = "insert-without-columns",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DATA,
    .summary = "INSERT that counts on the order of a table's columns",
    .danger =
        "Where the columns stand in another order, or there is one more, it fails, or puts values "
        "where they don't belong.",
    .steps = {"Name the columns behind the table."},
    .check = check,
};
