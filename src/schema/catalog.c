/* SPDX-License-Identifier: MIT */
/* What a database's tables look like, as far as the migrations before tell. */
#include "schema/catalog.h"

#include "schema/copy.h"
#include "schema/session.h"
#include "schema/store.h"

static void
free_routines(gpointer routines)
{
    g_ptr_array_unref(routines);
}

static GHashTable *
new_names(GDestroyNotify free_value)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_value);
}

static const char *
first_schema(MigEngine engine)
{
    if (engine == MIG_ENGINE_POSTGRES)
        return "public";
    return engine == MIG_ENGINE_SQLITE ? "main" : "";
}

MigCatalog *
mig_catalog_new(MigEngine engine, int version)
{
    MigCatalog *catalog = g_new0(MigCatalog, 1);

    catalog->engine = engine;
    catalog->version = version;
    catalog->default_schema = g_strdup(first_schema(engine));
    catalog->relations = new_names((GDestroyNotify)mig_table_free);
    catalog->indexes = new_names(NULL);
    catalog->constraints = new_names(NULL);
    catalog->types = new_names((GDestroyNotify)mig_user_type_free);
    catalog->sequences = new_names((GDestroyNotify)mig_sequence_free);
    catalog->routines = new_names(free_routines);
    catalog->schemas = new_names(NULL);
    catalog->objects = new_names(NULL);
    catalog->users = new_names((GDestroyNotify)g_hash_table_unref);
    catalog->unsure = new_names(NULL);
    catalog->touched = g_ptr_array_new();
    catalog->session.values = new_names(g_free);
    g_hash_table_add(catalog->schemas, g_strdup(catalog->default_schema));
    return catalog;
}

void
mig_catalog_free(MigCatalog *catalog)
{
    if (catalog == NULL)
        return;
    mig_session_clear(&catalog->session);
    g_hash_table_unref(catalog->session.values);
    g_hash_table_unref(catalog->users);
    g_hash_table_unref(catalog->relations);
    g_hash_table_unref(catalog->indexes);
    g_hash_table_unref(catalog->constraints);
    g_hash_table_unref(catalog->types);
    g_hash_table_unref(catalog->sequences);
    g_hash_table_unref(catalog->routines);
    g_hash_table_unref(catalog->schemas);
    g_hash_table_unref(catalog->objects);
    g_hash_table_unref(catalog->unsure);
    g_ptr_array_unref(catalog->touched);
    g_free(catalog->incomplete);
    g_free(catalog->default_schema);
    g_free(catalog);
}

void
mig_catalog_set_incomplete(MigCatalog *catalog, const char *why)
{
    if (catalog->incomplete == NULL)
        catalog->incomplete = g_strdup(why);
}

bool
mig_catalog_complete(const MigCatalog *catalog)
{
    return catalog->incomplete == NULL;
}

const char *
mig_catalog_incomplete_why(const MigCatalog *catalog)
{
    return catalog->incomplete;
}

MigEngine
mig_catalog_engine(const MigCatalog *catalog)
{
    return catalog->engine;
}

int
mig_catalog_version(const MigCatalog *catalog)
{
    return catalog->version;
}

void
mig_catalog_set_default_schema(MigCatalog *catalog, const char *schema)
{
    char *copy = g_strdup(schema);

    g_free(catalog->default_schema);
    catalog->default_schema = copy;
    g_hash_table_add(catalog->schemas, g_strdup(schema));
}

bool
mig_catalog_publishes_all(const MigCatalog *catalog)
{
    return catalog->publishes_all;
}

static void
copy_strings(GHashTable *to, GHashTable *from, bool values)
{
    GHashTableIter iter;
    gpointer key, value;

    g_hash_table_iter_init(&iter, from);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        if (values)
            g_hash_table_insert(to, g_strdup(key), g_strdup(value));
        else
            g_hash_table_add(to, g_strdup(key));
    }
}

static void
relink(GPtrArray *tables, GHashTable *copies)
{
    for (guint i = 0; i < tables->len; i++)
        tables->pdata[i] = g_hash_table_lookup(copies, tables->pdata[i]);
}

static void
copy_tables(MigCatalog *to, const MigCatalog *from)
{
    g_autoptr(GHashTable) copies = g_hash_table_new(NULL, NULL);
    GHashTableIter iter;
    gpointer key, table, copy;

    g_hash_table_iter_init(&iter, from->relations);
    while (g_hash_table_iter_next(&iter, &key, &table)) {
        copy = g_new0(MigTable, 1);
        mig_copy_table(copy, table);
        g_hash_table_insert(copies, table, copy);
        g_hash_table_insert(to->relations, g_strdup(key), copy);
        mig_store_register(to, copy, true);
    }
    g_hash_table_iter_init(&iter, copies);
    while (g_hash_table_iter_next(&iter, &table, &copy)) {
        relink(((MigTable *)copy)->parents, copies);
        relink(((MigTable *)copy)->children, copies);
    }
}

static void
copy_objects(MigCatalog *to, const MigCatalog *from)
{
    GHashTableIter iter;
    gpointer key, value;

    g_hash_table_iter_init(&iter, from->types);
    while (g_hash_table_iter_next(&iter, &key, &value))
        g_hash_table_insert(to->types, g_strdup(key), mig_copy_user_type(value));
    g_hash_table_iter_init(&iter, from->sequences);
    while (g_hash_table_iter_next(&iter, &key, &value))
        g_hash_table_insert(to->sequences, g_strdup(key), mig_copy_sequence(value));
    g_hash_table_iter_init(&iter, from->routines);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const GPtrArray *routines = value;
        GPtrArray *copy = g_ptr_array_new_with_free_func((GDestroyNotify)mig_user_routine_free);

        for (guint i = 0; i < routines->len; i++)
            g_ptr_array_add(copy, mig_copy_user_routine(routines->pdata[i]));
        g_hash_table_insert(to->routines, g_strdup(key), copy);
    }
    copy_strings(to->schemas, from->schemas, false);
    copy_strings(to->objects, from->objects, false);
    copy_strings(to->unsure, from->unsure, false);
}

MigCatalog *
mig_catalog_copy(const MigCatalog *catalog)
{
    MigCatalog *copy = mig_catalog_new(catalog->engine, catalog->version);

    mig_catalog_set_default_schema(copy, catalog->default_schema);
    copy->incomplete = g_strdup(catalog->incomplete);
    copy->publishes_all = catalog->publishes_all;
    g_hash_table_remove_all(copy->schemas);
    copy_tables(copy, catalog);
    copy_objects(copy, catalog);
    mig_session_copy(&copy->session, &catalog->session);
    return copy;
}
