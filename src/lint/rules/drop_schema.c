/* SPDX-License-Identifier: MIT */
/* DROP SCHEMA, with or without what is in it. */
#include "lint/rule.h"
#include "lint/within.h"

#include <string.h>

/* So many tables are named; the others are counted. */
#define MAX_NAMED 5

typedef struct {
    const char *schema;
    GPtrArray *tables; /* (owned) const char *, borrowed */
} Content;

static void
collect(const MigTable *table, gpointer data)
{
    Content *content = data;

    if (strcmp(table->schema, content->schema) == 0)
        g_ptr_array_add(content->tables, (gpointer)(uintptr_t)table->name);
}

static bool
makes_schema(const MigLintContext *ctx, const MigChange *change, gconstpointer name)
{
    (void)ctx;
    return change->kind == MIG_CHANGE_CREATE_OBJECT && change->object_type == MIG_TYPE_OF_SCHEMA &&
           !change->if_not_exists && g_strcmp0(change->name.name, name) == 0;
}

static const char *
list(MigLintContext *ctx, const Content *content)
{
    const char *const *names = (const char *const *)content->tables->pdata;
    guint n = content->tables->len;

    if (n <= MAX_NAMED)
        return mig_lint_list(ctx, names, n);
    g_autoptr(GPtrArray) some = g_ptr_array_new();
    for (guint i = 0; i < MAX_NAMED - 1; i++)
        g_ptr_array_add(some, (gpointer)(uintptr_t)names[i]);
    g_ptr_array_add(some,
                    (gpointer)(uintptr_t)mig_lint_format(ctx, "%u others", n - MAX_NAMED + 1));
    return mig_lint_list(ctx, (const char *const *)some->pdata, some->len);
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    const char *schema = change->name.name;

    if (change->kind != MIG_CHANGE_DROP_OBJECT || change->object_type != MIG_TYPE_OF_SCHEMA ||
        schema == NULL || mig_lint_before(ctx, makes_schema, schema) != NULL)
        return;

    g_autoptr(GPtrArray) tables = g_ptr_array_new();
    Content content = {schema, tables};
    mig_catalog_each_table(ctx->catalog, collect, &content);
    if (tables->len > 0 && change->cascade)
        mig_lint_report_as(ctx, MIG_SEVERITY_ERROR, change, "dropping schema %s removes %s with it",
                           schema, list(ctx, &content));
    else if (tables->len > 0)
        mig_lint_report_as(ctx, MIG_SEVERITY_ERROR, change,
                           "schema %s can't be dropped while it has %s", schema,
                           list(ctx, &content));
    else if (change->cascade)
        mig_lint_report_as(ctx, MIG_SEVERITY_ERROR, change,
                           "dropping schema %s removes whatever is in it", schema);
    else
        mig_lint_report_as(
            ctx, mig_catalog_complete(ctx->catalog) ? MIG_SEVERITY_INFO : MIG_SEVERITY_WARNING,
            change, "dropping schema %s fails if anything is in it", schema);
}

const MigRule mig_rule_drop_schema = {
    .id = "drop-schema",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_DATA,
    .summary = "DROP SCHEMA",
    .danger = "With CASCADE all of its tables go, and what depends on them in other schemas; no "
              "list of them is shown before.",
    .steps = {"Drop the objects one by one, by name, each in a migration that can be reviewed.",
              "DROP SCHEMA without CASCADE at last: it fails if something was forgotten."},
    .manual = "PostgreSQL 16, \"DROP SCHEMA\"",
    .weaker = {"drop-cascade"},
    .check = check,
};
