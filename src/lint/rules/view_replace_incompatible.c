/* SPDX-License-Identifier: MIT */
/* CREATE OR REPLACE of a view or a function that isn't like what is there. */
#include "lint/rule.h"
#include "lint/within.h"
#include "schema/reads.h"

#include <string.h>

static void
clear_result(gpointer data)
{
    g_free(((MigReadsResult *)data)->owned_name);
}

/* (owned) const char *: the names of its columns; %NULL: they aren't all known. */
static GPtrArray *
new_columns(const MigLintContext *ctx, const MigChange *change, GArray *results)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    if (change->query == NULL || !mig_reads_results(ctx->catalog, change->query, results))
        return NULL;
    for (guint i = 0; i < results->len; i++) {
        const MigReadsResult *result = &g_array_index(results, MigReadsResult, i);
        const char *name = i < change->n_columns ? change->columns[i] : result->name;
        if (name == NULL)
            return NULL;
        g_ptr_array_add(names, (gpointer)(uintptr_t)name);
    }
    return g_steal_pointer(&names);
}

static void
check_view(MigLintContext *ctx, const MigChange *change)
{
    const MigTable *view = mig_lint_table(ctx, &change->table);

    if (view == NULL || view->kind != MIG_RELATION_VIEW || !view->columns_known || view->assumed)
        return;
    g_autoptr(GArray) results = g_array_new(FALSE, TRUE, sizeof(MigReadsResult));
    g_array_set_clear_func(results, clear_result);
    g_autoptr(GPtrArray) names = new_columns(ctx, change, results);
    if (names == NULL)
        return;

    const char *name = mig_lint_name(ctx, &change->table);
    for (guint i = 0; i < view->columns->len; i++) {
        const MigTableColumn *old = g_ptr_array_index(view->columns, i);
        if (i >= names->len) {
            mig_lint_report(ctx, change, "OR REPLACE can't take the column %s from %s", old->name,
                            name);
            return;
        }
        if (strcmp(old->name, g_ptr_array_index(names, i)) != 0) {
            mig_lint_report(ctx, change, "OR REPLACE can't change the column %s of %s to %s",
                            old->name, name, (const char *)g_ptr_array_index(names, i));
            return;
        }
    }
}

static bool
is_same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL || g_ascii_strcasecmp(a, b) == 0;
}

static void
check_routine(MigLintContext *ctx, const MigChange *change)
{
    const MigUserRoutine *found = NULL;
    const MigRoutine *made = change->routine;
    const char *name = mig_lint_name(ctx, &change->name);

    if (made == NULL ||
        mig_catalog_routine(ctx->catalog, change->name.schema, change->name.name, &found) !=
            MIG_LOOKUP_FOUND ||
        found->routine == NULL || found->arguments == NULL || made->arguments == NULL ||
        strcmp(found->arguments, made->arguments) != 0)
        return;
    const MigRoutine *old = found->routine;
    if (!is_same_text(old->returns, made->returns)) {
        mig_lint_report(ctx, change, "OR REPLACE can't make %s() return %s: it returns %s", name,
                        made->returns, old->returns);
        return;
    }
    for (size_t i = 0; i < old->n_parameters && i < made->n_parameters; i++) {
        if (*old->parameters[i] == '\0' || strcmp(old->parameters[i], made->parameters[i]) == 0)
            continue;
        mig_lint_report(ctx, change, "OR REPLACE can't rename the parameter %s of %s()",
                        old->parameters[i], name);
        return;
    }
}

static void
check(MigLintContext *ctx, const MigChange *change)
{
    if (!change->or_replace || change->nested)
        return;
    if (change->kind == MIG_CHANGE_CREATE_VIEW)
        check_view(ctx, change);
    else if (change->kind == MIG_CHANGE_CREATE_ROUTINE)
        check_routine(ctx, change);
}

const MigRule mig_rule_view_replace_incompatible = {
    .id = "view-replace-incompatible",
    .engines = MIG_ENGINE_POSTGRES,
    .severity = MIG_SEVERITY_ERROR,
    .kind = MIG_RULE_FAILS,
    .fix = MIG_RULE_FIX_SPLIT,
    .summary = "CREATE OR REPLACE that changes columns or what is returned",
    .danger = "The server refuses the statement, and the migration stops there.",
    .steps = {"Put new columns at the end, and leave the others as they are.",
              "Or drop it and what hangs on it, make all of it again, and GRANT what was granted, "
              "in one "
              "transaction."},
    .manual = "PostgreSQL 18, \"CREATE VIEW\"; \"CREATE FUNCTION\", Notes",
    .check = check,
};
