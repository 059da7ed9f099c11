/* SPDX-License-Identifier: MIT */
/* Settings of the session: the search path, MySQL's database, what SET says. */
#include "schema/session.h"

#include <string.h>

void
mig_session_clear(MigSessionState *session)
{
    g_clear_pointer(&session->path, g_ptr_array_unref);
    g_clear_pointer(&session->path_before, g_ptr_array_unref);
    g_clear_pointer(&session->database, g_free);
    g_clear_pointer(&session->before, g_hash_table_unref);
    g_hash_table_remove_all(session->values);
    session->path_hidden = false;
    session->in_transaction = false;
}

static gpointer
duplicate(gconstpointer text, gpointer data)
{
    (void)data;
    return g_strdup(text);
}

static GHashTable *
copy_values(GHashTable *from)
{
    GHashTable *copy = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    GHashTableIter iter;
    gpointer key, value;

    g_hash_table_iter_init(&iter, from);
    while (g_hash_table_iter_next(&iter, &key, &value))
        g_hash_table_insert(copy, g_strdup(key), g_strdup(value));
    return copy;
}

static GPtrArray *
copy_path(GPtrArray *path)
{
    if (path == NULL)
        return NULL;

    GPtrArray *copy = g_ptr_array_copy(path, duplicate, NULL);

    g_ptr_array_set_free_func(copy, g_free);
    return copy;
}

void
mig_session_copy(MigSessionState *to, const MigSessionState *from)
{
    mig_session_clear(to);
    g_hash_table_unref(to->values);
    to->values = copy_values(from->values);
    to->before = from->before == NULL ? NULL : copy_values(from->before);
    to->path = copy_path(from->path);
    to->path_before = copy_path(from->path_before);
    to->path_hidden = from->path_hidden;
    to->database = g_strdup(from->database);
    to->in_transaction = from->in_transaction;
}

/* "app, \"Other\", public": names as SET search_path has them. */
static GPtrArray *
read_path(const char *value)
{
    GPtrArray *path = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) names = g_strsplit(value, ",", -1);

    for (char **name = names; *name != NULL; name++) {
        char *bare = g_strstrip(*name);
        size_t length = strlen(bare);

        if (length >= 2 && (*bare == '"' || *bare == '\'') && bare[length - 1] == *bare) {
            bare[length - 1] = '\0';
            bare++;
        }
        /* "$user" is a schema that hardly anybody has, and pg_catalog holds nothing of ours. */
        if (*bare == '\0' || *bare == '$' || strcmp(bare, "pg_catalog") == 0)
            continue;
        g_ptr_array_add(path, g_strdup(bare));
    }
    return path;
}

static void
hide(MigSessionState *session, const char *name)
{
    if (strcmp(name, "search_path") == 0) {
        if (!session->path_hidden)
            session->path_before = copy_path(session->path);
        session->path_hidden = true;
    }
    if (session->before == NULL)
        session->before = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (!g_hash_table_contains(session->before, name))
        g_hash_table_insert(session->before, g_strdup(name),
                            g_strdup(g_hash_table_lookup(session->values, name)));
}

void
mig_session_set(MigCatalog *catalog, const char *name, const char *value, bool local)
{
    MigSessionState *session = &catalog->session;
    g_autofree char *lower = g_ascii_strdown(name, -1);

    if (local)
        hide(session, lower);
    if (value != NULL && g_ascii_strcasecmp(value, "default") == 0)
        value = NULL;
    if (strcmp(lower, "all") == 0 && value == NULL) {
        g_hash_table_remove_all(session->values);
        g_clear_pointer(&session->path, g_ptr_array_unref);
        return;
    }
    if (value == NULL)
        g_hash_table_remove(session->values, lower);
    else
        g_hash_table_insert(session->values, g_strdup(lower), g_strdup(value));
    if (strcmp(lower, "search_path") == 0 && catalog->engine == MIG_ENGINE_POSTGRES) {
        g_clear_pointer(&session->path, g_ptr_array_unref);
        if (value != NULL)
            session->path = read_path(value);
    }
}

void
mig_session_use(MigCatalog *catalog, const char *database)
{
    g_free(catalog->session.database);
    catalog->session.database = g_strdup(database);
}

static void
end_transaction(MigSessionState *session)
{
    GHashTableIter iter;
    gpointer name, value;

    session->in_transaction = false;
    if (session->path_hidden) {
        g_clear_pointer(&session->path, g_ptr_array_unref);
        session->path = g_steal_pointer(&session->path_before);
        session->path_hidden = false;
    }
    if (session->before == NULL)
        return;
    g_hash_table_iter_init(&iter, session->before);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        if (value == NULL)
            g_hash_table_remove(session->values, name);
        else
            g_hash_table_insert(session->values, g_strdup(name), g_strdup(value));
    }
    g_clear_pointer(&session->before, g_hash_table_unref);
}

void
mig_session_transaction(MigCatalog *catalog, const char *verb)
{
    if (g_strcmp0(verb, "begin") == 0)
        catalog->session.in_transaction = true;
    else if (g_strcmp0(verb, "commit") == 0 || g_strcmp0(verb, "rollback") == 0 ||
             g_strcmp0(verb, "prepare") == 0)
        end_transaction(&catalog->session);
}

/* Temporary tables are nobody's to rely on after that, and would hide others of their name. */
void
mig_catalog_end_migration(MigCatalog *catalog)
{
    g_autoptr(GPtrArray) temporary = g_ptr_array_new();
    GHashTableIter iter;
    gpointer table;

    mig_session_clear(&catalog->session);
    g_hash_table_iter_init(&iter, catalog->relations);
    while (catalog->n_temporary > 0 && g_hash_table_iter_next(&iter, NULL, &table)) {
        if (((MigTable *)table)->temporary)
            g_ptr_array_add(temporary, table);
    }
    for (guint i = 0; i < temporary->len; i++)
        mig_store_remove_table(catalog, temporary->pdata[i]);
    catalog->n_temporary = 0;
}

const char *
mig_catalog_setting(const MigCatalog *catalog, const char *name)
{
    return g_hash_table_lookup(catalog->session.values, name);
}

/* The nth schema in which an unqualified name is looked for; %NULL: there are no more. */
static const char *
nth_schema(const MigCatalog *catalog, guint n)
{
    const MigSessionState *session = &catalog->session;

    switch ((int)catalog->engine) {
    case MIG_ENGINE_POSTGRES:
        if (n == 0)
            return "pg_temp";
        if (session->path == NULL)
            return n == 1 ? catalog->default_schema : NULL;
        return n <= session->path->len ? session->path->pdata[n - 1] : NULL;
    case MIG_ENGINE_SQLITE:
        if (n == 0)
            return "temp";
        return n == 1 ? "main" : NULL;
    default:
        if (n > 0)
            return NULL;
        return session->database != NULL ? session->database : catalog->default_schema;
    }
}

/* pg_temp_3 is somebody's pg_temp. */
static const char *
said_schema(const MigCatalog *catalog, const char *schema)
{
    if (catalog->engine == MIG_ENGINE_POSTGRES && g_str_has_prefix(schema, "pg_temp"))
        return "pg_temp";
    return schema;
}

typedef gpointer (*Finder)(const MigCatalog *catalog, const char *schema, const char *name);

static gpointer
find(const MigCatalog *catalog, const char *schema, const char *name, Finder finder)
{
    gpointer found = NULL;

    if (schema != NULL)
        return finder(catalog, said_schema(catalog, schema), name);
    for (guint n = 0; found == NULL; n++) {
        const char *next = nth_schema(catalog, n);

        if (next == NULL)
            break;
        found = finder(catalog, next, name);
    }
    if (found != NULL || catalog->engine != MIG_ENGINE_SQLITE)
        return found;

    /* Attached databases come last. */
    GHashTableIter iter;
    gpointer attached;

    g_hash_table_iter_init(&iter, catalog->schemas);
    while (found == NULL && g_hash_table_iter_next(&iter, &attached, NULL))
        found = finder(catalog, attached, name);
    return found;
}

static gpointer
find_table(const MigCatalog *catalog, const char *schema, const char *name)
{
    return mig_store_table(catalog, schema, name);
}

static gpointer
find_type(const MigCatalog *catalog, const char *schema, const char *name)
{
    return mig_store_type(catalog, schema, name);
}

static gpointer
find_sequence(const MigCatalog *catalog, const char *schema, const char *name)
{
    return mig_store_sequence(catalog, schema, name);
}

static gpointer
find_index(const MigCatalog *catalog, const char *schema, const char *name)
{
    g_autofree char *key = mig_store_key(catalog, schema, name);

    return g_hash_table_lookup(catalog->indexes, key);
}

static gpointer
find_routines(const MigCatalog *catalog, const char *schema, const char *name)
{
    g_autofree char *key = mig_store_key(catalog, schema, name);

    return g_hash_table_lookup(catalog->routines, key);
}

MigTable *
mig_session_table(const MigCatalog *catalog, const char *schema, const char *name)
{
    return find(catalog, schema, name, find_table);
}

MigUserType *
mig_session_type(const MigCatalog *catalog, const char *schema, const char *name)
{
    return find(catalog, schema, name, find_type);
}

MigSequence *
mig_session_sequence(const MigCatalog *catalog, const char *schema, const char *name)
{
    return find(catalog, schema, name, find_sequence);
}

MigTable *
mig_session_index(const MigCatalog *catalog, const char *schema, const char *name)
{
    return find(catalog, schema, name, find_index);
}

GPtrArray *
mig_session_routines(const MigCatalog *catalog, const char *schema, const char *name)
{
    return find(catalog, schema, name, find_routines);
}

const char *
mig_session_schema(const MigCatalog *catalog, const char *schema, bool temporary)
{
    if (schema != NULL)
        return said_schema(catalog, schema);
    if (temporary && catalog->engine == MIG_ENGINE_POSTGRES)
        return "pg_temp";
    if (temporary && catalog->engine == MIG_ENGINE_SQLITE)
        return "temp";

    /* The first that is there: a path may begin with a schema that isn't. */
    guint first = catalog->engine & MIG_ENGINE_MYSQL_FAMILY ? 0 : 1;

    for (guint n = first;; n++) {
        const char *next = nth_schema(catalog, n);

        if (next == NULL)
            break;
        if (catalog->incomplete != NULL || mig_catalog_has_schema(catalog, next))
            return next;
    }

    const char *next = nth_schema(catalog, first);

    return next != NULL ? next : catalog->default_schema;
}

const char *
mig_catalog_schema_for(const MigCatalog *catalog, const MigName *name, bool temporary)
{
    return mig_session_schema(catalog, name->schema, temporary);
}
