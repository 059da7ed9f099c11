/* SPDX-License-Identifier: MIT */
/* Who keeps a session waiting, and ending one that does. */
#include "postgres.h"

/* $1 is the pid of the session that waits. While it waits for another's row it holds the row's lock
 * "tuple", which tells the table; a wait for a whole transaction says none by itself, but a concurrent
 * build, which waits for those, has a lock on its table. */
#define WAITED_FOR                                                             \
    "(SELECT l.relation::pg_catalog.regclass::text FROM pg_catalog.pg_locks l" \
    " WHERE l.pid = $1::integer AND l.relation IS NOT NULL AND (NOT l.granted" \
    " OR l.locktype = 'tuple' OR l.mode = 'ShareUpdateExclusiveLock')"         \
    " AND l.database IN (0, (SELECT d.oid FROM pg_catalog.pg_database d"       \
    " WHERE d.datname = pg_catalog.current_database()))"                       \
    " ORDER BY l.granted, l.locktype <> 'tuple' LIMIT 1)"

/*
 * A process may be named more than once, and a prepared transaction is process 0. Who may not look
 * at another role's session gets a text in place of its query.
 * Manual: PostgreSQL 15, "System Information Functions", pg_blocking_pids; "pg_stat_activity";
 * "pg_locks".
 */
static const char blockers_sql[] =
    "SELECT nullif(b.pid, 0), a.usename, coalesce(nullif(a.application_name, ''),"
    " pg_catalog.host(a.client_addr)), CASE WHEN b.pid = 0 THEN 'prepared transaction' ELSE a.state"
    " END, CASE WHEN a.query <> '<insufficient privilege>' THEN pg_catalog.left(a.query, 1000) "
    "END, " WAITED_FOR
    ", (extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start) * 1000)::bigint,"
    " a.state LIKE 'idle in transaction%', a.application_name LIKE 'migrate%'"
    " FROM (SELECT DISTINCT pg_catalog.unnest(pg_catalog.pg_blocking_pids($1::integer)) AS pid) b"
    " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid ORDER BY a.xact_start";

static const char terminate_sql[] = "SELECT pg_catalog.pg_terminate_backend($1::integer)";

/* The number that a pooler has told us is none of the server's, and may be another session's. */
char *
mig_pg_session(MigConnection *connection)
{
    return connection->pooled ? NULL : g_strdup_printf("%d", PQbackendPID(connection->pg));
}

typedef struct {
    MigBlockerFunc func;
    gpointer data;
} Listener;

static bool
deliver(const MigRow *row, gpointer data)
{
    const Listener *listener = data;
    const char *age = row->values[6];
    const MigBlocker blocker = {
        .session = row->values[0],
        .user = row->values[1],
        .application = row->values[2],
        .state = row->values[3],
        .query = row->values[4],
        .relation = row->values[5],
        .age_ms = age != NULL ? MAX(g_ascii_strtoll(age, NULL, 10), 0) : -1,
        .idle_in_transaction = g_strcmp0(row->values[7], "t") == 0,
        .ours = g_strcmp0(row->values[8], "t") == 0,
    };

    listener->func(&blocker, listener->data);
    return true;
}

bool
mig_pg_blockers(MigConnection *connection, const char *session, MigBlockerFunc blocker,
                gpointer data, GError **error)
{
    Listener listener = {.func = blocker, .data = data};
    const MigCall call = {.sql = blockers_sql, .params = &session, .n_params = 1};

    return mig_pg_query_plain(connection, &call, deliver, &listener, error);
}

/* A session that is gone already is what was asked for. */
bool
mig_pg_terminate(MigConnection *connection, const char *session, GError **error)
{
    const MigCall call = {.sql = terminate_sql, .params = &session, .n_params = 1};

    return mig_pg_query_plain(connection, &call, NULL, NULL, error);
}
