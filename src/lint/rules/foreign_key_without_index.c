/* SPDX-License-Identifier: MIT */
/* Foreign keys whose columns no index has. */
#include "lint/design.h"
#include "lint/rule.h"

static void
look(MigLintContext *ctx, const MigLintTouched *touched)
{
    const MigTable *table = touched->table;

    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        if (key->kind != MIG_CONSTRAINT_FOREIGN_KEY || key->inherited ||
            !mig_lint_made_by(touched, key->made) ||
            mig_lint_listed(ctx, "lookup-tables", key->ref_table) ||
            mig_lint_index_finds(ctx, table, key->columns, key->n_columns))
            continue;
        const char *columns = mig_lint_list(ctx, key->columns, key->n_columns);
        MigFinding *finding =
            mig_lint_report_touched(ctx, mig_lint_severity(ctx), touched, key->columns[0],
                                    "the foreign key of %s to %s has no index on %s",
                                    mig_lint_table_name(ctx, table), key->ref_table, columns);
        mig_lint_step(finding, "Such as idx_%s_%s.", table->name, key->columns[0]);
    }
}

static void
check_end(MigLintContext *ctx)
{
    mig_lint_each_touched(ctx, look);
}

const MigRule mig_rule_foreign_key_without_index = {
    .id = "foreign-key-without-index",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_SQLITE,
    .severity = MIG_SEVERITY_WARNING,
    .kind = MIG_RULE_DESIGN,
    .summary = "a foreign key without an index on its columns",
    .danger = "Each DELETE on the parent, and each change of its key, reads the whole child for "
              "rows that reference it, under locks.",
    .steps = {"Make an index that begins with the key's columns; on a table in use CONCURRENTLY.",
              "If the parent's rows never go or change their key, list it as lookup-tables."},
    .manual = "PostgreSQL 18, \"Constraints\", Foreign Keys; SQLite, \"Foreign Key Support\", "
              "Required and Suggested Database Indexes",
    .check_end = check_end,
};
