/* SPDX-License-Identifier: MIT */
/* What the files of the PostgreSQL driver share. */
#pragma once

#include <libpq-fe.h>
#include <migrate/driver.h>

/* A time-out as the server has it, or as we have asked for it, in milliseconds. */
#define PG_LIMIT_UNKNOWN (-1)

typedef struct {
    int64_t lock_ms;
    int64_t statement_ms;
} PgLimits;

typedef enum {
    PG_READ_ONLY_OFF,
    PG_READ_ONLY_SESSION,   /* in transactions of ours, one after the other */
    PG_READ_ONLY_SAVEPOINT, /* in the rest of the caller's transaction */
} PgReadOnly;

struct MigConnection {
    PGconn *pg;
    MigServer server;
    PGcancel *cancel; /* made when connected, so that any thread may use it */
    gint cancelled;   /* atomic: `cancel` was called since the last statement was sent */
    bool used;        /* a statement was sent: the session may differ from its start */
    PgReadOnly read_only;
    PgLimits wanted;       /* by mig_pg_limits(); unknown: the server's own stand */
    PgLimits session;      /* what SET has made of them */
    PgLimits local;        /* what they are in the transaction that is open */
    bool pooled;           /* `pooled` has found it so */
    bool checked;          /* the server looks whether we are there; see lock.c */
    char *default_schema;  /* (owned) or %NULL as long as nobody asked */
    GHashTable *locks;     /* (owned) names of the locks that we took */
    int64_t started_us;    /* when the statement was sent, monotonic */
    int64_t limit_ms;      /* its statement_timeout, as far as we know it */
    GHashTable *relations; /* (owned) oid to PgRelation; NULL as long as nobody asked; see held.c */
    char *relations_of;    /* (owned) when the transaction began in which they were seen */
};

/* connection.c */
MigConnection *mig_pg_open(const char *url, const MigOpenOptions *options, GError **error);
void mig_pg_close(MigConnection *connection);
const MigServer *mig_pg_server(MigConnection *connection);

/* url.c */

/**
 * mig_pg_url_check:
 *
 * Whether libpq will read @url as its author meant it. %MIG_ERROR_USAGE otherwise, with the
 * character that has to be percent-encoded where one is to blame, and never a password.
 */
bool mig_pg_url_check(const char *url, GError **error);

/* error.c */

/** mig_pg_is_lost: whether the connection is gone. */
bool mig_pg_is_lost(MigConnection *connection);

/**
 * mig_pg_error_set_result:
 * @result: (borrowed) the server's refusal, or %NULL if it is libpq that failed
 * @sql: (borrowed) what was sent, for the position; or %NULL
 */
void mig_pg_error_set_result(GError **error, MigConnection *connection, const PGresult *result,
                             const char *sql);

/** mig_pg_error_set: an error of the driver's own, with the SQLSTATE that the server would have given. */
void mig_pg_error_set(GError **error, MigSqlClass class, const char *code, const char *message);

/* exec.c */
bool mig_pg_exec(MigConnection *connection, const char *sql, size_t length, GError **error);
bool mig_pg_copy(MigConnection *connection, const char *sql, size_t length, const char *data,
                 size_t data_length, GError **error);
bool mig_pg_query(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data,
                  GError **error);

/**
 * mig_pg_start:
 *
 * Before anything is sent: notes the time and forgets an earlier cancel.
 *
 * Returns: %false with @error set if the connection is gone
 */
bool mig_pg_start(MigConnection *connection, GError **error);

/**
 * mig_pg_simple:
 * @row: called for the rows of all statements, if not %NULL
 *
 * Statements of ours in one round trip, whatever the limits.
 */
bool mig_pg_simple(MigConnection *connection, const char *sql, MigRowFunc row, gpointer data,
                   GError **error);

/** mig_pg_query_plain: mig_pg_query() whatever the limits. */
bool mig_pg_query_plain(MigConnection *connection, const MigCall *call, MigRowFunc row,
                        gpointer data, GError **error);

/** mig_pg_note_command: what a command that succeeded has done to what we know of the session. */
void mig_pg_note_command(MigConnection *connection, const PGresult *result);

/**
 * mig_pg_check_commit:
 *
 * The server answers COMMIT in a failed transaction with ROLLBACK, and calls that a success.
 */
bool mig_pg_check_commit(const char *sql, const PGresult *result, GError **error);

/** mig_pg_word: (static) the first word of @sql, if it is about a transaction, or COPY; upper case. */
const char *mig_pg_word(const char *sql);

/* batch.c */
bool mig_pg_batch(MigConnection *connection, const MigCall *calls, size_t n_calls, size_t *out_done,
                  GError **error);

/* session.c */
bool mig_pg_begin(MigConnection *connection, MigBegin how, GError **error);
bool mig_pg_commit(MigConnection *connection, GError **error);
bool mig_pg_rollback(MigConnection *connection, GError **error);
MigTxnState mig_pg_transaction(MigConnection *connection);
bool mig_pg_read_only(MigConnection *connection, bool on, GError **error);
bool mig_pg_limits(MigConnection *connection, int64_t lock_timeout_ms, int64_t statement_timeout_ms,
                   GError **error);
char *mig_pg_default_schema(MigConnection *connection, GError **error);
bool mig_pg_reset(MigConnection *connection, char **out_changed, GError **error);

/**
 * mig_pg_prepare:
 * @sql: (borrowed) a statement of the caller's
 *
 * Before it is sent: the limits that are wanted, and read-only if that is on.
 */
bool mig_pg_prepare(MigConnection *connection, const char *sql, GError **error);

/* lock.c */

/** What mig_pg_try_lock() has set in the session where that was possible, as SQL. */
#define MIG_PG_CHECK "SET client_connection_check_interval = '2s'; "

bool mig_pg_try_lock(MigConnection *connection, const char *name, bool *out_taken,
                     char **out_holder, GError **error);
bool mig_pg_unlock(MigConnection *connection, const char *name, GError **error);
bool mig_pg_pooled(MigConnection *connection, bool *out_pooled, GError **error);
bool mig_pg_locked(MigConnection *connection, const char *name, bool *out_ours, GError **error);

/* blockers.c */
char *mig_pg_session(MigConnection *connection);
bool mig_pg_blockers(MigConnection *connection, const char *session, MigBlockerFunc blocker,
                     gpointer data, GError **error);
bool mig_pg_terminate(MigConnection *connection, const char *session, GError **error);

/* history.c */
char *mig_pg_quote(MigConnection *connection, const char *identifier);
char *mig_pg_history_sql(MigConnection *connection, MigHistorySql which, const char *schema,
                         const char *table);

/* catalog.c */
bool mig_pg_find(MigConnection *connection, const MigObject *object, MigFound *out_found,
                 GError **error);

/* schema.c */
bool
mig_pg_schema(MigConnection *connection, MigSchemaFunc statement, gpointer data, GError **error);
bool mig_pg_sizes(MigConnection *connection, MigSizeFunc size, gpointer data, GError **error);
bool mig_pg_speed(MigConnection *connection, double *out_read, double *out_write, GError **error);

/* held.c */
bool mig_pg_held(MigConnection *connection, MigHeldFunc held, gpointer data, GError **error);
