/* SPDX-License-Identifier: MIT */
/* ALTER TABLE that SQLite hasn't, and takes a rebuild. */
#include "lint/rule.h"

static bool
is_alter(const MigChange *change)
{
    return (change->kind >= MIG_CHANGE_RENAME_TABLE &&
            change->kind <= MIG_CHANGE_RENAME_CONSTRAINT) &&
           change->table.name != NULL;
}

static const char *
column_list(MigLintContext *ctx, const MigTable *table)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; table->columns_known && i < table->columns->len; i++) {
        const MigTableColumn *column = g_ptr_array_index(table->columns, i);
        if (column->generated == MIG_GENERATED_NO)
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", column->name);
    }
    return text->len > 0 ? mig_lint_format(ctx, "%s", text->str) : NULL;
}

static const char *
dependents(MigLintContext *ctx, const MigTable *table)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = 0; i < table->indexes->len; i++) {
        const MigTableIndex *index = g_ptr_array_index(table->indexes, i);
        if (index->constraint == NULL && !index->primary)
            g_ptr_array_add(names, (gpointer)(uintptr_t)index->name);
    }
    for (guint i = 0; i < table->triggers->len; i++) {
        const MigTableTrigger *trigger = g_ptr_array_index(table->triggers, i);
        g_ptr_array_add(names, (gpointer)(uintptr_t)trigger->name);
    }
    return names->len > 0 ? mig_lint_list(ctx, (const char *const *)names->pdata, names->len)
                          : NULL;
}

/* The rebuild, with the names of this very table. */
static void
describe_rebuild(MigLintContext *ctx, MigFinding *finding, const MigTable *table)
{
    const char *name = mig_lint_table_name(ctx, table);
    const char *columns = column_list(ctx, table);
    const char *lost = dependents(ctx, table);

    mig_lint_clear_steps(finding);
    mig_lint_step(finding, "Begin the file with PRAGMA foreign_keys = OFF.");
    mig_lint_step(finding, "CREATE TABLE %s_new (...) as it shall be, with all of its constraints.",
                  name);
    if (columns != NULL)
        mig_lint_step(finding, "INSERT INTO %s_new (%s) SELECT %s FROM %s;", name, columns, columns,
                      name);
    else
        mig_lint_step(finding, "INSERT INTO %s_new (...) SELECT ... FROM %s, columns by name.",
                      name, name);
    mig_lint_step(finding, "DROP TABLE %s;", name);
    mig_lint_step(finding, "ALTER TABLE %s_new RENAME TO %s;", name, name);
    if (lost != NULL)
        mig_lint_step(finding, "Make %s again, which went with the old table.", lost);
    mig_lint_step(finding, "PRAGMA foreign_key_check;");
}

static void
check_statement(MigLintContext *ctx)
{
    const MigChanges *changes = ctx->statement->changes;
    bool several = changes->n_changes > 1;
    bool old =
        changes->needs_version != 0 && ctx->version != 0 && ctx->version < changes->needs_version;

    if (changes->n_changes == 0 || !is_alter(&changes->changes[0]) ||
        (changes->status != MIG_PARSE_UNSUPPORTED && !old))
        return;
    const MigChange *change = &changes->changes[0];
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const char *name = mig_lint_name(ctx, &change->table);
    MigFinding *finding =
        changes->status == MIG_PARSE_UNSUPPORTED && changes->message != NULL
            ? mig_lint_report(ctx, change, "ALTER TABLE %s: %s", name, changes->message)
            : mig_lint_report(ctx, change, "ALTER TABLE %s: %s needs SQLite %d.%d", name,
                              changes->needs_what, changes->needs_version / 10000,
                              changes->needs_version / 100 % 100);
    bool flag = change->if_exists || change->if_not_exists || change->parent_if_exists ||
                change->cascade || change->restrict_said;
    if (several || flag) {
        mig_lint_clear_steps(finding);
        mig_lint_step(finding, several ? "Write a statement for each action."
                                       : "Leave the clause out: the catalog of the migrations says "
                                         "what is there.");
    } else if (table != NULL && change->kind != MIG_CHANGE_RENAME_COLUMN) {
        describe_rebuild(ctx, finding, table);
    }
}

const MigRule mig_rule_sqlite_alter_unsupported = {
    .id = "sqlite-alter-unsupported",
    .engines = MIG_ENGINE_SQLITE,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .summary = "ALTER TABLE that SQLite hasn't",
    .danger = "SQLite refuses it, and the migration fails.",
    .steps =
        {"Rebuild the table: PRAGMA foreign_keys = OFF first, create the new one under another "
         "name, copy the rows, drop the old one, rename the new one, make its indexes and "
         "triggers again, PRAGMA foreign_key_check.",
         "In place of ADD UNIQUE: CREATE UNIQUE INDEX."},
    .manual = "SQLite, \"ALTER TABLE\"",
    .weaker = {"unsupported-by-target"},
    .check_statement = check_statement,
};
