/* SPDX-License-Identifier: MIT */
/* A key that isn't called primary. */
#include "lint/design.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintTouched *touched)
{
    const MigTable *table = touched->table;

    if (!touched->created || table->is_partition || table->parents->len > 0 ||
        !table->columns_known || mig_table_primary_key(table) != NULL)
        return;
    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        bool whole = key->kind == MIG_CONSTRAINT_UNIQUE;
        for (size_t j = 0; whole && j < key->n_columns; j++) {
            const MigTableColumn *column = mig_table_column(table, key->columns[j]);
            whole = column != NULL && column->not_null;
        }
        if (!whole)
            continue;
        mig_lint_report_touched(ctx, mig_lint_severity(ctx), touched, key->columns[0],
                                "the key of %s on %s isn't its primary key",
                                mig_lint_table_name(ctx, table),
                                mig_lint_list(ctx, key->columns, key->n_columns));
        return;
    }
}

static void
check_end(MigLintContext *ctx)
{
    mig_lint_each_touched(ctx, look);
}

const MigRule mig_rule_unique_instead_of_primary_key = {
    .id = "unique-instead-of-primary-key",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_DESIGN,
    .summary = "a NOT NULL unique key, and no primary key",
    .danger = "Logical replication and foreign keys without columns look for the primary key.",
    .steps = {"Write PRIMARY KEY."},
    .check_end = check_end,
};
