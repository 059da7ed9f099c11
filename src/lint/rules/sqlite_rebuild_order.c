/* SPDX-License-Identifier: MIT */
/* A rebuild that renames the old table away before it makes the new one. */
#include "lint/rule.h"
#include "lint/within.h"

/* The moment at which the name is free, and the table that left it. */
static bool
renames_away(const MigLintContext *ctx, const MigChange *change, gconstpointer data)
{
    const MigName *made = data;

    return change->kind == MIG_CHANGE_RENAME_TABLE && mig_lint_same_name(ctx, &change->table, made);
}

typedef struct {
    MigLintContext *ctx;
    GPtrArray *names;
} Followers;

static void
add_child(const MigTable *child, const MigTableConstraint *key, gpointer data)
{
    Followers *followers = data;
    const char *name = mig_lint_table_name(followers->ctx, child);

    (void)key;
    if (!g_ptr_array_find_with_equal_func(followers->names, name, g_str_equal, NULL))
        g_ptr_array_add(followers->names, (gpointer)(uintptr_t)name);
}

static void
add_view(const MigTable *view, gpointer data)
{
    add_child(view, NULL, data);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    Followers followers = {ctx, names};

    if (change->kind != MIG_CHANGE_CREATE_TABLE || change->temporary)
        return;
    const MigChange *renamed = mig_lint_before(ctx, renames_away, &change->table);
    const MigTable *old = renamed != NULL ? mig_lint_table(ctx, &renamed->to) : NULL;
    if (renamed == NULL || (old != NULL && mig_lint_is_new(ctx, old)))
        return;
    if (old != NULL) {
        mig_catalog_each_reference(ctx->catalog, old, add_child, &followers);
        mig_catalog_each_view_of(ctx->catalog, old, NULL, add_view, &followers);
    }
    const char *away = mig_lint_name(ctx, &renamed->to);
    const char *name = mig_lint_name(ctx, &change->table);
    if (names->len > 0)
        mig_lint_report(ctx, change, "%s follow%s the old table to %s, not to the new %s",
                        mig_lint_list(ctx, (const char *const *)names->pdata, names->len),
                        names->len == 1 ? "s" : "", away, name);
    else
        mig_lint_report_as(ctx, MIG_SEVERITY_WARNING, change,
                           "keys, views and triggers of others follow the old table to %s, not to "
                           "the new %s",
                           away, name);
}

const MigRule mig_rule_sqlite_rebuild_order = {
    .id = "sqlite-rebuild-order",
    .engines = MIG_ENGINE_SQLITE,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .summary = "a rebuild that renames the old table away first",
    .danger =
        "RENAME takes along the foreign keys, views and triggers of other tables: they reference "
        "the old table, and break when it is dropped.",
    .steps = {"CREATE TABLE with a new name.", "Copy the rows, columns by name.",
              "DROP the old table.", "RENAME the new one to the old name."},
    .manual = "SQLite, \"ALTER TABLE\", Making Other Kinds Of Table Schema Changes",
    .check = check,
};
