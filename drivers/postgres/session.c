/* SPDX-License-Identifier: MIT */
/* Transactions, limits, read-only, and a session that is put back to how it was. */
#include "postgres.h"

#include <string.h>

#define SAVEPOINT_NAME "migrate_read_only"

static void
add_limit(GString *sql, const char *how, const char *setting, int64_t wanted, int64_t now)
{
    if (wanted != PG_LIMIT_UNKNOWN && wanted != now)
        g_string_append_printf(sql, "%s %s = %" G_GINT64_FORMAT "; ", how, setting, wanted);
}

/*
 * SET LOCAL inside a transaction, since a plain SET there is undone by a rollback, and the session
 * would not be as we believe it to be.
 */
static void
add_limits(GString *sql, const char *how, const PgLimits *wanted, const PgLimits *now)
{
    add_limit(sql, how, "lock_timeout", wanted->lock_ms, now->lock_ms);
    add_limit(sql, how, "statement_timeout", wanted->statement_ms, now->statement_ms);
}

static void
adopt_limits(PgLimits *now, const PgLimits *wanted)
{
    if (wanted->lock_ms != PG_LIMIT_UNKNOWN)
        now->lock_ms = wanted->lock_ms;
    if (wanted->statement_ms != PG_LIMIT_UNKNOWN)
        now->statement_ms = wanted->statement_ms;
}

/* READ WRITE can be said again before a transaction's first query, but not under a savepoint. */
#define BEGIN_READ_ONLY "BEGIN READ ONLY; SAVEPOINT " SAVEPOINT_NAME "; "

/*
 * The server refuses writes, whatever a query sets, and a function or DO can't commit inside
 * a transaction block: what is left are the statements that end a transaction or a savepoint.
 */
static bool
check_word(MigConnection *connection, const char *sql, GError **error)
{
    const char *word = mig_pg_word(sql);

    if (connection->read_only == PG_READ_ONLY_OFF || word == NULL || g_str_equal(word, "COPY"))
        return true;

    g_autofree char *message =
        g_strdup_printf("cannot execute %s where only reading is allowed", word);
    mig_pg_error_set(error, MIG_SQL_READ_ONLY, "25006", message);
    return false;
}

bool
mig_pg_prepare(MigConnection *connection, const char *sql, GError **error)
{
    PGTransactionStatusType status = PQtransactionStatus(connection->pg);
    bool enter = connection->read_only == PG_READ_ONLY_SESSION && status != PQTRANS_INTRANS;
    bool inside = status == PQTRANS_INTRANS || enter;
    g_autoptr(GString) before = g_string_new(NULL);
    PgLimits *now = inside ? &connection->local : &connection->session;

    if (!check_word(connection, sql, error))
        return false;
    connection->used = true;
    if (status != PQTRANS_IDLE && status != PQTRANS_INTRANS && !enter)
        return true;
    /* What we set outside a transaction would be found set by whoever is given the session next, and
     * our statement might go to another one. */
    if (connection->pooled && !inside)
        return true;

    if (enter) {
        g_string_append_printf(before, "%s" BEGIN_READ_ONLY,
                               status == PQTRANS_INERROR ? "ROLLBACK; " : "");
        connection->local = connection->session;
    }
    add_limits(before, inside ? "SET LOCAL" : "SET", &connection->wanted, now);
    if (before->len == 0)
        return true;

    const PgLimits wanted = connection->wanted;
    if (!mig_pg_simple(connection, before->str, NULL, NULL, error))
        return false;
    adopt_limits(now, &wanted);
    return true;
}

bool
mig_pg_limits(MigConnection *connection, int64_t lock_timeout_ms, int64_t statement_timeout_ms,
              G_GNUC_UNUSED GError **error)
{
    connection->wanted.lock_ms = CLAMP(lock_timeout_ms, 0, INT32_MAX);
    connection->wanted.statement_ms = CLAMP(statement_timeout_ms, 0, INT32_MAX);
    return true;
}

bool
mig_pg_begin(MigConnection *connection, MigBegin how, GError **error)
{
    bool ours = connection->read_only == PG_READ_ONLY_SESSION;
    bool read_only = how == MIG_BEGIN_READ_ONLY || ours;
    g_autoptr(GString) sql = g_string_new(read_only ? BEGIN_READ_ONLY : "BEGIN; ");

    if (ours && !mig_pg_rollback(connection, error))
        return false;
    if (!mig_pg_is_lost(connection) && PQtransactionStatus(connection->pg) != PQTRANS_IDLE) {
        mig_pg_error_set(error, MIG_SQL_IN_TRANSACTION, "25001",
                         "there is already a transaction in progress");
        return false;
    }

    add_limits(sql, "SET LOCAL", &connection->wanted, &connection->session);
    if (!mig_pg_simple(connection, sql->str, NULL, NULL, error)) {
        (void)mig_pg_rollback(connection, NULL);
        return false;
    }
    connection->local = connection->session;
    adopt_limits(&connection->local, &connection->wanted);
    return true;
}

bool
mig_pg_commit(MigConnection *connection, GError **error)
{
    if (!mig_pg_is_lost(connection) && PQtransactionStatus(connection->pg) == PQTRANS_IDLE) {
        mig_pg_error_set(error, MIG_SQL_OTHER, "25P01", "there is no transaction in progress");
        return false;
    }
    return mig_pg_simple(connection, "COMMIT", NULL, NULL, error);
}

bool
mig_pg_rollback(MigConnection *connection, GError **error)
{
    if (connection->read_only == PG_READ_ONLY_SAVEPOINT)
        connection->read_only = PG_READ_ONLY_OFF;
    if (!mig_pg_is_lost(connection) && PQtransactionStatus(connection->pg) == PQTRANS_IDLE)
        return true;
    return mig_pg_simple(connection, "ROLLBACK", NULL, NULL, error);
}

MigTxnState
mig_pg_transaction(MigConnection *connection)
{
    if (mig_pg_is_lost(connection))
        return MIG_TXN_LOST;

    PGTransactionStatusType status = PQtransactionStatus(connection->pg);
    if (status == PQTRANS_IDLE)
        return MIG_TXN_NONE;
    if (status == PQTRANS_INERROR)
        return MIG_TXN_FAILED;
    return status == PQTRANS_UNKNOWN ? MIG_TXN_LOST : MIG_TXN_OPEN;
}

static bool
switch_on(MigConnection *connection, GError **error)
{
    if (PQtransactionStatus(connection->pg) == PQTRANS_IDLE) {
        connection->read_only = PG_READ_ONLY_SESSION;
        return true; /* the next statement's mig_pg_prepare() begins a transaction for it */
    }
    /* What a savepoint has made read-only can't be made read-write under it, only with its end. */
    if (!mig_pg_simple(connection,
                       "SAVEPOINT " SAVEPOINT_NAME "; SET LOCAL transaction_read_only = on", NULL,
                       NULL, error))
        return false;
    connection->read_only = PG_READ_ONLY_SAVEPOINT;
    return true;
}

static bool
switch_off(MigConnection *connection, GError **error)
{
    PgReadOnly was = connection->read_only;

    connection->read_only = PG_READ_ONLY_OFF;
    if (was == PG_READ_ONLY_SESSION)
        return mig_pg_rollback(connection, error);
    return mig_pg_simple(
        connection, "ROLLBACK TO SAVEPOINT " SAVEPOINT_NAME "; RELEASE SAVEPOINT " SAVEPOINT_NAME,
        NULL, NULL, error);
}

bool
mig_pg_read_only(MigConnection *connection, bool on, GError **error)
{
    if (on == (connection->read_only != PG_READ_ONLY_OFF))
        return true;
    if (mig_pg_is_lost(connection)) {
        mig_pg_error_set_result(error, connection, NULL, NULL);
        return false;
    }
    return on ? switch_on(connection, error) : switch_off(connection, error);
}

static bool
keep_schema(const MigRow *row, gpointer data)
{
    char **schema = data;

    *schema = g_strdup(row->values[0]);
    return true;
}

/*
 * As it was when we connected: DEFAULT is what the role, the database and the URL have set, and
 * "$user" in it is the role that logged in.
 */
static char *
ask_schema(MigConnection *connection, GError **error)
{
    static const char as_connected[] = "SET LOCAL SESSION AUTHORIZATION DEFAULT; "
                                       "SET LOCAL role TO DEFAULT; "
                                       "SET LOCAL search_path TO DEFAULT; ";
    bool open = PQtransactionStatus(connection->pg) != PQTRANS_IDLE;
    g_autofree char *sql = NULL;
    char *schema = NULL;

    if (!connection->used)
        sql = g_strdup("SELECT pg_catalog.current_schema()");
    else
        sql = g_strdup_printf("%s; %s SELECT pg_catalog.current_schema(); %s",
                              open ? "SAVEPOINT migrate_schema" : "BEGIN", as_connected,
                              open ? "ROLLBACK TO SAVEPOINT migrate_schema; "
                                     "RELEASE SAVEPOINT migrate_schema"
                                   : "ROLLBACK");
    if (!mig_pg_simple(connection, sql, keep_schema, &schema, error))
        return NULL;
    if (schema == NULL)
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "no schema of the database's search_path exists, so there is no place for the "
                    "history table: create the schema \"public\", or set history-schema");
    return schema;
}

char *
mig_pg_default_schema(MigConnection *connection, GError **error)
{
    if (connection->default_schema == NULL)
        connection->default_schema = ask_schema(connection, error);
    return g_strdup(connection->default_schema);
}

/* What a warning names: what a dump or a careless migration sets, and the next one trips over. */
static const char *const watched[] = {
    "search_path",
    "role",
    "session_authorization",
    "session_replication_role",
    "TimeZone",
    "DateStyle",
    "IntervalStyle",
    "client_encoding",
    "client_min_messages",
    "standard_conforming_strings",
    "check_function_bodies",
    "row_security",
    "xmloption",
    "default_tablespace",
    "default_table_access_method",
    "default_transaction_isolation",
    "default_transaction_read_only",
    "synchronous_commit",
    "work_mem",
    "maintenance_work_mem",
    "idle_in_transaction_session_timeout",
};

static void
add_watched(GString *sql)
{
    g_string_append(sql, "SELECT CASE WHEN pg_catalog.pg_my_temp_schema() = 0 THEN false ELSE "
                         "EXISTS (SELECT FROM pg_catalog.pg_class WHERE relnamespace = "
                         "pg_catalog.pg_my_temp_schema()) END AS \"temporary tables\"");
    for (size_t i = 0; i < G_N_ELEMENTS(watched); i++)
        g_string_append_printf(sql, ", pg_catalog.current_setting('%s', true) AS \"%s\"",
                               watched[i], watched[i]);
    g_string_append(sql, "; ");
}

typedef struct {
    GPtrArray *before; /* (owned) values; NULL until the first row has come */
    GString *changed;
} Comparison;

static void
add_name(GString *names, const char *name)
{
    if (names->len > 0)
        g_string_append(names, ", ");
    g_string_append(names, name);
}

static bool
compare_settings(const MigRow *row, gpointer data)
{
    Comparison *comparison = data;

    if (comparison->before == NULL) {
        comparison->before = g_ptr_array_new_with_free_func(g_free);
        for (size_t i = 0; i < row->n_columns; i++)
            g_ptr_array_add(comparison->before, g_strdup(row->values[i]));
        return true;
    }
    for (size_t i = 0; i < row->n_columns; i++) {
        if (g_strcmp0(comparison->before->pdata[i], row->values[i]) != 0)
            add_name(comparison->changed, row->names[i]);
    }
    return true;
}

/* The session behind a pooler serves others as well, who may have prepared statements in it, which
 * the pooler believes to be there. */
#define RESET_SHARED "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP; "
#define RESET_OWN RESET_SHARED "CLOSE ALL; UNLISTEN *; DEALLOCATE ALL; DISCARD SEQUENCES; "

/*
 * DISCARD ALL would do, but for the runners' lock, which it would give back. The settings are read
 * before and after, so nothing has to be remembered from the start of the session.
 */
bool
mig_pg_reset(MigConnection *connection, char **out_changed, GError **error)
{
    bool open = PQtransactionStatus(connection->pg) != PQTRANS_IDLE;
    g_autoptr(GString) sql = g_string_new(open ? "ROLLBACK; " : NULL);
    bool left = open && connection->read_only != PG_READ_ONLY_SESSION;
    g_autoptr(GString) changed = g_string_new(left ? "an open transaction" : NULL);
    Comparison comparison = {.changed = changed};

    add_watched(sql);
    g_string_append(sql, connection->pooled ? RESET_SHARED : RESET_OWN);
    if (connection->checked && !connection->pooled)
        g_string_append(sql, MIG_PG_CHECK);
    add_watched(sql);

    bool good = mig_pg_simple(connection, sql->str, compare_settings, &comparison, error);
    if (comparison.before != NULL)
        g_ptr_array_unref(comparison.before);
    if (!good)
        return false;

    connection->session = (PgLimits){PG_LIMIT_UNKNOWN, PG_LIMIT_UNKNOWN};
    connection->local = connection->session;
    connection->read_only = PG_READ_ONLY_OFF;
    if (out_changed != NULL)
        *out_changed = changed->len > 0 ? g_strdup(changed->str) : NULL;
    return true;
}
