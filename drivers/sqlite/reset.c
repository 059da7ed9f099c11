/* SPDX-License-Identifier: MIT */
/* The session as it was when it was opened. Costs nothing where nothing was changed. */
#include "sqlite.h"

#include <string.h>

static void
name_change(GString *changed, const char *what, const char *name)
{
    g_string_append_printf(changed, "%s%s%s%s", changed->len > 0 ? ", " : "", what,
                           *what != '\0' && *name != '\0' ? " " : "", name);
}

static bool
put_back(MigConnection *connection, const char *name, const char *value, GError **error)
{
    if (strcmp(name, "busy_timeout") == 0) {
        lite_wait_here(connection);
        return true;
    }

    g_autofree char *sql = g_strdup_printf("PRAGMA %s = %s", name, value);
    return lite_run(connection, sql, NULL, NULL, error);
}

/* WAL is kept in the file: to go there or back is a migration's result. */
static bool
is_meant_to_stay(const char *name, const char *before, const char *now)
{
    return strcmp(name, "journal_mode") == 0 &&
           (g_ascii_strcasecmp(before, "wal") == 0 || g_ascii_strcasecmp(now, "wal") == 0);
}

static bool
reset_settings(MigConnection *connection, GString *changed, GError **error)
{
    GHashTableIter iter;
    gpointer name = NULL;
    gpointer before = NULL;

    g_hash_table_iter_init(&iter, connection->settings);
    while (g_hash_table_iter_next(&iter, &name, &before)) {
        g_autofree char *now = lite_setting(connection, name);
        if (before == NULL || now == NULL || strcmp(before, now) == 0 ||
            is_meant_to_stay(name, before, now))
            continue;
        if (!put_back(connection, name, before, error))
            return false;
        name_change(changed, "", name);
    }
    g_hash_table_remove_all(connection->settings);
    return true;
}

static bool
take_name(const MigRow *row, gpointer data)
{
    char **parts = g_new0(char *, row->n_columns + 1);

    for (size_t i = 0; i < row->n_columns; i++)
        parts[i] = g_strdup(row->values[i]);
    g_ptr_array_add(data, parts);
    return true;
}

static void
free_names(gpointer parts)
{
    g_strfreev(parts);
}

static bool
detach_all(MigConnection *connection, GString *changed, GError **error)
{
    g_autoptr(GPtrArray) databases = g_ptr_array_new_with_free_func(free_names);

    if (!lite_run(connection, "SELECT name FROM pragma_database_list WHERE seq > 1", take_name,
                  databases, error))
        return false;
    for (guint i = 0; i < databases->len; i++) {
        char **database = g_ptr_array_index(databases, i);
        g_autofree char *quoted = lite_quote(connection, database[0]);
        g_autofree char *sql = g_strconcat("DETACH DATABASE ", quoted, NULL);
        if (!lite_run(connection, sql, NULL, NULL, error))
            return false;
        name_change(changed, "attached database", database[0]);
    }
    connection->attached = false;
    return true;
}

static bool
drop_temporary(MigConnection *connection, GString *changed, GError **error)
{
    g_autoptr(GPtrArray) objects = g_ptr_array_new_with_free_func(free_names);

    /* A table takes its indexes with it, a virtual one the shadow tables behind it. */
    if (!lite_run(connection,
                  "SELECT type, name FROM sqlite_temp_master"
                  " WHERE type IN ('trigger', 'view', 'table') AND name NOT LIKE 'sqlite!_%' ESCAPE"
                  " '!' AND name NOT IN (SELECT name FROM pragma_table_list"
                  " WHERE schema = 'temp' AND type = 'shadow')"
                  " ORDER BY type = 'table', type DESC, name",
                  take_name, objects, error))
        return false;
    for (guint i = 0; i < objects->len; i++) {
        char **object = g_ptr_array_index(objects, i);
        g_autofree char *quoted = lite_quote(connection, object[1]);
        g_autofree char *what = g_strconcat("temporary ", object[0], NULL);
        g_autofree char *sql = g_strdup_printf("DROP %s IF EXISTS temp.%s", object[0], quoted);
        if (!lite_run(connection, sql, NULL, NULL, error))
            return false;
        name_change(changed, what, object[1]);
    }
    connection->temporary = false;
    return true;
}

bool
lite_reset(MigConnection *connection, char **out_changed, GError **error)
{
    g_autoptr(GString) changed = g_string_new(NULL);
    bool open = lite_transaction(connection) == MIG_TXN_OPEN;

    /* Some settings can't be changed inside a transaction, so that goes first. */
    if (!lite_rollback(connection, error))
        return false;
    if (open)
        name_change(changed, "an open transaction", "");
    if (g_hash_table_size(connection->settings) > 0 && !reset_settings(connection, changed, error))
        return false;

    /* Statements that are kept would keep what they read from being removed. */
    if (connection->attached || connection->temporary)
        g_hash_table_remove_all(connection->statements);
    if (connection->attached && !detach_all(connection, changed, error))
        return false;
    if (connection->temporary && !drop_temporary(connection, changed, error))
        return false;
    if (out_changed != NULL)
        *out_changed = changed->len > 0 ? g_string_free(g_steal_pointer(&changed), FALSE) : NULL;
    return true;
}
