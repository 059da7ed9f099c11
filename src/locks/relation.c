/* SPDX-License-Identifier: MIT */
/* Relations that hang together: children, foreign keys, views, indexes, users of a type. */
#include "locks/work.h"

#include <string.h>

static void
add_table(const MigTable *table, gpointer data)
{
    g_ptr_array_add(data, (gpointer)table);
}

GPtrArray *
mig_work_tree(const MigTable *table, bool only)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new();

    mig_catalog_each_child(table, only, add_table, tables);
    /* Whatever the walk says, the table itself is the first. */
    if (!g_ptr_array_find(tables, table, NULL))
        g_ptr_array_insert(tables, 0, (gpointer)table);
    return g_steal_pointer(&tables);
}

static void
add_key(const MigTable *child, const MigTableConstraint *key, gpointer data)
{
    const MigWorkKey found = {.child = child, .key = key};

    g_array_append_val((GArray *)data, found);
}

GArray *
mig_work_keys_to(MigWork *work, const MigTable *table)
{
    g_autoptr(GArray) keys = g_array_new(false, false, sizeof(MigWorkKey));

    mig_catalog_each_reference(work->catalog, table, add_key, keys);
    return g_steal_pointer(&keys);
}

GPtrArray *
mig_work_views_of(MigWork *work, const MigTable *table, const char *column)
{
    g_autoptr(GPtrArray) views = g_ptr_array_new();

    mig_catalog_each_view_of(work->catalog, table, column, add_table, views);
    return g_steal_pointer(&views);
}

GPtrArray *
mig_work_all_tables(MigWork *work)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new();

    mig_catalog_each_table(work->catalog, add_table, tables);
    return g_steal_pointer(&tables);
}

GPtrArray *
mig_work_users_of(MigWork *work, const MigUserType *type)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new();

    mig_catalog_each_user_of_type(work->catalog, type, add_table, tables);
    return g_steal_pointer(&tables);
}

bool
mig_work_has_name(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (g_strcmp0(names[i], name) == 0)
            return true;
    }
    return false;
}

bool
mig_work_index_has(const MigTableIndex *index, const char *column)
{
    for (size_t i = 0; i < index->n_parts; i++) {
        const MigKeyPart *part = &index->parts[i];
        if (g_strcmp0(part->column, column) == 0 ||
            (part->expr != NULL && mig_expr_mentions(part->expr, column)))
            return true;
    }
    return mig_work_has_name(index->include, index->n_include, column) ||
           (index->where != NULL && mig_expr_mentions(index->where, column));
}

const MigTableIndex *
mig_work_index_of(const MigTable *table, const MigTableConstraint *key)
{
    const char *name = key->index;

    if (key->kind == MIG_CONSTRAINT_FOREIGN_KEY)
        return NULL;
    if (name == NULL &&
        (key->kind == MIG_CONSTRAINT_UNIQUE || key->kind == MIG_CONSTRAINT_PRIMARY_KEY ||
         key->kind == MIG_CONSTRAINT_EXCLUDE))
        name = key->name;
    return name != NULL ? mig_table_index(table, name) : NULL;
}

bool
mig_work_is(const MigName *name, const MigTable *table)
{
    return g_strcmp0(name->name, table->name) == 0 &&
           (name->schema == NULL || g_strcmp0(name->schema, table->schema) == 0);
}
