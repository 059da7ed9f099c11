/* SPDX-License-Identifier: MIT */
/* Walks over a catalog: children, references, views, users of a type. */
#include "schema/store.h"

void
mig_catalog_each_table(const MigCatalog *catalog, MigTableFunc func, gpointer data)
{
    g_autoptr(GPtrArray) tables = mig_store_tables(catalog);

    for (guint i = 0; i < tables->len; i++)
        func(tables->pdata[i], data);
}

void
mig_catalog_each_reference(const MigCatalog *catalog, const MigTable *parent, MigReferenceFunc func,
                           gpointer data)
{
    g_autoptr(GPtrArray) users = mig_store_users(catalog, parent->schema, parent->name);

    for (guint i = 0; i < users->len; i++) {
        const MigTable *child = users->pdata[i];

        for (guint k = 0; k < child->constraints->len; k++) {
            const MigTableConstraint *key = child->constraints->pdata[k];

            if (key->ref_table != NULL &&
                mig_names_equal(catalog->engine, key->ref_table, parent->name) &&
                mig_names_equal(catalog->engine, key->ref_schema, parent->schema))
                func(child, key, data);
        }
    }
}

static bool
reads_column(const MigTable *view, const MigTable *table, const char *column)
{
    for (guint i = 0; i < view->depends_on->len; i++) {
        const MigDependency *on = view->depends_on->pdata[i];

        if (!mig_names_equal(view->engine, on->table, table->name) ||
            !mig_names_equal(view->engine, on->schema, table->schema))
            continue;
        if (column == NULL || on->column == NULL ||
            mig_names_equal(view->engine, on->column, column))
            return true;
    }
    return false;
}

void
mig_catalog_each_view_of(const MigCatalog *catalog, const MigTable *table, const char *column,
                         MigTableFunc func, gpointer data)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    g_ptr_array_add(found, (gpointer)table);
    g_hash_table_add(seen, (gpointer)table);
    for (guint i = 0; i < found->len; i++) {
        const MigTable *read = found->pdata[i];
        g_autoptr(GPtrArray) users = mig_store_users(catalog, read->schema, read->name);

        for (guint u = 0; u < users->len; u++) {
            if (!reads_column(users->pdata[u], read, i == 0 ? column : NULL) ||
                !g_hash_table_add(seen, users->pdata[u]))
                continue;
            g_ptr_array_add(found, users->pdata[u]);
            func(users->pdata[u], data);
        }
    }
}

/* Types over the type: domains, and composites that have it in them; itself first. */
static GPtrArray *
types_over(const MigCatalog *catalog, const MigUserType *type)
{
    GPtrArray *over = g_ptr_array_new();

    g_ptr_array_add(over, (gpointer)type);
    for (guint i = 0; i < over->len; i++) {
        const MigUserType *base = over->pdata[i];
        GHashTableIter iter;
        gpointer other;

        g_hash_table_iter_init(&iter, catalog->types);
        while (g_hash_table_iter_next(&iter, NULL, &other)) {
            const MigUserType *candidate = other;
            bool uses = candidate->kind == MIG_USER_TYPE_DOMAIN &&
                        g_strcmp0(candidate->base.name, base->name) == 0 &&
                        g_strcmp0(candidate->base.schema, base->schema) == 0;

            for (guint c = 0; !uses && c < candidate->columns->len; c++) {
                const MigTableColumn *column = candidate->columns->pdata[c];

                uses = g_strcmp0(column->type.name, base->name) == 0 &&
                       g_strcmp0(column->type.schema, base->schema) == 0;
            }
            if (uses && !g_ptr_array_find(over, candidate, NULL))
                g_ptr_array_add(over, other);
        }
    }
    return over;
}

static bool
has_column_of(const MigTable *table, const GPtrArray *types)
{
    for (guint c = 0; c < table->columns->len; c++) {
        const MigTableColumn *column = table->columns->pdata[c];

        if (column->type.schema == NULL)
            continue;
        for (guint t = 0; t < types->len; t++) {
            const MigUserType *type = types->pdata[t];

            if (g_strcmp0(column->type.name, type->name) == 0 &&
                g_strcmp0(column->type.schema, type->schema) == 0)
                return true;
        }
    }
    return false;
}

void
mig_catalog_each_user_of_type(const MigCatalog *catalog, const MigUserType *type, MigTableFunc func,
                              gpointer data)
{
    g_autoptr(GPtrArray) types = types_over(catalog, type);
    g_autoptr(GPtrArray) tables = mig_store_tables(catalog);

    for (guint i = 0; i < tables->len; i++) {
        if (has_column_of(tables->pdata[i], types))
            func(tables->pdata[i], data);
    }
}

void
mig_catalog_each_child(const MigTable *table, bool only, MigTableFunc func, gpointer data)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    g_ptr_array_add(found, (gpointer)table);
    g_hash_table_add(seen, (gpointer)table);
    for (guint i = 0; i < found->len; i++) {
        const MigTable *one = found->pdata[i];

        for (guint c = 0; !only && c < one->children->len; c++) {
            if (g_hash_table_add(seen, one->children->pdata[c]))
                g_ptr_array_add(found, one->children->pdata[c]);
        }
        func(one, data);
    }
}
