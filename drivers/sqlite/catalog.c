/* SPDX-License-Identifier: MIT */
/* Whether the schema has an object, and what it says of it. */
#include "sqlite.h"

/*
 * Names are the same whatever the case of their ASCII letters. A schema is "main", "temp" or an
 * attached database; without one, SQLite looks in "temp", then "main", then in those that were
 * attached, which is the order of their numbers but for the first two.
 * Manual: "Database Object Name Resolution"; "PRAGMA Statements", table_xinfo and index_xinfo.
 */
#define ALL_SCHEMAS                                                                      \
    "SELECT name FROM pragma_database_list WHERE ?1 IS NULL OR name = ?1 COLLATE NOCASE" \
    " ORDER BY CASE seq WHEN 1 THEN -1 ELSE seq END"

/* Each query returns (table, type, columns, nullable, unique). "%s" is the quoted schema, ?2 its
 * name, ?3 the table's, ?4 the object's. */
#define OF_KIND(type)                                                                 \
    "SELECT tbl_name, NULL, NULL, 0, 0 FROM %s.sqlite_schema WHERE type = '" type "'" \
    " AND name = ?4 COLLATE NOCASE AND (?3 IS NULL OR tbl_name = ?3 COLLATE NOCASE) AND ?2 = ?2"

static const char *const queries[] = {
    [MIG_OBJECT_TABLE] = OF_KIND("table"),
    [MIG_OBJECT_VIEW] = OF_KIND("view"),
    [MIG_OBJECT_TRIGGER] = OF_KIND("trigger"),
    [MIG_OBJECT_COLUMN] =
        "SELECT s.name, c.type, NULL, NOT c.\"notnull\", 0 FROM %s.sqlite_schema AS s,"
        " pragma_table_xinfo(s.name, ?2) AS c WHERE s.type IN ('table', 'view')"
        " AND s.name = ?3 COLLATE NOCASE AND c.name = ?4 COLLATE NOCASE",
    /* An expression has no name; its text stands in the statement alone. */
    [MIG_OBJECT_INDEX] =
        "SELECT s.tbl_name, NULL, (SELECT group_concat(n, ',') FROM (SELECT coalesce(x.name,"
        " '(expression)') AS n FROM pragma_index_xinfo(s.name, ?2) AS x WHERE x.key ORDER BY"
        " x.seqno)), 0, (SELECT l.\"unique\" FROM pragma_index_list(s.tbl_name, ?2) AS l WHERE"
        " l.name = s.name COLLATE NOCASE) FROM %s.sqlite_schema AS s WHERE s.type = 'index'"
        " AND s.name = ?4 COLLATE NOCASE AND (?3 IS NULL OR s.tbl_name = ?3 COLLATE NOCASE)",
};

static bool
keep_schema(const MigRow *row, gpointer data)
{
    g_ptr_array_add(data, g_strdup(row->values[0]));
    return true;
}

static bool
keep_found(const MigRow *row, gpointer data)
{
    MigFound *found = data;

    *found = (MigFound){
        .exists = true,
        .table = g_strdup(row->values[0]),
        .type = g_strdup(row->values[1]),
        .columns = g_strdup(row->values[2]),
        .nullable = g_strcmp0(row->values[3], "1") == 0,
        .unique = g_strcmp0(row->values[4], "1") == 0,
    };
    return false;
}

/* (owned) the names of the schemas in which an object may stand, in the order of the search. */
static GPtrArray *
list_schemas(MigConnection *connection, const char *name, GError **error)
{
    const MigCall call = {.sql = ALL_SCHEMAS, .params = &name, .n_params = 1};
    g_autoptr(GPtrArray) schemas = g_ptr_array_new_with_free_func(g_free);

    if (!lite_call(connection, &call, keep_schema, schemas, error))
        return NULL;
    return g_steal_pointer(&schemas);
}

static bool
look_in(MigConnection *connection, const char *schema, const MigObject *object, MigFound *found,
        GError **error)
{
    g_autofree char *quoted = lite_quote(connection, schema);
    g_auto(GStrv) parts = g_strsplit(queries[object->kind], "%s", 2);
    g_autofree char *sql = g_strjoinv(quoted, parts);
    const char *const params[] = {NULL, schema, object->table, object->name};
    const MigCall call = {.sql = sql, .params = params, .n_params = G_N_ELEMENTS(params)};

    return lite_call(connection, &call, keep_found, found, error);
}

bool
lite_find(MigConnection *connection, const MigObject *object, MigFound *out_found, GError **error)
{
    bool is_schema = object->kind == MIG_OBJECT_SCHEMA || object->kind == MIG_OBJECT_DATABASE;
    MigFound found = {.exists = false};

    if (object->kind == MIG_OBJECT_CONSTRAINT) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED,
                    "SQLite lists no constraints, so whether there is one called \"%s\" can't be "
                    "told",
                    object->name);
        return false;
    }
    lite_start(connection);
    g_autoptr(GPtrArray) schemas =
        list_schemas(connection, is_schema ? object->name : object->schema, error);
    if (schemas == NULL)
        return false;

    /* Routines, types and the like are what other engines have. */
    bool stored = (size_t)object->kind < G_N_ELEMENTS(queries) && queries[object->kind] != NULL;
    found.exists = is_schema && schemas->len > 0;
    for (guint i = 0; stored && !found.exists && i < schemas->len; i++) {
        if (!look_in(connection, g_ptr_array_index(schemas, i), object, &found, error)) {
            mig_found_clear(&found);
            return false;
        }
    }
    *out_found = found;
    return true;
}
