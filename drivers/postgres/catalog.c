/* SPDX-License-Identifier: MIT */
/* Whether the catalog has an object, and what it says of it. */
#include "postgres.h"

/*
 * The names are cut as the server cuts them where they are too long: by the cast. Each query returns
 * (table, type, columns, nullable, unique, invalid), one row for each object of the name.
 * Manual: PostgreSQL 15, "System Catalogs"; "System Information Functions and Operators".
 */
#define NAMES "(SELECT $1::name AS schema, $2::name AS parent, $3::name AS name) o"

/* Without a schema it is the one that the search path leads to. */
#define IN_SCHEMA(oid, namespace, is_visible)                                            \
    " AND CASE WHEN o.schema IS NULL THEN pg_catalog." is_visible "(" oid ")"            \
    " ELSE " namespace " = (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname" \
                       " = o.schema) END"

#define NOTHING_MORE "NULL, NULL, NULL, false, false, false"

#define BY_NAME(catalog, column)                                                              \
    "SELECT " NOTHING_MORE " FROM " NAMES " JOIN pg_catalog." catalog " c ON c." column " = " \
    "o.name"

#define RELATION(kinds)                                                 \
    "SELECT " NOTHING_MORE " FROM " NAMES " JOIN pg_catalog.pg_class c" \
    " ON c.relname = o.name WHERE c.relkind IN (" kinds                 \
    ")" IN_SCHEMA("c.oid", "c.relnamespace", "pg_table_is_visible")

static const char *const queries[] = {
    [MIG_OBJECT_SCHEMA] = BY_NAME("pg_namespace", "nspname"),
    [MIG_OBJECT_TABLE] = RELATION("'r', 'p', 'f'"),
    [MIG_OBJECT_VIEW] = RELATION("'v', 'm'"),
    [MIG_OBJECT_SEQUENCE] = RELATION("'S'"),
    [MIG_OBJECT_COLUMN] =
        "SELECT c.relname, pg_catalog.format_type(a.atttypid, a.atttypmod), NULL, NOT a.attnotnull,"
        " false, false FROM " NAMES " JOIN pg_catalog.pg_class c ON c.relname = o.parent"
        " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = o.name"
        " WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'v', 'm', "
        "'c')" IN_SCHEMA("c.oid", "c.relnamespace", "pg_table_is_visible"),
    /* What CREATE INDEX ON ONLY makes is invalid until its parts are attached, and no failure. */
    [MIG_OBJECT_INDEX] =
        "SELECT t.relname, NULL, (SELECT pg_catalog.string_agg(CASE WHEN i.indkey[k - 1] = 0"
        " THEN pg_catalog.pg_get_indexdef(i.indexrelid, k, false) ELSE (SELECT a.attname FROM"
        " pg_catalog.pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[k - 1])"
        " END, ',' ORDER BY k) FROM pg_catalog.generate_series(1, i.%s::integer) k), false,"
        " i.indisunique, c.relkind = 'i' AND NOT i.indisvalid"
        " FROM " NAMES " JOIN pg_catalog.pg_class c ON c.relname = o.name"
        " JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid"
        " JOIN pg_catalog.pg_class t ON t.oid = i.indrelid"
        " WHERE (o.parent IS NULL OR t.relname = o.parent)" IN_SCHEMA("c.oid", "c.relnamespace",
                                                                      "pg_table_is_visible"),
    [MIG_OBJECT_CONSTRAINT] =
        "SELECT c.relname, NULL, (SELECT pg_catalog.string_agg(a.attname, ',' ORDER BY k.n) FROM"
        " pg_catalog.unnest(t.conkey) WITH ORDINALITY k(attnum, n) JOIN pg_catalog.pg_attribute a"
        " ON a.attrelid = t.conrelid AND a.attnum = k.attnum), false, false, NOT t.convalidated"
        " FROM " NAMES " JOIN pg_catalog.pg_constraint t ON t.conname = o.name"
        " JOIN pg_catalog.pg_class c ON c.oid = t.conrelid"
        " WHERE (o.parent IS NULL OR c.relname = o.parent)" IN_SCHEMA("c.oid", "c.relnamespace",
                                                                      "pg_table_is_visible"),
    [MIG_OBJECT_TRIGGER] =
        "SELECT c.relname, NULL, NULL, false, false, false"
        " FROM " NAMES " JOIN pg_catalog.pg_trigger t ON t.tgname = o.name"
        " JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND (o.parent IS NULL OR c.relname = o.parent)" IN_SCHEMA(
            "c.oid", "c.relnamespace", "pg_table_is_visible"),
    [MIG_OBJECT_ROUTINE] =
        "SELECT " NOTHING_MORE " FROM " NAMES " JOIN pg_catalog.pg_proc p ON p.proname = o.name"
        " WHERE true" IN_SCHEMA("p.oid", "p.pronamespace", "pg_function_is_visible"),
    /* Neither the row type of a table nor the array type that each type has. */
    [MIG_OBJECT_TYPE] =
        "SELECT " NOTHING_MORE " FROM " NAMES " JOIN pg_catalog.pg_type t ON t.typname = o.name"
        " LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid"
        " WHERE coalesce(c.relkind = 'c', true) AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e"
        " WHERE e.oid = t.typelem AND e.typarray = t.oid)" IN_SCHEMA("t.oid", "t.typnamespace",
                                                                     "pg_type_is_visible"),
    [MIG_OBJECT_EVENT] = BY_NAME("pg_event_trigger", "evtname"),
    [MIG_OBJECT_EXTENSION] = BY_NAME("pg_extension", "extname"),
    [MIG_OBJECT_DATABASE] = BY_NAME("pg_database", "datname"),
};

static bool
keep_found(const MigRow *row, gpointer data)
{
    MigFound *found = data;

    *found = (MigFound){
        .exists = true,
        .table = g_strdup(row->values[0]),
        .type = g_strdup(row->values[1]),
        .columns = g_strdup(row->values[2]),
        .nullable = g_strcmp0(row->values[3], "t") == 0,
        .unique = g_strcmp0(row->values[4], "t") == 0,
        .invalid = g_strcmp0(row->values[5], "t") == 0,
    };
    return false;
}

bool
mig_pg_find(MigConnection *connection, const MigObject *object, MigFound *out_found, GError **error)
{
    MigFound found = {.exists = false};
    const char *const params[] = {object->schema, object->table, object->name};

    if ((size_t)object->kind >= G_N_ELEMENTS(queries)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED,
                    "internal error: the catalog was asked for an object of kind %d", object->kind);
        return false;
    }
    g_autoptr(GString) sql = g_string_new(queries[object->kind]);
    /* Columns behind INCLUDE came with PostgreSQL 11. */
    g_string_replace(sql, "%s", connection->server.version >= 110000 ? "indnkeyatts" : "indnatts",
                     0);
    const MigCall call = {.sql = sql->str, .params = params, .n_params = G_N_ELEMENTS(params)};
    if (!mig_pg_query_plain(connection, &call, keep_found, &found, error)) {
        mig_found_clear(&found);
        return false;
    }
    *out_found = found;
    return true;
}
