/* SPDX-License-Identifier: MIT */
/* Pairs that may be there twice. */
#include "lint/defined.h"
#include "lint/design.h"
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

static void
look(MigLintContext *ctx, const MigLintTouched *touched)
{
    const MigTable *table = touched->table;
    const char *columns[2] = {NULL, NULL};
    size_t n = 0;

    if (!touched->created || !table->columns_known)
        return;
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        if (key->kind != MIG_CONSTRAINT_FOREIGN_KEY)
            continue;
        if (n == 2 || key->n_columns != 1)
            return;
        columns[n++] = key->columns[0];
    }
    if (n != 2 || strcmp(columns[0], columns[1]) == 0)
        return;
    for (guint i = 0; i < table->columns->len; i++) {
        const MigTableColumn *column = g_ptr_array_index(table->columns, i);
        MigValues values = mig_lint_values(ctx, &column->type);
        if (!mig_lint_has_word(ctx, columns, 2, column->name) && values != MIG_VALUES_TIMESTAMP &&
            values != MIG_VALUES_DATE)
            return;
    }
    if (!mig_lint_key_within(ctx, table, columns, 2))
        mig_lint_report_touched(ctx, mig_lint_severity(ctx), touched, NULL,
                                "%s may have the same %s and %s twice",
                                mig_lint_table_name(ctx, table), columns[0], columns[1]);
}

static void
check_end(MigLintContext *ctx)
{
    mig_lint_each_touched(ctx, look);
}

const MigRule mig_rule_junction_without_key = {
    .id = "junction-without-key",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .summary = "a table of two foreign keys without a key over both",
    .danger = "The same pair gets in twice, and joins then count it twice.",
    .steps = {"Make both columns the primary key."},
    .weaker = {"table-without-primary-key"},
    .check_end = check_end,
};
