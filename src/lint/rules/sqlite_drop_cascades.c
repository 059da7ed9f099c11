/* SPDX-License-Identifier: MIT */
/* DROP TABLE with foreign keys on, which deletes the rows first. */
#include "lint/rule.h"

#include <string.h>

typedef struct {
    MigLintContext *ctx;
    const MigTable *parent;
    GPtrArray *emptied; /* names */
    GPtrArray *nulled;
    GPtrArray *refusing;
} Children;

static void
look_at_child(const MigTable *child, const MigTableConstraint *key, gpointer data)
{
    Children *children = data;
    GPtrArray *list =
        key->on_delete == MIG_ACTION_CASCADE ? children->emptied
        : key->on_delete == MIG_ACTION_SET_NULL || key->on_delete == MIG_ACTION_SET_DEFAULT
            ? children->nulled
            : children->refusing;

    /* Its own rows go with it, and what came just now has none. */
    if (child == children->parent || mig_lint_is_new(children->ctx, child))
        return;
    const char *name = mig_lint_table_name(children->ctx, child);
    if (!g_ptr_array_find_with_equal_func(list, name, g_str_equal, NULL))
        g_ptr_array_add(list, (gpointer)(uintptr_t)name);
}

static const char *
names(MigLintContext *ctx, const GPtrArray *list)
{
    return mig_lint_list(ctx, (const char *const *)list->pdata, list->len);
}

static bool
is_on(const char *setting)
{
    return strcmp(setting, "1") == 0 || g_ascii_strcasecmp(setting, "on") == 0 ||
           g_ascii_strcasecmp(setting, "true") == 0 || g_ascii_strcasecmp(setting, "yes") == 0;
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *table = mig_lint_table(ctx, &change->table);
    const char *setting = mig_catalog_setting(ctx->catalog, "foreign_keys");
    g_autoptr(GPtrArray) emptied = g_ptr_array_new();
    g_autoptr(GPtrArray) nulled = g_ptr_array_new();
    g_autoptr(GPtrArray) refusing = g_ptr_array_new();
    Children children = {ctx, table, emptied, nulled, refusing};

    if (change->kind != MIG_CHANGE_DROP_TABLE || table == NULL ||
        (setting != NULL && !is_on(setting)))
        return;
    mig_catalog_each_reference(ctx->catalog, table, look_at_child, &children);
    /* Unless the file says so, it depends on the connection whether they are on. */
    const char *when = setting != NULL ? "" : "if foreign keys are on, ";
    MigSeverity severity = setting != NULL ? mig_lint_severity(ctx) : MIG_SEVERITY_WARNING;
    const char *name = mig_lint_name(ctx, &change->table);
    if (emptied->len > 0)
        mig_lint_report_as(ctx, mig_lint_severity(ctx), change,
                           "%sdropping %s deletes the rows of %s that reference it", when, name,
                           names(ctx, emptied));
    else if (nulled->len > 0)
        mig_lint_report_as(ctx, mig_lint_severity(ctx), change,
                           "%sdropping %s takes the references of %s away", when, name,
                           names(ctx, nulled));
    else if (refusing->len > 0)
        mig_lint_report_as(ctx, severity, change,
                           "%sdropping %s fails when a row of %s references it", when, name,
                           names(ctx, refusing));
}

const MigRule mig_rule_sqlite_drop_cascades = {
    .id = "sqlite-drop-cascades",
    .engines = MIG_ENGINE_SQLITE,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DATA,
    .summary = "DROP TABLE of a table with children, foreign keys being on",
    .danger =
        "DROP TABLE first does what DELETE FROM would: ON DELETE CASCADE empties the children, "
        "SET NULL takes their references, and any other key makes it fail. So does the DROP in a "
        "rebuild.",
    .steps =
        {"Write PRAGMA foreign_keys = OFF as the first statement of the file: in a transaction it "
         "does nothing.",
         "Before COMMIT: PRAGMA foreign_key_check."},
    .manual = "SQLite, \"DROP TABLE\"; \"ALTER TABLE\", Making Other Kinds Of Table Schema Changes",
    .check = check,
};
