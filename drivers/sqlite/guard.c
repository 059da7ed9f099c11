/* SPDX-License-Identifier: MIT */
/* Sees every statement as it is prepared: refuses what a reader may not do, and notes what a
 * migration changes about its session. Manual: "Compile-Time Authorization Callbacks". */
#include "sqlite.h"

#include <string.h>

/* What a connection has for itself and forgets when it is closed. What is kept in the file
 * (user_version, auto_vacuum, ...) is a migration's result, not something it left behind. */
static const char *const session_settings[] = {
    "analysis_limit",
    "automatic_index",
    "busy_timeout",
    "cache_size",
    "cache_spill",
    "case_sensitive_like",
    "cell_size_check",
    "checkpoint_fullfsync",
    "count_changes",
    "defer_foreign_keys",
    "empty_result_callbacks",
    "foreign_keys",
    "full_column_names",
    "fullfsync",
    "ignore_check_constraints",
    "journal_mode",
    "journal_size_limit",
    "legacy_alter_table",
    "locking_mode",
    "mmap_size",
    "query_only",
    "read_uncommitted",
    "recursive_triggers",
    "reverse_unordered_selects",
    "secure_delete",
    "short_column_names",
    "synchronous",
    "temp_store",
    "threads",
    "trusted_schema",
    "wal_autocheckpoint",
    "writable_schema",
    NULL,
};

/* Pragmas with an argument that only read. */
static const char *const reading_pragmas[] = {
    "foreign_key_check", "foreign_key_list", "index_info",  "index_list",
    "index_xinfo",       "integrity_check",  "quick_check", "table_info",
    "table_list",        "table_xinfo",      NULL,
};

/* Pragmas that do something without one. */
static const char *const acting_pragmas[] = {
    "incremental_vacuum", "optimize", "shrink_memory", "wal_checkpoint", NULL,
};

static const char *
find(const char *const *list, const char *name)
{
    for (size_t i = 0; list[i] != NULL; i++) {
        if (g_ascii_strcasecmp(list[i], name) == 0)
            return list[i];
    }
    return NULL;
}

bool
lite_guarded(MigConnection *connection)
{
    return connection->read_only || connection->read_only_txn;
}

static int
judge_pragma(MigConnection *connection, const char *name, const char *argument)
{
    connection->pragma = true;
    if (connection->internal)
        return SQLITE_OK;
    if (lite_guarded(connection)) {
        bool reads = argument == NULL ? find(acting_pragmas, name) == NULL
                                      : find(reading_pragmas, name) != NULL;
        return reads ? SQLITE_OK : SQLITE_DENY;
    }
    if (argument == NULL)
        return SQLITE_OK;

    /* Its value can't be asked for while another statement is being prepared. */
    const char *setting = find(session_settings, name);
    if (setting == NULL || g_hash_table_contains(connection->settings, setting))
        return SQLITE_OK;
    connection->unknown = setting;
    return SQLITE_DENY;
}

static int
judge(void *data, int action, const char *first, const char *second, const char *database,
      G_GNUC_UNUSED const char *trigger)
{
    MigConnection *connection = data;

    switch (action) {
    case SQLITE_PRAGMA:
        return judge_pragma(connection, first, second);
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
        if (lite_guarded(connection) && !connection->internal)
            return SQLITE_DENY;
        if (action == SQLITE_ATTACH)
            connection->attached = true;
        return SQLITE_OK;
    case SQLITE_CREATE_TEMP_INDEX:
    case SQLITE_CREATE_TEMP_TABLE:
    case SQLITE_CREATE_TEMP_TRIGGER:
    case SQLITE_CREATE_TEMP_VIEW:
        connection->temporary = true;
        return SQLITE_OK;
    case SQLITE_CREATE_VTABLE:
        if (database != NULL && strcmp(database, "temp") == 0)
            connection->temporary = true;
        return SQLITE_OK;
    default:
        return SQLITE_OK;
    }
}

void
lite_guard_install(MigConnection *connection)
{
    sqlite3_set_authorizer(connection->db, judge, connection);
}

char *
lite_setting(MigConnection *connection, const char *name)
{
    /* The one that can only be set; its effect can be seen. */
    if (strcmp(name, "case_sensitive_like") == 0)
        return lite_value(connection, "SELECT 'a' NOT LIKE 'A'");

    g_autofree char *sql = g_strconcat("PRAGMA ", name, NULL);
    return lite_value(connection, sql);
}

bool
lite_remember(MigConnection *connection)
{
    const char *setting = connection->unknown;

    if (setting == NULL)
        return false;
    connection->unknown = NULL;
    g_hash_table_insert(connection->settings, (gpointer)setting, lite_setting(connection, setting));
    return true;
}
