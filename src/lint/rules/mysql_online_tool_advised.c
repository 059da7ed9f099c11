/* SPDX-License-Identifier: MIT */
/* A copy or rebuild of a table so large that a tool had better do it. */
#include "lint/mysql.h"
#include "lint/rule.h"

#define LARGE_ROWS 1000000

static void
note_key(const MigTable *child, const MigTableConstraint *key, gpointer data)
{
    bool *referenced = data;

    (void)child;
    (void)key;
    *referenced = true;
}

static const char *
obstacles(MigLintContext *ctx, const MigTable *table)
{
    g_autoptr(GPtrArray) what = g_ptr_array_new();
    bool keys = false;

    for (guint i = 0; i < table->constraints->len; i++) {
        const MigTableConstraint *key = g_ptr_array_index(table->constraints, i);
        keys = keys || key->kind == MIG_CONSTRAINT_FOREIGN_KEY;
    }
    mig_catalog_each_reference(ctx->catalog, table, note_key, &keys);
    if (keys)
        g_ptr_array_add(what, (gpointer)(uintptr_t) "foreign keys");
    if (table->triggers->len > 0)
        g_ptr_array_add(what, (gpointer)(uintptr_t) "triggers");
    if (mig_table_primary_key(table) == NULL)
        g_ptr_array_add(what, (gpointer)(uintptr_t) "no primary key");
    return what->len > 0 ? mig_lint_list(ctx, (const char *const *)what->pdata, what->len) : NULL;
}

static void
check_statement(MigLintContext *ctx)
{
    const MigChanges *changes = ctx->statement->changes;
    const MigTable *table =
        changes->n_changes > 0 ? mig_lint_table(ctx, &changes->changes[0].table) : NULL;
    int64_t rows = mig_lint_rows(ctx, table);

    if (table == NULL || rows < mig_lint_number(ctx, "online-tool-rows", LARGE_ROWS))
        return;
    if (ctx->statement->impact->refused != NULL || !ctx->statement->impact->rebuilds_table)
        return;
    const char *against = obstacles(ctx, table);
    MigFinding *finding =
        mig_lint_report(ctx, &changes->changes[0],
                        "%s has about %" G_GINT64_FORMAT " rows, all of which are written anew",
                        mig_lint_name(ctx, &changes->changes[0].table), rows);
    if (against != NULL)
        mig_lint_step(finding, "Some tools can't work here, or need a flag for it: it has %s.",
                      against);
}

const MigRule mig_rule_mysql_online_tool_advised = {
    .id = "mysql-online-tool-advised",
    .engines = MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_INFO,
    .kind = MIG_RULE_LOCK,
    .summary = "a copy or rebuild of a very large table",
    .danger =
        "Replicas fall behind for as long as it takes, and it can't be slowed down or paused.",
    .steps = {"Let gh-ost, pt-online-schema-change or spirit do it: they copy in chunks, wait for "
              "replicas, and can be stopped."},
    .manual = "MySQL 8.4, \"Online DDL Limitations\"",
    .check_statement = check_statement,
};
