/* SPDX-License-Identifier: MIT */
/* Whether information_schema has an object, and what it says of it. */
#include "mysql_driver.h"

/*
 * Each query returns (table, type, column, nullable, unique), one row for each column of an index
 * or a constraint. Its first condition is on the schema, and its last on the object's name; the
 * one on the table comes behind these. The servers open only what such conditions name.
 * Manual: MySQL 8.4, "INFORMATION_SCHEMA Tables"; MariaDB, "Information Schema".
 */
typedef struct {
    const char *sql;    /* up to WHERE */
    const char *schema; /* column of the schema's name, %NULL: the object stands in none */
    const char *name;   /* column of the object's name */
    const char *table;  /* column of its table's, %NULL: it has none */
    const char *order;
} CatalogQuery;

#define NOTHING_MORE "SELECT NULL, NULL, NULL, 'NO', 0 FROM information_schema."

static const CatalogQuery queries[] = {
    [MIG_OBJECT_SCHEMA] = {NOTHING_MORE "SCHEMATA", NULL, "SCHEMA_NAME", NULL, ""},
    [MIG_OBJECT_DATABASE] = {NOTHING_MORE "SCHEMATA", NULL, "SCHEMA_NAME", NULL, ""},
    [MIG_OBJECT_TABLE] = {NOTHING_MORE "TABLES", "TABLE_SCHEMA", "TABLE_NAME", NULL,
                          " AND TABLE_TYPE NOT IN ('VIEW', 'SYSTEM VIEW', 'SEQUENCE')"},
    [MIG_OBJECT_SEQUENCE] = {NOTHING_MORE "TABLES", "TABLE_SCHEMA", "TABLE_NAME", NULL,
                             " AND TABLE_TYPE = 'SEQUENCE'"},
    [MIG_OBJECT_VIEW] = {NOTHING_MORE "TABLES", "TABLE_SCHEMA", "TABLE_NAME", NULL,
                         " AND TABLE_TYPE IN ('VIEW', 'SYSTEM VIEW')"},
    [MIG_OBJECT_COLUMN] = {"SELECT TABLE_NAME, COLUMN_TYPE, NULL, IS_NULLABLE, 0"
                           " FROM information_schema.COLUMNS",
                           "TABLE_SCHEMA", "COLUMN_NAME", "TABLE_NAME", ""},
    [MIG_OBJECT_INDEX] = {"SELECT TABLE_NAME, NULL, {column}, 'NO', NON_UNIQUE = 0"
                          " FROM information_schema.STATISTICS",
                          "TABLE_SCHEMA", "INDEX_NAME", "TABLE_NAME",
                          " ORDER BY TABLE_NAME, SEQ_IN_INDEX"},
    [MIG_OBJECT_CONSTRAINT] = {"SELECT TABLE_NAME, NULL, NULL, 'NO', 0"
                               " FROM information_schema.TABLE_CONSTRAINTS",
                               "CONSTRAINT_SCHEMA", "CONSTRAINT_NAME", "TABLE_NAME", ""},
    [MIG_OBJECT_ROUTINE] = {NOTHING_MORE "ROUTINES", "ROUTINE_SCHEMA", "ROUTINE_NAME", NULL, ""},
    [MIG_OBJECT_TRIGGER] = {"SELECT EVENT_OBJECT_TABLE, NULL, NULL, 'NO', 0"
                            " FROM information_schema.TRIGGERS",
                            "TRIGGER_SCHEMA", "TRIGGER_NAME", "EVENT_OBJECT_TABLE", ""},
    [MIG_OBJECT_EVENT] = {NOTHING_MORE "EVENTS", "EVENT_SCHEMA", "EVENT_NAME", NULL, ""},
};

static const CatalogQuery constraint_columns = {
    "SELECT TABLE_NAME, NULL, COLUMN_NAME, 'NO', 0 FROM information_schema.KEY_COLUMN_USAGE",
    "CONSTRAINT_SCHEMA",
    "CONSTRAINT_NAME",
    "TABLE_NAME",
    " ORDER BY TABLE_NAME, ORDINAL_POSITION",
};

static bool
keep_found(const MigRow *row, gpointer data)
{
    MigFound *found = data;

    /* The same name may be an index's of several tables: the first one's, then. */
    if (found->exists && g_strcmp0(found->table, row->values[0]) != 0)
        return false;
    if (!found->exists) {
        found->exists = true;
        found->table = g_strdup(row->values[0]);
        found->type = g_strdup(row->values[1]);
        found->nullable = g_strcmp0(row->values[3], "YES") == 0;
        found->unique = g_strcmp0(row->values[4], "1") == 0;
    }
    if (row->values[2] != NULL) {
        char *columns = found->columns;
        found->columns = columns == NULL ? g_strdup(row->values[2])
                                         : g_strconcat(columns, ",", row->values[2], NULL);
        g_free(columns);
    }
    return true;
}

/* What stands behind a key's column that isn't one came with MySQL 8.0.13. */
static const char *
key_column(const MigConnection *connection)
{
    const MigServer *server = &connection->server;

    return server->engine == MIG_ENGINE_MYSQL && server->version >= 80013
               ? "COALESCE(COLUMN_NAME, EXPRESSION)"
               : "COLUMN_NAME";
}

static bool
ask(MigConnection *connection, const CatalogQuery *query, const MigObject *object, MigFound *found,
    GError **error)
{
    const char *params[3] = {NULL};
    size_t n_params = 0;
    g_autoptr(GString) sql = g_string_new(query->sql);

    g_string_replace(sql, "{column}", key_column(connection), 0);
    g_string_append(sql, " WHERE ");
    if (query->schema != NULL) {
        g_string_append_printf(sql, "%s = %s AND ", query->schema,
                               object->schema != NULL ? "?" : "DATABASE()");
        if (object->schema != NULL)
            params[n_params++] = object->schema;
    }
    g_string_append_printf(sql, "%s = ?", query->name);
    params[n_params++] = object->name;
    if (query->table != NULL && object->table != NULL) {
        g_string_append_printf(sql, " AND %s = ?", query->table);
        params[n_params++] = object->table;
    }
    g_string_append(sql, query->order);

    const MigCall call = {.sql = sql->str, .params = params, .n_params = n_params};
    return mig_my_query_plain(connection, &call, keep_found, found, error);
}

/* With autocommit switched off, a query has begun a transaction and looks at one moment for ever. */
static bool
leave(MigConnection *connection, MigTxnState before, GError **error)
{
    if (before != MIG_TXN_NONE || mig_my_transaction(connection) != MIG_TXN_OPEN)
        return true;
    return mig_my_run_text(connection, "ROLLBACK", error);
}

bool
mig_my_find(MigConnection *connection, const MigObject *object, MigFound *out_found, GError **error)
{
    MigFound found = {.exists = false};
    MigFound more = {.exists = false};
    MigTxnState before = mig_my_transaction(connection);
    bool known = (size_t)object->kind < G_N_ELEMENTS(queries) && queries[object->kind].sql != NULL;

    /* Types and extensions are what other engines have. */
    if (!known) {
        *out_found = found;
        return true;
    }
    bool good = ask(connection, &queries[object->kind], object, &found, error);
    if (good && found.exists && object->kind == MIG_OBJECT_CONSTRAINT)
        good = ask(connection, &constraint_columns, object, &more, error);
    if (more.exists)
        found.columns = g_steal_pointer(&more.columns);
    mig_found_clear(&more);
    if (!good || !leave(connection, before, error)) {
        mig_found_clear(&found);
        return false;
    }
    *out_found = found;
    return true;
}
