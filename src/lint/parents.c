/* SPDX-License-Identifier: MIT */
/* Tables that a transaction locks since foreign keys to them come or go. */
#include "lint/parents.h"

#include "lint/action.h"

#include <string.h>

void
mig_lint_parents_init(MigLintParents *parents)
{
    parents->names = g_ptr_array_new_with_free_func(g_free);
    parents->shown = g_ptr_array_new();
    parents->first = NULL;
}

void
mig_lint_parents_clear(MigLintParents *parents)
{
    g_clear_pointer(&parents->names, g_ptr_array_unref);
    g_clear_pointer(&parents->shown, g_ptr_array_unref);
}

static bool
is_same(const MigLintContext *ctx, const MigName *a, const MigName *b)
{
    const MigTable *table = mig_lint_table(ctx, a);

    if (table != NULL)
        return table == mig_lint_table(ctx, b);
    return g_strcmp0(a->name, b->name) == 0 && g_strcmp0(a->schema, b->schema) == 0;
}

void
mig_lint_parents_add(MigLintContext *ctx, MigLintParents *parents, const MigName *parent,
                     const MigName *child)
{
    const MigTable *table = mig_lint_table(ctx, parent);

    if (parent->name == NULL || is_same(ctx, parent, child))
        return;
    if (table != NULL && (mig_lint_is_new(ctx, table) || mig_lint_is_small(ctx, table)))
        return;
    g_autofree char *name =
        table != NULL
            ? g_strdup_printf("%s.%s", table->schema, table->name)
            : g_strdup_printf("%s.%s", parent->schema != NULL ? parent->schema : "", parent->name);
    if (g_ptr_array_find_with_equal_func(parents->names, name, g_str_equal, NULL))
        return;
    if (parents->names->len == 0)
        parents->first = table;
    g_ptr_array_add(parents->names, g_steal_pointer(&name));
    g_ptr_array_add(parents->shown,
                    (gpointer)(uintptr_t)(table != NULL ? mig_lint_table_name(ctx, table)
                                                        : mig_lint_name(ctx, parent)));
}

void
mig_lint_parents_before(MigLintContext *ctx, const MigChange *change, MigLintParentsOf of,
                        MigLintParents *parents)
{
    const GPtrArray *statements = ctx->step->statements;

    for (guint i = 0; i < statements->len; i++) {
        const MigReviewedStatement *statement = g_ptr_array_index(statements, i);
        if (statement != ctx->statement &&
            (!mig_lint_in_transaction(ctx) ||
             statement->moment.transaction != ctx->statement->moment.transaction))
            continue;
        for (size_t j = 0; j < statement->changes->n_changes; j++) {
            const MigChange *each = &statement->changes->changes[j];
            if (each == change)
                return;
            if (!each->in_body)
                of(ctx, each, parents);
        }
    }
}
