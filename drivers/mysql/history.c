/* SPDX-License-Identifier: MIT */
/* The SQL of the history tables, from MySQL 5.7 and MariaDB 10.2 on, in every sql_mode. */
#include "mysql_driver.h"

#include <string.h>

#define MAX_NAME_CHARACTERS 64 /* MySQL 8.4, "Identifier Length Limits" */

/* Back quotes quote with and without ANSI_QUOTES. */
char *
mig_my_quote(G_GNUC_UNUSED MigConnection *connection, const char *identifier)
{
    g_auto(GStrv) parts = g_strsplit(identifier, "`", -1);
    g_autofree char *doubled = g_strjoinv("``", parts);

    return g_strdup_printf("`%s`", doubled);
}

static char *
add_suffix(const char *table, const char *suffix)
{
    glong length = MIN(g_utf8_strlen(table, -1), MAX_NAME_CHARACTERS - (glong)strlen(suffix));
    g_autofree char *cut = g_utf8_substring(table, 0, length);

    return g_strconcat(cut, suffix, NULL);
}

static char *
qualify(MigConnection *connection, const char *schema, const char *name)
{
    g_autofree char *quoted = mig_my_quote(connection, name);

    if (schema == NULL)
        return g_steal_pointer(&quoted);
    g_autofree char *quoted_schema = mig_my_quote(connection, schema);
    return g_strdup_printf("%s.%s", quoted_schema, quoted);
}

static bool
note_row(G_GNUC_UNUSED const MigRow *row, gpointer data)
{
    bool *found = data;

    *found = true;
    return true;
}

/*
 * IF NOT EXISTS asks for the privilege to create before it looks; a user who may only use the
 * database could never pass, so we look first. No statement of this dialect does it by itself.
 */
static char *
create_schema(MigConnection *connection, const char *schema)
{
    if (schema == NULL || g_str_equal(schema, connection->server.database))
        return NULL;

    bool found = false;
    const char *const params[] = {schema};
    const MigCall call = {.sql = "SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?",
                          .params = params,
                          .n_params = 1};
    if (mig_my_query(connection, &call, note_row, &found, NULL) && found)
        return NULL;

    g_autofree char *name = mig_my_quote(connection, schema);
    return g_strdup_printf("CREATE DATABASE IF NOT EXISTS %s", name);
}

#define UTF8 " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
#define STORAGE " ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT" UTF8
#define ISO(column)                                         \
    "CONCAT(DATE_FORMAT(" column ", '%Y-%m-%dT%H:%i:%s.')," \
    " LPAD(MICROSECOND(" column ") DIV 1000, 3, '0'), 'Z')"

/* Placeholders have no numbers, and the version is the first parameter, before what is set. */
#define GIVEN_VERSION                                                                          \
    "(SELECT CAST(? AS CHAR(255) CHARACTER SET utf8mb4) COLLATE utf8mb4_bin AS `version`) AS " \
    "given"

#define GIVEN_TOKEN                                                                          \
    "(SELECT CAST(? AS CHAR(255) CHARACTER SET utf8mb4) COLLATE utf8mb4_bin AS `token`) AS " \
    "given"
#define FROM_NOW "UTC_TIMESTAMP(3) + INTERVAL CAST(? AS SIGNED) * 1000 MICROSECOND"

#define IF_FREE(column)                                                 \
    "IF(`token` = VALUES(`token`) OR `expires_at` <= UTC_TIMESTAMP(3)," \
    " VALUES(`" column "`), `" column "`)"

/* "{table}", "{event}" and "{lock}" stand for the three names. */
static const char *const templates[] = {
    [MIG_HISTORY_CREATE_TABLE] = "CREATE TABLE IF NOT EXISTS {table} (\n"
                                 "    `version` varchar(255) NOT NULL PRIMARY KEY,\n"
                                 "    `name` text NOT NULL,\n"
                                 "    `state` varchar(64) NOT NULL,\n"
                                 "    `done` int NOT NULL,\n"
                                 "    `doing` int NULL,\n"
                                 "    `total` int NOT NULL,\n"
                                 "    `checksum` varchar(255) NULL,\n"
                                 "    `checksum_raw` varchar(255) NULL,\n"
                                 "    `header` mediumtext NULL,\n"
                                 "    `up_sql` longtext NULL,\n"
                                 "    `down_sql` longtext NULL,\n"
                                 "    `applied_at` datetime(3) NOT NULL,\n"
                                 "    `duration_ms` bigint NULL,\n"
                                 "    `db_user` text NULL,\n"
                                 "    `os_user` text NULL,\n"
                                 "    `host` text NULL,\n"
                                 "    `tool_version` varchar(64) NULL\n"
                                 ")" STORAGE,
    [MIG_HISTORY_CREATE_EVENT_TABLE] = "CREATE TABLE IF NOT EXISTS {event} (\n"
                                       "    `id` bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,\n"
                                       "    `at` datetime(3) NOT NULL,\n"
                                       "    `kind` varchar(64) NOT NULL,\n"
                                       "    `version` varchar(255) NULL,\n"
                                       "    `name` text NULL,\n"
                                       "    `checksum` varchar(255) NULL,\n"
                                       "    `checksum_raw` varchar(255) NULL,\n"
                                       "    `statement` int NULL,\n"
                                       "    `duration_ms` bigint NULL,\n"
                                       "    `db_user` text NULL,\n"
                                       "    `os_user` text NULL,\n"
                                       "    `host` text NULL,\n"
                                       "    `tool_version` varchar(64) NULL,\n"
                                       "    `message` mediumtext NULL,\n"
                                       "    `format` int NOT NULL,\n"
                                       "    KEY `version_id` (`version`, `id`)\n"
                                       ")" STORAGE,
    [MIG_HISTORY_READ_FORMAT] = "SELECT `format` FROM {event} ORDER BY `id` DESC LIMIT 1",
    [MIG_HISTORY_READ] =
        "SELECT `version`, `name`, `state`, `done`, `doing`, `total`, `checksum`, `checksum_raw`,"
        " `header`, " ISO("`applied_at`") " AS `applied_at`, `duration_ms`, `db_user`, `os_user`,"
                                          " `host`, `tool_version`, (SELECT `format` FROM {event}"
                                          " ORDER BY `id` DESC LIMIT 1) AS `format` FROM {table}",
    [MIG_HISTORY_READ_SQL] = "SELECT `up_sql`, `down_sql` FROM {table} WHERE `version` = ?",
    [MIG_HISTORY_READ_FAILURES] =
        "SELECT e.`version`, e.`name`, " ISO("e.`at`") " AS `at`, e.`statement`, e.`message`"
                                                       " FROM {event} e WHERE e.`kind` LIKE"
                                                       " '%failed%' AND NOT EXISTS (SELECT 1 FROM"
                                                       " {event} n WHERE n.`version` = e.`version`"
                                                       " AND n.`id` > e.`id`)",
    [MIG_HISTORY_READ_EVENTS] =
        "SELECT `id`, " ISO("`at`") " AS `at`, `kind`, `version`, `name`, `statement`,"
                                    " `duration_ms`, `db_user`, `os_user`, `host`, `tool_version`,"
                                    " `message` FROM {event} ORDER BY `id` DESC LIMIT ?",
    /* VALUES() is the form that MySQL 5.7 and MariaDB have, too. */
    [MIG_HISTORY_SAVE] =
        "INSERT INTO {table} (`version`, `name`, `state`, `done`, `doing`, `total`, `checksum`,"
        " `checksum_raw`, `header`, `up_sql`, `down_sql`, `duration_ms`, `os_user`, `host`,"
        " `tool_version`, `applied_at`, `db_user`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, ?, UTC_TIMESTAMP(3), USER()) ON DUPLICATE KEY UPDATE `name` = VALUES(`name`),"
        " `state` = VALUES(`state`), `done` = VALUES(`done`), `doing` = VALUES(`doing`),"
        " `total` = VALUES(`total`), `checksum` = VALUES(`checksum`),"
        " `checksum_raw` = VALUES(`checksum_raw`), `header` = VALUES(`header`),"
        " `up_sql` = VALUES(`up_sql`), `down_sql` = VALUES(`down_sql`),"
        " `applied_at` = VALUES(`applied_at`), `duration_ms` = VALUES(`duration_ms`),"
        " `db_user` = VALUES(`db_user`), `os_user` = VALUES(`os_user`), `host` = VALUES(`host`),"
        " `tool_version` = VALUES(`tool_version`)",
    [MIG_HISTORY_MOVE] =
        "UPDATE " GIVEN_VERSION " JOIN {table} AS h ON h.`version` = given.`version` SET"
        " h.`state` = ?, h.`done` = ?, h.`doing` = ?",
    [MIG_HISTORY_DELETE] = "DELETE FROM {table} WHERE `version` = ?",
    [MIG_HISTORY_ACCEPT] =
        "UPDATE " GIVEN_VERSION " JOIN {table} AS h ON h.`version` = given.`version` SET"
        " h.`checksum` = ?, h.`checksum_raw` = ?, h.`header` = ?, h.`up_sql` = ?,"
        " h.`down_sql` = ?",
    [MIG_HISTORY_EVENT] =
        "INSERT INTO {event} (`kind`, `version`, `name`, `checksum`, `checksum_raw`, `statement`,"
        " `duration_ms`, `os_user`, `host`, `tool_version`, `message`, `format`, `at`, `db_user`)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3), USER())",
    /* MySQL 5.7 reads the CHECK, and forgets it. */
    [MIG_HISTORY_CREATE_LOCK_TABLE] = "CREATE TABLE IF NOT EXISTS {lock} (\n"
                                      "    `id` int NOT NULL PRIMARY KEY CHECK (`id` = 1),\n"
                                      "    `token` varchar(255) NOT NULL,\n"
                                      "    `holder` text NOT NULL,\n"
                                      "    `expires_at` datetime(3) NOT NULL\n"
                                      ")" STORAGE,
    /* What is set first is seen by what is set after it, unless sql_mode says otherwise: asked of
     * a row that has been taken already, the question has the same answer. */
    [MIG_HISTORY_LEASE_TAKE] =
        "INSERT INTO {lock} (`id`, `token`, `holder`, `expires_at`) VALUES (1, ?, ?, " FROM_NOW
        ") ON DUPLICATE KEY UPDATE `holder` = " IF_FREE("holder") ", `token` = " IF_FREE(
            "token") ", `expires_at` = " IF_FREE("expires_at"),
    [MIG_HISTORY_LEASE_READ] =
        "SELECT `token`, `holder`, TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(3), `expires_at`)"
        " DIV 1000 AS `remaining_ms` FROM {lock} WHERE `id` = 1",
    [MIG_HISTORY_LEASE_RENEW] =
        "UPDATE " GIVEN_TOKEN " JOIN {lock} AS l ON l.`token` = given.`token` SET"
        " l.`expires_at` = " FROM_NOW " WHERE l.`id` = 1",
    [MIG_HISTORY_LEASE_RELEASE] = "DELETE FROM {lock} WHERE `id` = 1 AND `token` = ?",
};

typedef struct {
    const char *mark;
    const char *name;
} Name;

/* In one pass, since a table may be called "{event}". */
static char *
fill(const char *template, const Name *names)
{
    GString *sql = g_string_new(NULL);

    while (*template != '\0') {
        const Name *name = names;
        while (name->mark != NULL && !g_str_has_prefix(template, name->mark))
            name++;
        if (name->mark != NULL) {
            g_string_append(sql, name->name);
            template += strlen(name->mark);
        } else {
            g_string_append_c(sql, *template ++);
        }
    }
    return g_string_free(sql, FALSE);
}

char *
mig_my_history_sql(MigConnection *connection, MigHistorySql which, const char *schema,
                   const char *table)
{
    g_autofree char *event_name = add_suffix(table, "_event");
    g_autofree char *lock_name = add_suffix(table, "_lock");
    g_autofree char *qualified = qualify(connection, schema, table);
    g_autofree char *event = qualify(connection, schema, event_name);
    g_autofree char *lock = qualify(connection, schema, lock_name);

    if (which == MIG_HISTORY_CREATE_SCHEMA)
        return create_schema(connection, schema);
    /* The event table has its index from the start. */
    if ((size_t)which >= G_N_ELEMENTS(templates) || templates[which] == NULL)
        return NULL;
    const Name names[] = {
        {"{table}", qualified}, {"{event}", event}, {"{lock}", lock}, {NULL, NULL}};
    return fill(templates[which], names);
}
