/* SPDX-License-Identifier: MIT */
/* Tables whose rows have no identity. */
#include "lint/design.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintTouched *touched)
{
    const MigTable *table = touched->table;

    if (!touched->created || table->is_partition || table->parents->len > 0 ||
        !table->columns_known || mig_table_primary_key(table) != NULL || table->of_type != NULL ||
        mig_lint_listed(ctx, "staging-tables", table->name))
        return;
    /* A key that is called otherwise. */
    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        bool key = index->unique && index->where == NULL;
        for (size_t j = 0; key && j < index->n_parts; j++) {
            const MigTableColumn *column = index->parts[j].column != NULL
                                               ? mig_table_column(table, index->parts[j].column)
                                               : NULL;
            key = column != NULL && column->not_null;
        }
        if (key)
            return;
    }
    bool copied = touched->change->create_table->query != NULL;
    mig_lint_report_touched(ctx, copied ? MIG_SEVERITY_INFO : mig_lint_severity(ctx), touched, NULL,
                            "%s has no primary key", mig_lint_table_name(ctx, table));
}

static void
check_end(MigLintContext *ctx)
{
    mig_lint_each_touched(ctx, look);
}

const MigRule mig_rule_table_without_primary_key = {
    .id = "table-without-primary-key",
    .engines = MIG_ENGINE_ALL,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .summary = "a table without a primary key",
    .danger = "Rows can't be told apart: logical replication refuses UPDATE and DELETE, and online "
              "tools, batches and corrections need a key.",
    .steps = {"Give it a primary key.",
              "List tables that only take what is loaded and dropped again as staging-tables."},
    .manual = "PostgreSQL 18, \"Constraints\", Primary Keys",
    .check_end = check_end,
};
