/* SPDX-License-Identifier: MIT */
/* What our own transaction holds. */
#include "postgres.h"

#include <string.h>

/* How a relation was called when it was first seen: in a transaction that drops it, the catalog has
 * no name for it any more. */
typedef struct {
    char *schema;
    char *name;
    bool index;
} PgRelation;

/* From the weakest to the strongest. Manual: PostgreSQL 15, "Explicit Locking", Table-Level Locks. */
static const char *const modes[] = {
    "AccessShareLock", "RowShareLock",          "RowExclusiveLock", "ShareUpdateExclusiveLock",
    "ShareLock",       "ShareRowExclusiveLock", "ExclusiveLock",    "AccessExclusiveLock",
};

static void
free_relation(gpointer data)
{
    PgRelation *relation = data;

    g_free(relation->schema);
    g_free(relation->name);
    g_free(relation);
}

static bool
note_relation(const MigRow *row, gpointer data)
{
    PgRelation *relation = g_new0(PgRelation, 1);

    relation->schema = g_strdup(row->values[1]);
    relation->name = g_strdup(row->values[2]);
    relation->index = strcmp(row->values[3], "t") == 0;
    /* The first name stays: it is the one under which the statements before know it. */
    if (!g_hash_table_contains(data, row->values[0]))
        g_hash_table_insert(data, g_strdup(row->values[0]), relation);
    else
        free_relation(relation);
    return true;
}

static bool
note_moment(const MigRow *row, gpointer data)
{
    char **moment = data;

    g_free(*moment);
    *moment = g_strdup(row->values[0]);
    return true;
}

/* In another transaction things may have got other names. */
static bool
begin_anew(MigConnection *connection, GError **error)
{
    g_autofree char *moment = NULL;

    if (!mig_pg_simple(connection, "SELECT extract(epoch FROM pg_catalog.now())", note_moment,
                       &moment, error))
        return false;
    if (g_strcmp0(moment, connection->relations_of) == 0)
        return true;
    g_clear_pointer(&connection->relations, g_hash_table_unref);
    g_free(connection->relations_of);
    connection->relations_of = g_steal_pointer(&moment);
    return true;
}

static bool
note_relations(MigConnection *connection, GError **error)
{
    if (!begin_anew(connection, error))
        return false;
    if (connection->relations == NULL)
        connection->relations =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_relation);
    return mig_pg_simple(connection,
                         "SELECT c.oid, n.nspname, c.relname, c.relkind IN ('i', 'I') FROM"
                         " pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid ="
                         " c.relnamespace WHERE c.relkind NOT IN ('S', 'c', 't') AND n.nspname !~ "
                         "'^pg_(toast|catalog)' AND n.nspname <>"
                         " 'information_schema'",
                         note_relation, connection->relations, error);
}

static size_t
rank(const char *mode)
{
    size_t i = 0;

    while (i < G_N_ELEMENTS(modes) && strcmp(modes[i], mode) != 0)
        i++;
    return i;
}

static bool
note_lock(const MigRow *row, gpointer data)
{
    const char *held = g_hash_table_lookup(data, row->values[0]);
    size_t mode = rank(row->values[1]);

    if (mode < G_N_ELEMENTS(modes) && (held == NULL || rank(held) < mode))
        g_hash_table_replace(data, g_strdup(row->values[0]), (gpointer)(uintptr_t)modes[mode]);
    return true;
}

bool
mig_pg_held(MigConnection *connection, MigHeldFunc held, gpointer data, GError **error)
{
    g_autoptr(GHashTable) locks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    /* Locks first: looking for names takes some of its own, on the catalog only. */
    if (!mig_pg_simple(connection,
                       "SELECT l.relation, l.mode FROM pg_catalog.pg_locks l WHERE l.pid ="
                       " pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted",
                       note_lock, locks, error) ||
        !note_relations(connection, error))
        return false;

    GHashTableIter iter;
    gpointer oid = NULL;
    gpointer mode = NULL;
    g_hash_table_iter_init(&iter, locks);
    while (g_hash_table_iter_next(&iter, &oid, &mode)) {
        const PgRelation *relation = g_hash_table_lookup(connection->relations, oid);

        if (relation == NULL)
            continue;
        const MigHeld found = {relation->schema, relation->name, mode, relation->index};
        held(&found, data);
    }
    return true;
}
