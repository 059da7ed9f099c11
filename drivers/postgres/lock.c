/* SPDX-License-Identifier: MIT */
/* One runner at a time, by a session's advisory lock. */
#include "postgres.h"

#include <string.h>

/*
 * The lock's 64-bit key, and its halves as pg_locks shows them. Advisory locks are of one database,
 * so that its name needs no place in the key; ours begins with a name space of its own, since
 * applications and other tools take such locks, too.
 * Manual: PostgreSQL 15, "pg_locks"; "Explicit Locking", Advisory Locks.
 */
typedef struct {
    char *key;
    char *high;
    char *low;
} LockKey;

static void
lock_key_clear(LockKey *key)
{
    g_free(key->key);
    g_free(key->high);
    g_free(key->low);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LockKey, lock_key_clear)

static LockKey
make_key(const char *name)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32] = {0};
    gsize length = sizeof digest;
    uint64_t bits = 0;

    g_checksum_update(checksum, (const guchar *)"migrate runner\n", -1);
    g_checksum_update(checksum, (const guchar *)name, -1);
    g_checksum_get_digest(checksum, digest, &length);
    for (size_t i = 0; i < sizeof bits; i++)
        bits = bits << 8 | digest[i];

    return (LockKey){
        .key = g_strdup_printf("%" G_GINT64_FORMAT, (int64_t)bits),
        .high = g_strdup_printf("%u", (unsigned)(bits >> 32)),
        .low = g_strdup_printf("%u", (unsigned)(bits & UINT32_MAX)),
    };
}

/* $1 is the key, $2 and $3 its halves. */
#define IS_OUR_KEY                                                                     \
    "l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.classid = $2::oid" \
    " AND l.objid = $3::oid AND l.database ="                                          \
    " (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname ="                   \
    " pg_catalog.current_database())"

/*
 * The lock is counted: taken twice, it would have to be given back twice. Behind a pooler, a session
 * that has it may be another client's, who would let us in; so if the session has it, and it wasn't
 * we who took it, somebody else did.
 */
static const char try_sql[] = "SELECT CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE "
                              "l.pid = pg_catalog.pg_backend_pid() AND " IS_OUR_KEY ")"
                              " THEN 'held'"
                              " WHEN pg_catalog.pg_try_advisory_lock($1::bigint) THEN 'taken'"
                              " ELSE 'busy' END";

/*
 * While a statement runs, the server doesn't look whether its client is still there, and a runner
 * that was killed would keep its lock for as long as the statement takes. From PostgreSQL 14 on it
 * can be told to look; where nobody has told it otherwise, and it knows how, we do.
 * Manual: PostgreSQL 15, "Connections and Authentication", client_connection_check_interval.
 */
static const char check_sql[] =
    ", CASE WHEN pg_catalog.current_setting('client_connection_check_interval', true) = '0'"
    " AND pg_catalog.version() LIKE '%linux%' THEN"
    " pg_catalog.set_config('client_connection_check_interval', '2s', false) END";

static const char holder_sql[] =
    "SELECT pg_catalog.concat_ws(', ', 'pid ' || l.pid, 'user ' || a.usename::text,"
    " 'application ' || nullif(a.application_name, ''),"
    " CASE WHEN a.backend_start IS NULL THEN NULL WHEN a.client_addr IS NULL"
    " THEN 'from the server''s own host' ELSE 'from ' || pg_catalog.host(a.client_addr) END,"
    " 'connected since ' || pg_catalog.to_char(a.backend_start AT TIME ZONE 'UTC',"
    " 'YYYY-MM-DD HH24:MI:SS') || ' UTC')"
    " FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
    " WHERE $1::bigint IS NOT NULL AND " IS_OUR_KEY " LIMIT 1";

static const char locked_sql[] =
    "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE $1::bigint IS NOT NULL AND"
    " l.pid = pg_catalog.pg_backend_pid() AND " IS_OUR_KEY ")";

static const char unlock_sql[] = "SELECT pg_catalog.pg_advisory_unlock($1::bigint)";

static bool
keep_text(const MigRow *row, gpointer data)
{
    char **text = data;

    g_free(*text);
    *text = g_strdup(row->values[0]);
    return true;
}

typedef struct {
    char *answer;
    bool checks;
} Attempt;

static bool
keep_attempt(const MigRow *row, gpointer data)
{
    Attempt *attempt = data;

    attempt->checks = row->values[1] != NULL;
    return keep_text(row, &attempt->answer);
}

/* Whether the lock was taken, was ours, or is another's; and that the server is to look after us. */
static bool
attempt(MigConnection *connection, const LockKey *key, char **out_answer, GError **error)
{
    Attempt made = {.answer = NULL};
    g_autofree char *sql = g_strconcat(try_sql, check_sql, NULL);
    const char *const params[] = {key->key, key->high, key->low};
    const MigCall call = {.sql = sql, .params = params, .n_params = G_N_ELEMENTS(params)};

    bool done = mig_pg_query_plain(connection, &call, keep_attempt, &made, error);
    connection->checked = connection->checked || made.checks;
    *out_answer = made.answer;
    return done;
}

static bool
ask(MigConnection *connection, const char *sql, const LockKey *key, size_t n_params,
    char **out_answer, GError **error)
{
    const char *const params[] = {key->key, key->high, key->low};
    const MigCall call = {.sql = sql, .params = params, .n_params = n_params};

    return mig_pg_query_plain(connection, &call, keep_text, out_answer, error);
}

bool
mig_pg_try_lock(MigConnection *connection, const char *name, bool *out_taken, char **out_holder,
                GError **error)
{
    g_auto(LockKey) key = make_key(name);
    g_autofree char *answer = NULL;
    g_autofree char *holder = NULL;

    if (!attempt(connection, &key, &answer, error))
        return false;

    bool held = g_strcmp0(answer, "held") == 0;
    bool taken =
        g_strcmp0(answer, "taken") == 0 || (held && g_hash_table_contains(connection->locks, name));
    if (taken)
        g_hash_table_add(connection->locks, g_strdup(name));
    else if (held)
        holder = g_strdup("another client of the same connection pooler; a pooler must not share "
                          "sessions between transactions here");
    else if (out_holder != NULL && !ask(connection, holder_sql, &key, 3, &holder, error))
        return false;

    *out_taken = taken;
    if (out_holder != NULL)
        *out_holder = g_steal_pointer(&holder);
    return true;
}

bool
mig_pg_unlock(MigConnection *connection, const char *name, GError **error)
{
    g_auto(LockKey) key = make_key(name);
    g_autofree char *answer = NULL;

    /* Also where it isn't ours any more: a closed or lost connection has given it back. */
    if (!g_hash_table_remove(connection->locks, name) || mig_pg_is_lost(connection))
        return true;
    return ask(connection, unlock_sql, &key, 1, &answer, error);
}

bool
mig_pg_locked(MigConnection *connection, const char *name, bool *out_ours, GError **error)
{
    g_auto(LockKey) key = make_key(name);
    g_autofree char *answer = NULL;

    if (!ask(connection, locked_sql, &key, 3, &answer, error))
        return false;
    *out_ours = g_strcmp0(answer, "t") == 0 && g_hash_table_contains(connection->locks, name);
    return true;
}

/*
 * A pooler makes up the number that it greets its clients with: the servers' own change under them.
 * One that keeps a session for each client is taken for one that doesn't, which costs us no more
 * than the better of two locks.
 */
bool
mig_pg_pooled(MigConnection *connection, bool *out_pooled, GError **error)
{
    const MigCall call = {.sql = "SELECT pg_catalog.pg_backend_pid()"};
    g_autofree char *told = g_strdup_printf("%d", PQbackendPID(connection->pg));
    g_autofree char *answer = NULL;

    if (!mig_pg_query_plain(connection, &call, keep_text, &answer, error))
        return false;
    connection->pooled = g_strcmp0(told, answer) != 0;
    *out_pooled = connection->pooled;
    return true;
}
