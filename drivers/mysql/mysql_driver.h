/* SPDX-License-Identifier: MIT */
/* What the files of the MySQL and MariaDB driver share. */
#pragma once

#include <migrate/driver.h>
#include <mysql.h>

/* A time-out that the server still has to be told, or that nobody has asked for. */
#define MY_LIMIT_UNKNOWN (-1)

typedef struct {
    int64_t lock_ms;
    int64_t statement_ms;
} MyLimits;

/**
 * MyAddress:
 *
 * What a URL says. Never changed once made, so that `cancel` may read it from any thread.
 */
typedef struct {
    char *user;                 /* (owned) %NULL, here and below: the client library's default */
    char *password;             /* (owned) */
    char *host;                 /* (owned) */
    unsigned port;              /* 0: the default */
    char *database;             /* (owned) */
    char *socket;               /* (owned) */
    char *ssl_mode;             /* (owned) upper case, with "_" */
    char *ssl_ca;               /* (owned) */
    char *ssl_cert;             /* (owned) */
    char *ssl_key;              /* (owned) */
    char *defaults_file;        /* (owned) */
    char *defaults_group;       /* (owned) */
    unsigned connect_timeout_s; /* 0: the default */
} MyAddress;

typedef enum {
    MY_READ_ONLY_OFF,
    MY_READ_ONLY_SESSION,   /* in transactions of ours, one after the other */
    MY_READ_ONLY_SAVEPOINT, /* in the rest of the caller's transaction */
} MyReadOnly;

struct MigConnection {
    MYSQL *mysql;
    MigServer server;
    MyAddress *address;
    unsigned long id; /* the server's number for this connection */
    uint64_t behind;  /* what the session itself called it when it began */
    bool lost;        /* an error has said so; client libraries don't remember it */
    MyReadOnly read_only;
    bool tables_locked;     /* LOCK TABLES was executed since the last reset */
    GHashTable *temporary;  /* (owned) names of temporary tables, as SQL, made since then */
    MyLimits wanted;        /* by mig_my_limits() */
    MyLimits session;       /* what the server has been told */
    char **variables;       /* (owned) values when connected, as SQL; see variables.c */
    GHashTable *statements; /* (owned) SQL text to prepared MYSQL_STMT */
    GHashTable *locks;      /* (owned) names of the locks that we took */
};

/* url.c */

/**
 * mig_my_address_parse:
 * @error: %MIG_ERROR_USAGE, without a password
 */
MyAddress *mig_my_address_parse(const char *url, const MigOpenOptions *options, GError **error);
void mig_my_address_free(MyAddress *address);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MyAddress, mig_my_address_free)

/* connection.c */
MigConnection *mig_my_open(const char *url, const MigOpenOptions *options, GError **error);
void mig_my_close(MigConnection *connection);
const MigServer *mig_my_server(MigConnection *connection);
void mig_my_cancel(MigConnection *connection);

/* error.c */

/**
 * mig_my_error_set:
 * @number: the server's or the client library's error number
 * @sql: (borrowed) what was sent, for the position; or %NULL
 */
void mig_my_error_set(GError **error, MigConnection *connection, unsigned number, const char *state,
                      const char *message, const char *sql, size_t length);

/** mig_my_error_class: what a number (and, where one number has many meanings, its text) means. */
MigSqlClass mig_my_error_class(unsigned number, const char *message);

/** mig_my_check: %false with @error set if the connection is lost. */
bool mig_my_check(MigConnection *connection, GError **error);

/* exec.c */
bool mig_my_exec(MigConnection *connection, const char *sql, size_t length, GError **error);

/**
 * mig_my_run:
 * @row: called for each row of the first result, if not %NULL
 *
 * A statement in the text protocol, whatever the limits.
 */
bool mig_my_run(MigConnection *connection, const char *sql, size_t length, MigRowFunc row,
                gpointer data, GError **error);

/** mig_my_run_text: the same for a statement of ours without rows. */
bool mig_my_run_text(MigConnection *connection, const char *sql, GError **error);

/* query.c */
bool mig_my_query(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data,
                  GError **error);
bool mig_my_batch(MigConnection *connection, const MigCall *calls, size_t n_calls, size_t *out_done,
                  GError **error);

/** mig_my_query_plain: mig_my_query() whatever the limits, and with parameters only. */
bool mig_my_query_plain(MigConnection *connection, const MigCall *call, MigRowFunc row,
                        gpointer data, GError **error);

/** mig_my_forget_statements: closes what is prepared. */
void mig_my_forget_statements(MigConnection *connection);

/* session.c */
bool mig_my_begin(MigConnection *connection, MigBegin how, GError **error);
bool mig_my_commit(MigConnection *connection, GError **error);
bool mig_my_rollback(MigConnection *connection, GError **error);
MigTxnState mig_my_transaction(MigConnection *connection);
bool mig_my_read_only(MigConnection *connection, bool on, GError **error);
bool mig_my_limits(MigConnection *connection, int64_t lock_timeout_ms, int64_t statement_timeout_ms,
                   GError **error);

/** MySettings: what limits become in the server's units. */
typedef struct {
    int64_t lock_wait_s;
    int64_t innodb_wait_s;
    int64_t statement_ms;
} MySettings;

MySettings mig_my_settings(const MigConnection *connection, const MyLimits *limits);

/**
 * mig_my_prepare:
 * @sql: (borrowed) a statement of the caller's
 *
 * Before it is sent: the limits that are wanted, and read-only if that is on.
 */
bool mig_my_prepare(MigConnection *connection, const char *sql, GError **error);

/**
 * mig_my_settle:
 *
 * After an error inside a transaction: errors don't say whether the transaction is still open.
 */
void mig_my_settle(MigConnection *connection);

/* variables.c */

/** mig_my_remember: reads what reset() has to know, the server's version and the database's name. */
bool mig_my_remember(MigConnection *connection, GError **error);
bool mig_my_reset(MigConnection *connection, char **out_changed, GError **error);
char *mig_my_default_schema(MigConnection *connection, GError **error);

/** mig_my_text: (owned) a literal that means the same in every sql_mode, if it has no backslash. */
char *mig_my_text(const char *text);

/* words.c */

/** mig_my_is_query: whether @sql is, by its first word, a query and nothing but. */
bool mig_my_is_query(const char *sql);

/** mig_my_note_statement: what reset() has to know of @sql, and the server doesn't tell. */
void mig_my_note_statement(MigConnection *connection, const char *sql);

/* lock.c */
bool mig_my_try_lock(MigConnection *connection, const char *name, bool *out_taken,
                     char **out_holder, GError **error);
bool mig_my_unlock(MigConnection *connection, const char *name, GError **error);
bool mig_my_pooled(MigConnection *connection, bool *out_pooled, GError **error);
bool mig_my_locked(MigConnection *connection, const char *name, bool *out_ours, GError **error);

/* blockers.c */
char *mig_my_session(MigConnection *connection);
bool mig_my_blockers(MigConnection *connection, const char *session, MigBlockerFunc blocker,
                     gpointer data, GError **error);
bool mig_my_terminate(MigConnection *connection, const char *session, GError **error);

/* history.c */
char *mig_my_quote(MigConnection *connection, const char *identifier);
char *mig_my_history_sql(MigConnection *connection, MigHistorySql which, const char *schema,
                         const char *table);

/* catalog.c */
bool mig_my_find(MigConnection *connection, const MigObject *object, MigFound *out_found,
                 GError **error);

/* schema.c */
bool
mig_my_schema(MigConnection *connection, MigSchemaFunc statement, gpointer data, GError **error);
bool mig_my_sizes(MigConnection *connection, MigSizeFunc size, gpointer data, GError **error);
bool mig_my_speed(MigConnection *connection, double *out_read, double *out_write, GError **error);
