/* SPDX-License-Identifier: MIT */
/* Who keeps a connection waiting, as far as the server tells, and ending one that does. */
#include "mysql_driver.h"

#include <string.h>

/*
 * The servers say it in different places, some of which want a privilege or are switched off. So
 * each is asked in turn, and what it refuses to say is not known. All return (connection, relation),
 * and take the waiting connection's number.
 * Manual: MySQL 8.4, "The data_lock_waits Table", "The metadata_locks Table"; MySQL 5.7, "The
 * INFORMATION_SCHEMA INNODB_LOCK_WAITS Table"; MariaDB, the same.
 */
static const char rows_8_sql[] =
    "SELECT DISTINCT b.PROCESSLIST_ID, CONCAT(l.OBJECT_SCHEMA, '.', l.OBJECT_NAME)"
    " FROM performance_schema.data_lock_waits w"
    " JOIN performance_schema.threads r ON r.THREAD_ID = w.REQUESTING_THREAD_ID"
    " JOIN performance_schema.threads b ON b.THREAD_ID = w.BLOCKING_THREAD_ID"
    " LEFT JOIN performance_schema.data_locks l"
    " ON l.ENGINE_LOCK_ID = w.REQUESTING_ENGINE_LOCK_ID AND l.ENGINE = w.ENGINE"
    " WHERE r.PROCESSLIST_ID = ?";

static const char rows_sql[] =
    "SELECT DISTINCT b.trx_mysql_thread_id, REPLACE(l.lock_table, '`', '')"
    " FROM information_schema.INNODB_LOCK_WAITS w"
    " JOIN information_schema.INNODB_TRX r ON r.trx_id = w.requesting_trx_id"
    " JOIN information_schema.INNODB_TRX b ON b.trx_id = w.blocking_trx_id"
    " LEFT JOIN information_schema.INNODB_LOCKS l ON l.lock_id = w.requested_lock_id"
    " WHERE r.trx_mysql_thread_id = ?";

/* Which kinds of lock keep each other off: sql/mdl.h of either server, in the terms of the view. */
static const char metadata_sql[] =
    "SELECT DISTINCT b.PROCESSLIST_ID, CONCAT_WS('.', w.OBJECT_SCHEMA, w.OBJECT_NAME)"
    " FROM performance_schema.metadata_locks w"
    " JOIN performance_schema.threads r ON r.THREAD_ID = w.OWNER_THREAD_ID"
    " JOIN performance_schema.metadata_locks g ON g.OBJECT_TYPE = w.OBJECT_TYPE"
    " AND g.OBJECT_SCHEMA <=> w.OBJECT_SCHEMA AND g.OBJECT_NAME <=> w.OBJECT_NAME"
    " AND g.LOCK_STATUS = 'GRANTED' AND g.OWNER_THREAD_ID <> w.OWNER_THREAD_ID"
    " JOIN performance_schema.threads b ON b.THREAD_ID = g.OWNER_THREAD_ID"
    " WHERE r.PROCESSLIST_ID = ? AND w.LOCK_STATUS = 'PENDING' AND ("
    "w.LOCK_TYPE = 'EXCLUSIVE' OR g.LOCK_TYPE = 'EXCLUSIVE'"
    " OR (w.LOCK_TYPE = 'INTENTION_EXCLUSIVE' AND g.LOCK_TYPE = 'SHARED')"
    " OR (w.LOCK_TYPE = 'SHARED' AND g.LOCK_TYPE = 'INTENTION_EXCLUSIVE')"
    " OR (w.LOCK_TYPE = 'SHARED_NO_READ_WRITE' AND g.LOCK_TYPE NOT IN ('SHARED',"
    " 'SHARED_HIGH_PRIO'))"
    " OR (g.LOCK_TYPE = 'SHARED_NO_READ_WRITE' AND w.LOCK_TYPE NOT IN ('SHARED',"
    " 'SHARED_HIGH_PRIO'))"
    " OR (w.LOCK_TYPE IN ('SHARED_NO_WRITE', 'SHARED_READ_ONLY') AND g.LOCK_TYPE IN"
    " ('SHARED_WRITE', 'SHARED_WRITE_LOW_PRIO'))"
    " OR (g.LOCK_TYPE IN ('SHARED_NO_WRITE', 'SHARED_READ_ONLY') AND w.LOCK_TYPE IN"
    " ('SHARED_WRITE', 'SHARED_WRITE_LOW_PRIO'))"
    " OR (w.LOCK_TYPE IN ('SHARED_UPGRADABLE', 'SHARED_NO_WRITE') AND g.LOCK_TYPE IN"
    " ('SHARED_UPGRADABLE', 'SHARED_NO_WRITE')))";

/* MariaDB's plugin lists what is held and not what is waited for. But ALTER TABLE, which takes its
 * locks step by step, holds one on the table while it waits for a stronger one: as long as anybody
 * writes it is the writers who are in its way, and then the readers. */
static const char plugin_sql[] =
    "SELECT DISTINCT b.THREAD_ID, CONCAT_WS('.', b.TABLE_SCHEMA, b.TABLE_NAME)"
    " FROM information_schema.PROCESSLIST p"
    " JOIN information_schema.METADATA_LOCK_INFO w ON w.THREAD_ID = p.ID"
    " JOIN information_schema.METADATA_LOCK_INFO b ON b.LOCK_TYPE = w.LOCK_TYPE"
    " AND b.TABLE_SCHEMA = w.TABLE_SCHEMA AND b.TABLE_NAME = w.TABLE_NAME"
    " AND b.THREAD_ID <> w.THREAD_ID"
    " WHERE p.ID = ? AND p.STATE LIKE 'Waiting for % metadata lock'"
    " AND w.LOCK_TYPE = 'Table metadata lock' AND w.LOCK_MODE IN ('MDL_SHARED_UPGRADABLE',"
    " 'MDL_SHARED_NO_WRITE', 'MDL_SHARED_NO_READ_WRITE')"
    " AND (b.LOCK_MODE NOT IN ('MDL_SHARED', 'MDL_SHARED_HIGH_PRIO', 'MDL_SHARED_READ')"
    " OR NOT EXISTS (SELECT 1 FROM information_schema.METADATA_LOCK_INFO x"
    " WHERE x.LOCK_TYPE = w.LOCK_TYPE AND x.TABLE_SCHEMA = w.TABLE_SCHEMA"
    " AND x.TABLE_NAME = w.TABLE_NAME AND x.THREAD_ID <> w.THREAD_ID AND x.LOCK_MODE NOT IN"
    " ('MDL_SHARED', 'MDL_SHARED_HIGH_PRIO', 'MDL_SHARED_READ')))";

/* Both are the server's own time, whatever time zone this session is in. */
#define AGE_MS                                                                          \
    "TIMESTAMPDIFF(MICROSECOND, t.trx_started, CONVERT_TZ(NOW(6), @@SESSION.time_zone," \
    " 'SYSTEM')) DIV 1000"

/* Where nobody lists metadata locks: whoever has a transaction that is older than the statement
 * that waits may be it. The start of a transaction is told in whole seconds. */
static const char guess_sql[] =
    "SELECT t.trx_mysql_thread_id, NULL FROM information_schema.PROCESSLIST w"
    " JOIN information_schema.INNODB_TRX t ON t.trx_mysql_thread_id NOT IN (0, w.ID,"
    " CONNECTION_ID()) WHERE w.ID = ? AND w.STATE LIKE 'Waiting for % metadata lock'"
    " AND " AGE_MS " >= (w.TIME - 1) * 1000";

/* (user, host, program, command, query, age, idle) of one connection; from the poorer views if the
 * richer ones are refused. */
static const char *const details_sql[] = {
    "SELECT p.USER, p.HOST, (SELECT a.ATTR_VALUE FROM performance_schema.session_connect_attrs a"
    " WHERE a.PROCESSLIST_ID = p.ID AND a.ATTR_NAME = 'program_name'), p.COMMAND,"
    " LEFT(COALESCE(p.INFO, (SELECT e.SQL_TEXT FROM performance_schema.threads h"
    " JOIN performance_schema.events_statements_current e ON e.THREAD_ID = h.THREAD_ID"
    " WHERE h.PROCESSLIST_ID = p.ID ORDER BY e.EVENT_ID DESC LIMIT 1)), 1000), " AGE_MS
    ", p.COMMAND = 'Sleep' AND t.trx_id IS NOT NULL"
    " FROM information_schema.PROCESSLIST p LEFT JOIN information_schema.INNODB_TRX t"
    " ON t.trx_mysql_thread_id = p.ID WHERE p.ID = ?",
    "SELECT p.USER, p.HOST, NULL, p.COMMAND, LEFT(p.INFO, 1000), NULL, NULL"
    " FROM information_schema.PROCESSLIST p WHERE p.ID = ?",
};

char *
mig_my_session(MigConnection *connection)
{
    return g_strdup_printf("%" G_GUINT64_FORMAT, connection->behind);
}

typedef struct {
    char *session;
    char *relation;
} Pair;

static void
pair_free(gpointer data)
{
    Pair *pair = data;

    g_free(pair->session);
    g_free(pair->relation);
    g_free(pair);
}

static bool
keep_pair(const MigRow *row, gpointer data)
{
    GPtrArray *pairs = data;

    for (guint i = 0; i < pairs->len; i++) {
        const Pair *pair = g_ptr_array_index(pairs, i);
        if (g_strcmp0(pair->session, row->values[0]) == 0)
            return true;
    }
    if (row->values[0] == NULL || g_str_equal(row->values[0], "0"))
        return true;
    Pair *pair = g_new0(Pair, 1);
    pair->session = g_strdup(row->values[0]);
    pair->relation =
        row->values[1] != NULL && *row->values[1] != '\0' ? g_strdup(row->values[1]) : NULL;
    g_ptr_array_add(pairs, pair);
    return true;
}

/* False with @error set only when the connection is lost; other refusals mean that it isn't known. */
static bool
ask(MigConnection *connection, const char *sql, const char *session, MigRowFunc row, gpointer data,
    GError **error)
{
    const MigCall call = {.sql = sql, .params = &session, .n_params = 1};
    g_autoptr(GError) refusal = NULL;

    if (mig_my_query_plain(connection, &call, row, data, &refusal) || !connection->lost)
        return true;
    g_propagate_error(error, g_steal_pointer(&refusal));
    return false;
}

typedef struct {
    const Pair *pair;
    bool guessed;
    bool told;
    MigBlockerFunc func;
    gpointer data;
} Listener;

static bool
deliver(const MigRow *row, gpointer data)
{
    Listener *listener = data;
    const char *program = row->values[2];
    const char *host = row->values[1] != NULL && *row->values[1] != '\0' ? row->values[1] : NULL;
    g_autofree char *guess =
        listener->guessed ? g_strdup_printf("perhaps connection %s%s%s", listener->pair->session,
                                            host != NULL ? " from " : "", host != NULL ? host : "")
                          : NULL;
    const MigBlocker blocker = {
        /* A number would be an invitation to end what may have nothing to do with it. */
        .session = listener->guessed ? NULL : listener->pair->session,
        .user = row->values[0],
        .application = guess != NULL     ? guess
                       : program != NULL ? program
                                         : host,
        .state = row->values[3],
        .query = row->values[4],
        .relation = listener->pair->relation,
        .age_ms = row->values[5] != NULL ? MAX(g_ascii_strtoll(row->values[5], NULL, 10), 0) : -1,
        .idle_in_transaction = g_strcmp0(row->values[6], "1") == 0,
        .ours = program != NULL && g_str_has_prefix(program, "migrate"),
    };

    listener->told = true;
    listener->func(&blocker, listener->data);
    return false;
}

static bool
describe(MigConnection *connection, const Pair *pair, bool guessed, MigBlockerFunc func,
         gpointer data, GError **error)
{
    Listener listener = {.pair = pair, .guessed = guessed, .func = func, .data = data};

    for (size_t i = 0; i < G_N_ELEMENTS(details_sql) && !listener.told; i++) {
        if (!ask(connection, details_sql[i], pair->session, deliver, &listener, error))
            return false;
    }
    if (!listener.told && !guessed) {
        const MigBlocker bare = {
            .session = pair->session, .relation = pair->relation, .age_ms = -1};
        func(&bare, data);
    }
    return true;
}

bool
mig_my_blockers(MigConnection *connection, const char *session, MigBlockerFunc blocker,
                gpointer data, GError **error)
{
    bool mysql_8 =
        connection->server.engine == MIG_ENGINE_MYSQL && connection->server.version >= 80000;
    g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(pair_free);

    if (!ask(connection, mysql_8 ? rows_8_sql : rows_sql, session, keep_pair, pairs, error) ||
        !ask(connection, metadata_sql, session, keep_pair, pairs, error))
        return false;
    if (pairs->len == 0 && connection->server.engine == MIG_ENGINE_MARIADB &&
        !ask(connection, plugin_sql, session, keep_pair, pairs, error))
        return false;

    bool guessed = pairs->len == 0;
    if (guessed && !ask(connection, guess_sql, session, keep_pair, pairs, error))
        return false;
    for (guint i = 0; i < pairs->len; i++) {
        if (!describe(connection, g_ptr_array_index(pairs, i), guessed, blocker, data, error))
            return false;
    }
    return true;
}

/* A connection that is gone already is what was asked for: 1094 is ER_NO_SUCH_THREAD. */
bool
mig_my_terminate(MigConnection *connection, const char *session, GError **error)
{
    guint64 id = 0;

    if (!g_ascii_string_to_unsigned(session, 10, 1, G_MAXUINT64, &id, NULL)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "\"%s\" is not the number of a connection",
                    session);
        return false;
    }
    g_autofree char *sql = g_strdup_printf("KILL CONNECTION %" G_GUINT64_FORMAT, id);
    if (!mig_my_check(connection, error))
        return false;
    if (mysql_real_query(connection->mysql, sql, strlen(sql)) == 0 ||
        mysql_errno(connection->mysql) == 1094)
        return true;
    mig_my_error_set(error, connection, mysql_errno(connection->mysql),
                     mysql_sqlstate(connection->mysql), mysql_error(connection->mysql), NULL, 0);
    return false;
}
