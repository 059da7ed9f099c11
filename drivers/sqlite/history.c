/* SPDX-License-Identifier: MIT */
/* The SQL of the history tables in SQLite's dialect. */
#include "sqlite.h"

/* "%t" is the table, "%e" that of the events, "%i" the index of failures, "%l" the lease. Without a
 * rowid a record is one entry of one tree, so that writing it changes one page; the long texts come
 * last, where they overflow to pages that READ doesn't touch. */
#define NOW "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
#define FROM_NOW(ms) \
    "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', (CAST(" ms " AS REAL) / 1000) || ' seconds')"

static const char *const statements[] = {
    [MIG_HISTORY_CREATE_TABLE] =
        "CREATE TABLE IF NOT EXISTS %t ("
        "version TEXT NOT NULL PRIMARY KEY, name TEXT, state TEXT NOT NULL,"
        " done INTEGER NOT NULL, doing INTEGER, total INTEGER NOT NULL,"
        " checksum TEXT, checksum_raw TEXT, applied_at TEXT NOT NULL, duration_ms INTEGER,"
        " db_user TEXT, os_user TEXT, host TEXT, tool_version TEXT, header TEXT,"
        " up_sql TEXT, down_sql TEXT) WITHOUT ROWID",
    [MIG_HISTORY_CREATE_EVENT_TABLE] =
        "CREATE TABLE IF NOT EXISTS %e ("
        "id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, version TEXT, name TEXT,"
        " checksum TEXT, checksum_raw TEXT, statement INTEGER, duration_ms INTEGER, db_user TEXT,"
        " os_user TEXT, host TEXT, tool_version TEXT, format INTEGER NOT NULL, message TEXT)",
    /* Only failures are in it, so other events don't write to it. */
    [MIG_HISTORY_CREATE_EVENT_INDEX] =
        "CREATE INDEX IF NOT EXISTS %i ON %e (version) WHERE kind = 'failed'",
    [MIG_HISTORY_READ_FORMAT] = "SELECT format FROM %e ORDER BY id DESC LIMIT 1",
    [MIG_HISTORY_READ] =
        "SELECT version, name, state, done, doing, total, checksum, checksum_raw, header,"
        " applied_at, duration_ms, db_user, os_user, host, tool_version,"
        " (SELECT format FROM %e ORDER BY id DESC LIMIT 1) FROM %t",
    [MIG_HISTORY_READ_SQL] = "SELECT up_sql, down_sql FROM %t WHERE version = ?",
    [MIG_HISTORY_READ_FAILURES] =
        "SELECT version, name, at, statement, message FROM %e AS e WHERE kind = 'failed' AND NOT"
        " EXISTS (SELECT 1 FROM %e AS later WHERE later.id > e.id AND later.version = e.version)",
    [MIG_HISTORY_READ_EVENTS] =
        "SELECT id, at, kind, version, name, statement, duration_ms, db_user, os_user, host,"
        " tool_version, message FROM %e ORDER BY id DESC LIMIT ?",
    /* REPLACE, since every column is given and no rowid can change: as ON CONFLICT DO UPDATE it
     * takes a tenth more of a whole run to compile, after each migration that changed the schema. */
    [MIG_HISTORY_SAVE] = "INSERT OR REPLACE INTO %t (version, name, state, done, doing, total, "
                         "checksum, checksum_raw, header,"
                         " up_sql, down_sql, duration_ms, os_user, host, tool_version, applied_at)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " NOW ")",
    [MIG_HISTORY_MOVE] = "UPDATE %t SET state = ?2, done = ?3, doing = ?4 WHERE version = ?1",
    [MIG_HISTORY_DELETE] = "DELETE FROM %t WHERE version = ?",
    [MIG_HISTORY_ACCEPT] =
        "UPDATE %t SET checksum = ?2, checksum_raw = ?3, header = ?4, up_sql = ?5, down_sql = ?6"
        " WHERE version = ?1",
    [MIG_HISTORY_EVENT] =
        "INSERT INTO %e (kind, version, name, checksum, checksum_raw, statement, duration_ms,"
        " os_user, host, tool_version, message, format, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " NOW ")",
    [MIG_HISTORY_CREATE_LOCK_TABLE] =
        "CREATE TABLE IF NOT EXISTS %l (id INTEGER PRIMARY KEY CHECK (id = 1),"
        " token TEXT NOT NULL, holder TEXT NOT NULL, expires_at TEXT NOT NULL)",
    [MIG_HISTORY_LEASE_TAKE] =
        "INSERT INTO %l AS l (id, token, holder, expires_at)"
        " VALUES (1, ?1, ?2, " FROM_NOW(
            "?3") ") ON CONFLICT (id) DO UPDATE SET"
                  " token = excluded.token, holder = excluded.holder, expires_at = "
                  "excluded.expires_at"
                  " WHERE l.token = excluded.token OR l.expires_at <= " NOW " RETURNING token",
    [MIG_HISTORY_LEASE_READ] =
        "SELECT token, holder, CAST(round((julianday(expires_at) - julianday('now')) * 86400000)"
        " AS INTEGER) AS remaining_ms FROM %l WHERE id = 1",
    [MIG_HISTORY_LEASE_RENEW] =
        "UPDATE %l SET expires_at = " FROM_NOW("?2") " WHERE id = 1 AND token = ?1",
    [MIG_HISTORY_LEASE_RELEASE] = "DELETE FROM %l WHERE id = 1 AND token = ?1",
};

char *
lite_quote(G_GNUC_UNUSED MigConnection *connection, const char *identifier)
{
    g_autoptr(GString) quoted = g_string_new(identifier);

    g_string_replace(quoted, "\"", "\"\"", 0);
    return g_strdup_printf("\"%s\"", quoted->str);
}

char *
lite_default_schema(G_GNUC_UNUSED MigConnection *connection, G_GNUC_UNUSED GError **error)
{
    return NULL;
}

static char *
quote_with(MigConnection *connection, const char *table, const char *suffix)
{
    g_autofree char *name = g_strconcat(table, suffix, NULL);

    return lite_quote(connection, name);
}

/* In "main", so that a temporary table of the same name is not taken for it. The names may hold
 * anything, so they are put in in one pass. */
char *
lite_history_sql(MigConnection *connection, MigHistorySql which, G_GNUC_UNUSED const char *schema,
                 const char *table)
{
    const char *statement = (size_t)which < G_N_ELEMENTS(statements) ? statements[which] : NULL;
    if (statement == NULL)
        return NULL;

    g_autofree char *records = quote_with(connection, table, "");
    g_autofree char *events = quote_with(connection, table, "_event");
    g_autofree char *lock = quote_with(connection, table, "_lock");
    g_autofree char *failures = quote_with(connection, table, "_event_failed");
    GString *sql = g_string_new(NULL);
    /* CREATE INDEX takes its table from where the index is, and no schema in front of it. */
    const char *main_events = which == MIG_HISTORY_CREATE_EVENT_INDEX ? "" : "main.";

    for (const char *at = statement; *at != '\0'; at++) {
        if (g_str_has_prefix(at, "%t"))
            g_string_append_printf(sql, "main.%s", records);
        else if (g_str_has_prefix(at, "%e"))
            g_string_append_printf(sql, "%s%s", main_events, events);
        else if (g_str_has_prefix(at, "%l"))
            g_string_append_printf(sql, "main.%s", lock);
        else if (g_str_has_prefix(at, "%i"))
            g_string_append_printf(sql, "main.%s", failures);
        else {
            g_string_append_c(sql, *at);
            continue;
        }
        at++;
    }
    return g_string_free(sql, FALSE);
}
