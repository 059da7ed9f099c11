/* SPDX-License-Identifier: MIT */
/* What the files of the SQLite driver share. */
#pragma once

#include <migrate/driver.h>
#include <sqlite3.h>

/* A file that is open, with all our connections to it; see lock.c. */
typedef struct LiteFile LiteFile;

struct MigConnection {
    sqlite3 *db;
    MigServer server;
    GHashTable *statements; /* (owned) SQL to sqlite3_stmt: what is executed again and again */

    /* Limits and cancelling: connection.c. */
    int64_t lock_ms;      /* 0: without limit */
    int64_t statement_ms; /* 0: without limit */
    int64_t deadline_us;  /* of the statement that runs, monotonic; 0: none */
    int64_t waiting_us;   /* since when it waits for a lock, monotonic */
    bool timed_out;       /* it was stopped at its deadline */
    gint cancelled;       /* atomic: `cancel` was called since it started */
    GMutex mutex;
    GCond wake; /* a statement that waits for a lock is to look again */

    /* What a statement may do: guard.c. */
    bool internal;        /* it is one of ours, and may do all */
    bool read_only;       /* by `read_only` */
    bool read_only_txn;   /* by MIG_BEGIN_READ_ONLY, as long as the transaction is open */
    bool pragma;          /* the statement that was prepared last is one */
    const char *unknown;  /* (static) a setting that is about to change for the first time */
    GHashTable *settings; /* (owned) names of settings that were changed to what they were */
    bool attached;        /* a database was attached */
    bool temporary;       /* something temporary was made */

    /* The runners' lock: lock.c. */
    LiteFile *file;    /* (borrowed) NULL in memory */
    int lock_fd;       /* -1: not needed so far */
    GHashTable *locks; /* (owned) names of the locks that we hold */
};

/* url.c */

typedef struct {
    char *uri;      /* (owned) as sqlite3_open_v2() takes it */
    char *path;     /* (owned) of the file, decoded; ":memory:" */
    bool in_memory; /* there is no file */
} LiteUrl;

/** lite_url_parse: (owned) %NULL with %MIG_ERROR_USAGE where @url can't be read. */
LiteUrl *lite_url_parse(const char *url, const MigOpenOptions *options, GError **error);
void lite_url_free(LiteUrl *url);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LiteUrl, lite_url_free)

/* connection.c */
MigConnection *lite_open(const char *url, const MigOpenOptions *options, GError **error);
void lite_close(MigConnection *connection);
const MigServer *lite_server(MigConnection *connection);
bool lite_limits(MigConnection *connection, int64_t lock_timeout_ms, int64_t statement_timeout_ms,
                 GError **error);
void lite_cancel(MigConnection *connection);

/** lite_start: before a statement: sets its deadline, and forgets an earlier cancel. */
void lite_start(MigConnection *connection);

/** lite_wait_here: makes our way of waiting for a lock the connection's. */
void lite_wait_here(MigConnection *connection);

/* error.c */

/** lite_error_set: what SQLite says about @code, which its last function returned. */
void lite_error_set(GError **error, MigConnection *connection, int code);

/** lite_error_set_class: an error that the driver finds by itself. */
void lite_error_set_class(GError **error, MigSqlClass class, const char *code, const char *message);

/* statement.c */
bool lite_exec(MigConnection *connection, const char *sql, size_t length, GError **error);
bool lite_query(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data,
                GError **error);
bool lite_batch(MigConnection *connection, const MigCall *calls, size_t n_calls, size_t *out_done,
                GError **error);

/** lite_run: a statement of the driver's own, which nothing refuses; kept for the next time. */
bool
lite_run(MigConnection *connection, const char *sql, MigRowFunc row, gpointer data, GError **error);

/** lite_call: the same with parameters. */
bool lite_call(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data,
               GError **error);

/** lite_value: (owned) the one value of a query of the driver's own; %NULL if there is none. */
char *lite_value(MigConnection *connection, const char *sql);

/* guard.c */

/** lite_guard_install: lets the guard see every statement that is prepared from now on. */
void lite_guard_install(MigConnection *connection);

/** lite_guarded: whether only reads are allowed now. */
bool lite_guarded(MigConnection *connection);

/**
 * lite_remember:
 *
 * After a statement was refused because it changes a setting for the first time: notes the
 * setting's value.
 *
 * Returns: whether that was the reason, and the statement is to be prepared once more
 */
bool lite_remember(MigConnection *connection);

/** lite_setting: (owned) a setting's value now; %NULL if it has none. */
char *lite_setting(MigConnection *connection, const char *name);

/* session.c */
bool lite_begin(MigConnection *connection, MigBegin how, GError **error);
bool lite_commit(MigConnection *connection, GError **error);
bool lite_rollback(MigConnection *connection, GError **error);
MigTxnState lite_transaction(MigConnection *connection);
bool lite_read_only(MigConnection *connection, bool on, GError **error);

/* reset.c */
bool lite_reset(MigConnection *connection, char **out_changed, GError **error);

/* lock.c */

/** lite_file_enter: (borrowed) the file of a new connection; %NULL if it is none. */
LiteFile *lite_file_enter(const char *path);

/** lite_file_leave: after a connection is closed: @lock_fd is closed as soon as that is safe. */
void lite_file_leave(LiteFile *file, int lock_fd);

/** lite_file_wait: notes that a connection to @file, which may be %NULL, finds it locked. */
void lite_file_wait(LiteFile *file);

/** lite_file_is_waited_for: whether a connection of this process is waiting for @file now. */
bool lite_file_is_waited_for(LiteFile *file);

/** lite_unlock_all: when a connection ends: its descriptor may have to stay open. */
void lite_unlock_all(MigConnection *connection);

bool lite_try_lock(MigConnection *connection, const char *name, bool *out_taken, char **out_holder,
                   GError **error);
bool lite_unlock(MigConnection *connection, const char *name, GError **error);
bool lite_pooled(MigConnection *connection, bool *out_pooled, GError **error);
bool lite_locked(MigConnection *connection, const char *name, bool *out_ours, GError **error);

/* holder.c */

/** lite_lock_holder: (owned) who has locked @offset of the file behind @fd; %NULL if not known. */
char *lite_lock_holder(int fd, guint64 offset);

/** lite_holder_name: (owned) what a process is called; %NULL if that can't be read. */
char *lite_holder_name(const char *pid);

/**
 * lite_holder_find:
 * @info: (borrowed) what the kernel must say of the descriptor: proc_pid_fdinfo(5)
 *
 * Returns: (owned) numbers of processes that have the file behind @path, as text
 */
GPtrArray *lite_holder_find(const char *path, const char *info);

/* blockers.c */
char *lite_session(MigConnection *connection);
bool lite_blockers(MigConnection *connection, const char *session, MigBlockerFunc blocker,
                   gpointer data, GError **error);

/* history.c */
char *lite_quote(MigConnection *connection, const char *identifier);
char *lite_history_sql(MigConnection *connection, MigHistorySql which, const char *schema,
                       const char *table);
char *lite_default_schema(MigConnection *connection, GError **error);

/* catalog.c */
bool
lite_find(MigConnection *connection, const MigObject *object, MigFound *out_found, GError **error);

/* backup.c */
bool lite_backup(MigConnection *connection, const char *path, GError **error);

/* schema.c */
bool lite_schema(MigConnection *connection, MigSchemaFunc statement, gpointer data, GError **error);
bool lite_sizes(MigConnection *connection, MigSizeFunc size, gpointer data, GError **error);
bool lite_speed(MigConnection *connection, double *out_read, double *out_write, GError **error);
