/* SPDX-License-Identifier: MIT */
/* TRUNCATE of a table that was there before. */
#include "lint/data.h"
#include "lint/rule.h"

#include <string.h>

typedef struct {
    MigLintContext *ctx;
    GPtrArray
        *reached; /* (owned) const MigTable *, borrowed: those that are truncated, or would be */
} Reach;

static void
add_child(const MigTable *child, const MigTableConstraint *key, gpointer data)
{
    Reach *reach = data;
    (void)key;

    if (!g_ptr_array_find(reach->reached, child, NULL))
        g_ptr_array_add(reach->reached, (gpointer)(uintptr_t)child);
}

/* All tables that the statement names: they may reference each other. */
static void
add_named(Reach *reach)
{
    const MigChanges *changes = reach->ctx->statement->changes;

    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigTable *table = changes->changes[i].kind == MIG_CHANGE_TRUNCATE
                                    ? mig_lint_table(reach->ctx, &changes->changes[i].table)
                                    : NULL;
        if (table != NULL && !g_ptr_array_find(reach->reached, table, NULL))
            g_ptr_array_add(reach->reached, (gpointer)(uintptr_t)table);
    }
}

/* Returns: the tables of other names that are reached, for people; NULL: none */
static const char *
list_reached(MigLintContext *ctx, const MigTable *table, bool far)
{
    g_autoptr(GPtrArray) reached = g_ptr_array_new();
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    Reach reach = {ctx, reached};

    add_named(&reach);
    guint named = reached->len;
    mig_catalog_each_reference(ctx->catalog, table, add_child, &reach);
    for (guint i = named; far && i < reached->len; i++)
        mig_catalog_each_reference(ctx->catalog, g_ptr_array_index(reached, i), add_child, &reach);
    for (guint i = named; i < reached->len; i++)
        g_ptr_array_add(
            names, (gpointer)(uintptr_t)mig_lint_table_name(ctx, g_ptr_array_index(reached, i)));
    return names->len > 0 ? mig_lint_list(ctx, (const char *const *)names->pdata, names->len)
                          : NULL;
}

static bool
checks_keys(const MigLintContext *ctx)
{
    const char *setting = mig_catalog_setting(ctx->catalog, "foreign_key_checks");

    return ctx->engine == MIG_ENGINE_POSTGRES || setting == NULL ||
           (strcmp(setting, "0") != 0 && g_ascii_strcasecmp(setting, "off") != 0);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (change->kind != MIG_CHANGE_TRUNCATE)
        return;

    const MigTable *table = mig_lint_table(ctx, &change->table);
    const char *name = mig_lint_name(ctx, &change->table);
    const char *reached = table != NULL ? list_reached(ctx, table, change->cascade) : NULL;
    bool postgres = ctx->engine == MIG_ENGINE_POSTGRES;

    if (reached != NULL && change->cascade && postgres)
        mig_lint_report(ctx, change, "truncating %s empties %s, too", name, reached);
    else if (reached != NULL && checks_keys(ctx))
        mig_lint_report(ctx, change, "truncating %s fails, since %s references it", name, reached);
    else
        mig_lint_report(ctx, change, "truncating %s removes all of its rows%s%s", name,
                        change->cascade && postgres && table == NULL
                            ? ", and those of all tables that reference it"
                            : "",
                        mig_lint_assuming(ctx, &change->table));
}

const MigRule mig_rule_truncate = {
    .id = "truncate",
    .engines = MIG_ENGINE_POSTGRES | MIG_ENGINE_MYSQL_FAMILY,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DATA,
    .summary = "TRUNCATE of a table that was there before",
    .danger =
        "All rows are gone without any trigger for them having run; on PostgreSQL reads and "
        "writes wait until the transaction ends, on MySQL it commits at once, and the numbering "
        "begins again.",
    .steps =
        {"DELETE with a condition, in batches, of the rows that nobody needs.",
         "If all of them must go: take a backup, and say so by migrate:allow with the reason."},
    .manual = "PostgreSQL 16, \"TRUNCATE\"; MySQL 8.4, \"TRUNCATE TABLE Statement\"",
    .check = check,
};
