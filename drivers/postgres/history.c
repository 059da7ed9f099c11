/* SPDX-License-Identifier: MIT */
/* The SQL of the history tables, from PostgreSQL 10 on. */
#include "postgres.h"

#include <string.h>

#define MAX_NAME_BYTES 63 /* NAMEDATALEN - 1; the server would cut off the rest, "_event" and all */

static char *
quote_with(const char *text, char mark)
{
    GString *quoted = g_string_new(NULL);

    g_string_append_c(quoted, mark);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == mark)
            g_string_append_c(quoted, mark);
        g_string_append_c(quoted, *at);
    }
    g_string_append_c(quoted, mark);
    return g_string_free(quoted, FALSE);
}

char *
mig_pg_quote(G_GNUC_UNUSED MigConnection *connection, const char *identifier)
{
    return quote_with(identifier, '"');
}

/* A literal that means the same whatever standard_conforming_strings is. */
static char *
quote_literal(const char *text)
{
    g_autofree char *quoted = quote_with(text, '\'');

    if (strchr(quoted, '\\') == NULL)
        return g_steal_pointer(&quoted);
    g_auto(GStrv) parts = g_strsplit(quoted, "\\", -1);
    g_autofree char *escaped = g_strjoinv("\\\\", parts);
    return g_strconcat("E", escaped, NULL);
}

/* Cut between two characters, so that it fits with the suffix. */
static char *
add_suffix(const char *table, const char *suffix)
{
    size_t length = MIN(strlen(table), MAX_NAME_BYTES - strlen(suffix));

    while (length > 0 && ((unsigned char)table[length] & 0xC0) == 0x80)
        length--;
    return g_strdup_printf("%.*s%s", (int)length, table, suffix);
}

static char *
qualify(MigConnection *connection, const char *schema, const char *name)
{
    g_autofree char *quoted = mig_pg_quote(connection, name);

    if (schema == NULL)
        return g_steal_pointer(&quoted);
    g_autofree char *quoted_schema = mig_pg_quote(connection, schema);
    return g_strdup_printf("%s.%s", quoted_schema, quoted);
}

/*
 * IF NOT EXISTS asks for the privilege to create before it looks, and two runners that come at the
 * same moment meet in a unique index of the catalog; so we look first, and take another runner's
 * success for ours.
 */
static char *
create_unless(const char *lookup, const char *name, const char *create)
{
    g_autofree char *literal = quote_literal(name);
    g_autoptr(GString) tag = g_string_new("$migrate$");

    while (strstr(literal, tag->str) != NULL || strstr(create, tag->str) != NULL)
        g_string_insert(tag, 1, "_");
    return g_strdup_printf("DO %s BEGIN\n"
                           "IF pg_catalog.%s(%s) IS NULL THEN\n%s;\nEND IF;\n"
                           "EXCEPTION WHEN duplicate_table OR duplicate_schema OR duplicate_object"
                           " OR unique_violation THEN NULL;\n"
                           "END %s",
                           tag->str, lookup, literal, create, tag->str);
}

static char *
create_schema(MigConnection *connection, const char *schema)
{
    /* The connection's own is there: it wouldn't be its own otherwise. */
    if (schema == NULL || g_strcmp0(schema, connection->default_schema) == 0)
        return NULL;

    g_autofree char *name = mig_pg_quote(connection, schema);
    g_autofree char *create = g_strdup_printf("CREATE SCHEMA %s", name);
    return create_unless("to_regnamespace", name, create);
}

static char *
create_table(const char *table)
{
    g_autofree char *create = g_strdup_printf("CREATE TABLE %s (\n"
                                              "    version text PRIMARY KEY,\n"
                                              "    name text NOT NULL,\n"
                                              "    state text NOT NULL,\n"
                                              "    done integer NOT NULL,\n"
                                              "    doing integer,\n"
                                              "    total integer NOT NULL,\n"
                                              "    checksum text,\n"
                                              "    checksum_raw text,\n"
                                              "    header text,\n"
                                              "    up_sql text,\n"
                                              "    down_sql text,\n"
                                              "    applied_at timestamptz NOT NULL,\n"
                                              "    duration_ms bigint,\n"
                                              "    db_user text,\n"
                                              "    os_user text,\n"
                                              "    host text,\n"
                                              "    tool_version text\n"
                                              ")",
                                              table);
    return create_unless("to_regclass", table, create);
}

static char *
create_event_table(const char *event)
{
    g_autofree char *create =
        g_strdup_printf("CREATE TABLE %s (\n"
                        "    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
                        "    at timestamptz NOT NULL,\n"
                        "    kind text NOT NULL,\n"
                        "    version text,\n"
                        "    name text,\n"
                        "    checksum text,\n"
                        "    checksum_raw text,\n"
                        "    statement integer,\n"
                        "    duration_ms bigint,\n"
                        "    db_user text,\n"
                        "    os_user text,\n"
                        "    host text,\n"
                        "    tool_version text,\n"
                        "    message text,\n"
                        "    format integer NOT NULL\n"
                        ")",
                        event);
    return create_unless("to_regclass", event, create);
}

static char *
create_event_index(MigConnection *connection, const char *schema, const char *table,
                   const char *event)
{
    g_autofree char *name = add_suffix(table, "_event_version");
    g_autofree char *quoted = mig_pg_quote(connection, name);
    g_autofree char *qualified = qualify(connection, schema, name);
    g_autofree char *create = g_strdup_printf("CREATE INDEX %s ON %s (version, id)", quoted, event);
    return create_unless("to_regclass", qualified, create);
}

static char *
create_lock_table(const char *lock)
{
    g_autofree char *create = g_strdup_printf("CREATE TABLE %s (\n"
                                              "    id integer PRIMARY KEY CHECK (id = 1),\n"
                                              "    token text NOT NULL,\n"
                                              "    holder text NOT NULL,\n"
                                              "    expires_at timestamptz NOT NULL\n"
                                              ")",
                                              lock);
    return create_unless("to_regclass", lock, create);
}

#define ISO(column) \
    "pg_catalog.to_char(" column " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"

/* now() would be the time at which a transaction began, which may be long ago. */
#define FROM_NOW(ms) \
    "pg_catalog.clock_timestamp() + " ms "::bigint * '1 millisecond'::pg_catalog.interval"

/* "{table}", "{event}" and "{lock}" stand for the three names; NULL entries are made above. */
static const char *const templates[] = {
    [MIG_HISTORY_READ_FORMAT] = "SELECT format FROM {event} ORDER BY id DESC LIMIT 1",
    [MIG_HISTORY_READ] =
        "SELECT version, name, state, done, doing, total, checksum, checksum_raw, header, " ISO(
            "applied_at") " AS applied_at, duration_ms, db_user, os_user, host, tool_version,"
                          " (SELECT format FROM {event} ORDER BY id DESC LIMIT 1) AS format"
                          " FROM {table}",
    [MIG_HISTORY_READ_SQL] = "SELECT up_sql, down_sql FROM {table} WHERE version = $1::text",
    [MIG_HISTORY_READ_FAILURES] =
        "SELECT e.version, e.name, " ISO("e.at") " AS at, e.statement, e.message"
                                                 " FROM {event} e WHERE e.kind LIKE '%failed%'"
                                                 " AND NOT EXISTS (SELECT FROM {event} n"
                                                 " WHERE n.version = e.version AND n.id > e.id)",
    [MIG_HISTORY_READ_EVENTS] =
        "SELECT id, " ISO("at") " AS at, kind, version, name, statement, duration_ms, db_user,"
                                " os_user, host, tool_version, message FROM {event}"
                                " ORDER BY id DESC LIMIT $1::bigint",
    [MIG_HISTORY_SAVE] =
        "INSERT INTO {table} (version, name, state, done, doing, total, checksum, checksum_raw,"
        " header, up_sql, down_sql, duration_ms, os_user, host, tool_version, applied_at, db_user)"
        " VALUES ($1::text, $2::text, $3::text, $4::integer, $5::integer, $6::integer, $7::text,"
        " $8::text, $9::text, $10::text, $11::text, $12::bigint, $13::text, $14::text, $15::text,"
        " pg_catalog.clock_timestamp(), session_user)"
        " ON CONFLICT (version) DO UPDATE SET name = EXCLUDED.name, state = EXCLUDED.state,"
        " done = EXCLUDED.done, doing = EXCLUDED.doing, total = EXCLUDED.total,"
        " checksum = EXCLUDED.checksum, checksum_raw = EXCLUDED.checksum_raw,"
        " header = EXCLUDED.header, up_sql = EXCLUDED.up_sql, down_sql = EXCLUDED.down_sql,"
        " applied_at = EXCLUDED.applied_at, duration_ms = EXCLUDED.duration_ms,"
        " db_user = EXCLUDED.db_user, os_user = EXCLUDED.os_user, host = EXCLUDED.host,"
        " tool_version = EXCLUDED.tool_version",
    [MIG_HISTORY_MOVE] = "UPDATE {table} SET state = $2::text, done = $3::integer,"
                         " doing = $4::integer WHERE version = $1::text",
    [MIG_HISTORY_DELETE] = "DELETE FROM {table} WHERE version = $1::text",
    [MIG_HISTORY_ACCEPT] =
        "UPDATE {table} SET checksum = $2::text, checksum_raw = $3::text, header = $4::text,"
        " up_sql = $5::text, down_sql = $6::text WHERE version = $1::text",
    [MIG_HISTORY_EVENT] =
        "INSERT INTO {event} (kind, version, name, checksum, checksum_raw, statement, duration_ms,"
        " os_user, host, tool_version, message, format, at, db_user)"
        " VALUES ($1::text, $2::text, $3::text, $4::text, $5::text, $6::integer, $7::bigint,"
        " $8::text, $9::text, $10::text, $11::text, $12::integer, pg_catalog.clock_timestamp(),"
        " session_user)",
    [MIG_HISTORY_LEASE_TAKE] =
        "INSERT INTO {lock} AS l (id, token, holder, expires_at)"
        " VALUES (1, $1::text, $2::text, " FROM_NOW(
            "$3") ")"
                  " ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token, holder = "
                  "EXCLUDED.holder,"
                  " expires_at = EXCLUDED.expires_at WHERE l.token = EXCLUDED.token"
                  " OR l.expires_at <= pg_catalog.clock_timestamp() RETURNING token",
    [MIG_HISTORY_LEASE_READ] =
        "SELECT token, holder, pg_catalog.floor(pg_catalog.date_part('epoch', expires_at"
        " - pg_catalog.clock_timestamp()) * 1000)::bigint AS remaining_ms FROM {lock} WHERE id = 1",
    [MIG_HISTORY_LEASE_RENEW] =
        "UPDATE {lock} SET expires_at = " FROM_NOW("$2") " WHERE id = 1 AND token = $1::text",
    [MIG_HISTORY_LEASE_RELEASE] = "DELETE FROM {lock} WHERE id = 1 AND token = $1::text",
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
mig_pg_history_sql(MigConnection *connection, MigHistorySql which, const char *schema,
                   const char *table)
{
    const char *where = schema != NULL ? schema : connection->default_schema;
    g_autofree char *table_name = add_suffix(table, "");
    g_autofree char *event_name = add_suffix(table, "_event");
    g_autofree char *qualified = qualify(connection, where, table_name);
    g_autofree char *event = qualify(connection, where, event_name);
    g_autofree char *lock_name = add_suffix(table, "_lock");
    g_autofree char *lock = qualify(connection, where, lock_name);

    if (which == MIG_HISTORY_CREATE_SCHEMA)
        return create_schema(connection, schema);
    if (which == MIG_HISTORY_CREATE_TABLE)
        return create_table(qualified);
    if (which == MIG_HISTORY_CREATE_EVENT_TABLE)
        return create_event_table(event);
    if (which == MIG_HISTORY_CREATE_EVENT_INDEX)
        return create_event_index(connection, where, table, event);
    if (which == MIG_HISTORY_CREATE_LOCK_TABLE)
        return create_lock_table(lock);
    if ((size_t)which >= G_N_ELEMENTS(templates) || templates[which] == NULL)
        return NULL;
    const Name names[] = {
        {"{table}", qualified}, {"{event}", event}, {"{lock}", lock}, {NULL, NULL}};
    return fill(templates[which], names);
}
