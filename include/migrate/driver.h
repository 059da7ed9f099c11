/* SPDX-License-Identifier: MIT */
/* MigDriver: all that a database driver sees of migrate, and all that migrate sees of a database. */
#pragma once

#include <migrate/engine.h>
#include <migrate/error.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/*
 * A driver is a module, migrate-<name>.so, that is loaded for the scheme of a database's URL and
 * never unloaded. It includes this header, GLib and its client library, exports one symbol,
 * mig_driver_v1(), and calls nothing of the program but mig_error_quark() and mig_error_set_sql().
 * tests/drivers/contract.c is the definition of what each function promises; migrate-driver(7)
 * says it in words.
 *
 * A connection is used by one thread at a time, except that `cancel` may be called from any thread
 * at any moment between `open` and `close`.
 */

#define MIG_DRIVER_ABI 1

typedef struct MigConnection MigConnection; /* each driver defines its own */

typedef enum {
    MIG_CAP_TRANSACTIONAL_DDL = 1 << 0, /* DDL is undone by a rollback */
    MIG_CAP_COPY = 1 << 1,              /* `copy` is there */
    MIG_CAP_ADVISORY_LOCK = 1 << 2,     /* `try_lock` keeps runners on other hosts off, too */
    MIG_CAP_SCHEMAS = 1 << 3,           /* the history tables can stand in a schema of their own */
} MigCaps;

/**
 * MigOpenOptions:
 *
 * What a connection needs that isn't in its URL.
 */
typedef struct {
    const char *password;       /* (borrowed) stands above the URL's own and the client library's
                                   ways of finding one; %NULL: leave it to these */
    const char *application;    /* (borrowed) how the server is to list us, "migrate up" */
    int64_t connect_timeout_ms; /* of one attempt; 0: the client library's default */
    bool create;                /* SQLite: make the file if it isn't there; others: ignored */
    bool read_only;             /* SQLite: open the file for reading only; others: ignored */
} MigOpenOptions;

/**
 * MigServer:
 *
 * What is at the other end, known once connected.
 */
typedef struct {
    MigEngine engine;   /* MySQL or MariaDB is told by the server's version text */
    int version;        /* see mig_engine_version_parse() */
    char *version_text; /* (owned by the connection) as the server says it */
    char *database;     /* (owned by the connection) its name; SQLite: the file's path */
} MigServer;

/**
 * MigRow:
 *
 * One row of a result, valid during the callback. Values are text as the server writes it; %NULL is
 * SQL's NULL; an SQLite blob is X'..' text.
 */
typedef struct {
    size_t n_columns;
    const char *const *names;
    const char *const *values;
    const bool *booleans; /* which columns are of a boolean type, whose values are "t" and "f";
                             %NULL: none is */
} MigRow;

/**
 * MigRowFunc:
 *
 * Returns: %true to go on, %false when no more rows are wanted (which isn't an error)
 */
typedef bool (*MigRowFunc)(const MigRow *row, gpointer data);

/**
 * MigCall:
 *
 * One statement with parameters, in the dialect's own placeholders ($1 or ?).
 */
typedef struct {
    const char *sql;           /* (borrowed) NUL-terminated */
    const char *const *params; /* (borrowed) text, or %NULL for SQL's NULL */
    size_t n_params;
} MigCall;

typedef enum {
    MIG_BEGIN_WRITE,     /* the engine's usual transaction; SQLite: BEGIN IMMEDIATE */
    MIG_BEGIN_READ_ONLY, /* the server refuses writes in it */
} MigBegin;

typedef enum {
    MIG_TXN_NONE,
    MIG_TXN_OPEN,
    MIG_TXN_FAILED, /* PostgreSQL: only a rollback is accepted */
    MIG_TXN_LOST,   /* the connection is gone */
} MigTxnState;

/**
 * MigHistorySql:
 *
 * The statements of the history tables, which each driver writes in its dialect. `table` is what
 * history-table says; the events stand in a second one whose name ends in "_event". Values are
 * text parameters in the order given here; what is a time is text in ISO 8601, UTC, such as
 * "2026-03-01T12:00:00.000Z", both ways. "user" is filled in by the database itself.
 */
typedef enum {
    /* No parameters; executed in this order, all of them harmless when repeated. %NULL: not needed. */
    MIG_HISTORY_CREATE_SCHEMA,
    MIG_HISTORY_CREATE_TABLE,
    MIG_HISTORY_CREATE_EVENT_TABLE,
    MIG_HISTORY_CREATE_EVENT_INDEX,
    /* Returns (format): of the newest event; no row: the tables are there but nothing is in them.
     * Fails with %MIG_SQL_UNDEFINED_TABLE where there is no history. */
    MIG_HISTORY_READ_FORMAT,
    /* Returns (version, name, state, done, doing, total, checksum, checksum_raw, header, applied_at,
     * duration_ms, db_user, os_user, host, tool_version, format), in no order; `format` is that of
     * the newest event, in each row. */
    MIG_HISTORY_READ,
    /* (version) returns (up_sql, down_sql). */
    MIG_HISTORY_READ_SQL,
    /* Returns the newest event of each version whose newest event is a failure: (version, name, at,
     * statement, message). */
    MIG_HISTORY_READ_FAILURES,
    /* (limit) returns the newest events first: (id, at, kind, version, name, statement, duration_ms,
     * db_user, os_user, host, tool_version, message). */
    MIG_HISTORY_READ_EVENTS,
    /* (version, name, state, done, doing, total, checksum, checksum_raw, header, up_sql, down_sql,
     * duration_ms, os_user, host, tool_version): inserts the record, or replaces it; applied_at is
     * the database's time now. `doing` is NULL or the number of the statement that is being run. */
    MIG_HISTORY_SAVE,
    /* (version, state, done, doing): moves a record that is there. */
    MIG_HISTORY_MOVE,
    /* (version) */
    MIG_HISTORY_DELETE,
    /* (version, checksum, checksum_raw, header, up_sql, down_sql): what a changed file says now takes
     * the place of what was recorded; nothing else of the record changes. */
    MIG_HISTORY_ACCEPT,
    /* (kind, version, name, checksum, checksum_raw, statement, duration_ms, os_user, host,
     * tool_version, message, format): appends an event, at the database's time now. */
    MIG_HISTORY_EVENT,
    /* The leased lock, for where a session's lock is worth nothing: a third table, whose name ends in
     * "_lock", with one row at most. All times are the server's own. */
    MIG_HISTORY_CREATE_LOCK_TABLE, /* harmless when repeated */
    /* (token, holder, lease_ms): takes the lease if nobody has it, or its time is out, in one
     * statement; returns (token) of who has it now, with RETURNING or by MIG_HISTORY_LEASE_READ. */
    MIG_HISTORY_LEASE_TAKE,
    /* Returns (token, holder, remaining_ms): remaining_ms is negative when the time is out. */
    MIG_HISTORY_LEASE_READ,
    /* (token, lease_ms): moves the end of our own lease; changes nothing if it isn't ours any more. */
    MIG_HISTORY_LEASE_RENEW,
    /* (token): gives our own lease back. */
    MIG_HISTORY_LEASE_RELEASE,
    MIG_N_HISTORY_SQL,
} MigHistorySql;

/**
 * MigBlocker:
 *
 * A session that holds what another one waits for, valid during the callback. What the server or
 * our privileges don't tell is %NULL, or -1.
 */
typedef struct {
    const char *session; /* its number: backend pid, connection id; SQLite: process id */
    const char *user;
    const char *application; /* or the host it comes from */
    const char *state;       /* in the server's words: "idle in transaction", "Sleep" */
    const char *query;       /* the one that runs, or the last one that ran */
    const char *relation;    /* what is fought over */
    int64_t age_ms;          /* of its transaction */
    bool idle_in_transaction;
    bool ours; /* another runner of migrate, which must not be terminated */
} MigBlocker;

typedef void (*MigBlockerFunc)(const MigBlocker *blocker, gpointer data);

typedef enum {
    MIG_OBJECT_SCHEMA,
    MIG_OBJECT_TABLE, /* ordinary, partitioned, foreign or virtual */
    MIG_OBJECT_COLUMN,
    MIG_OBJECT_INDEX,
    MIG_OBJECT_CONSTRAINT,
    MIG_OBJECT_VIEW, /* materialized ones, too */
    MIG_OBJECT_ROUTINE,
    MIG_OBJECT_TRIGGER,
    MIG_OBJECT_SEQUENCE,
    MIG_OBJECT_TYPE, /* enums and domains, too */
    MIG_OBJECT_EVENT,
    MIG_OBJECT_EXTENSION,
    MIG_OBJECT_DATABASE,
} MigObjectKind;

/**
 * MigObject:
 *
 * Something that a catalog has or doesn't have. Names are as the catalog has them: unquoted, and
 * folded as the engine folds them.
 */
typedef struct {
    MigObjectKind kind;
    const char *schema; /* %NULL: found through the search path, or in the current database */
    const char *table;  /* of a column, constraint or trigger, or (MySQL) index; else %NULL */
    const char *name;
} MigObject;

/**
 * MigFound:
 *
 * What a catalog says of an object; strings are (owned), for mig_found_clear().
 */
typedef struct {
    bool exists;
    char *table;   /* an index's or trigger's */
    char *type;    /* a column's, as the server writes it */
    char *columns; /* an index's or a constraint's, in order, separated by ","; expressions as the
                      server writes them */
    bool nullable; /* a column */
    bool unique;   /* an index */
    bool invalid;  /* an index that a failed concurrent build left, a constraint not validated */
} MigFound;

static inline void
mig_found_clear(MigFound *found)
{
    g_free(found->table);
    g_free(found->type);
    g_free(found->columns);
    *found = (MigFound){.exists = false};
}

/** MigSchemaFunc: @sql: (borrowed) one statement of those that would make the schema */
typedef void (*MigSchemaFunc)(const char *sql, gpointer data);

/** MigSize: a table's size, as the database's own statistics estimate it. */
typedef struct {
    const char *schema;  /* (borrowed) "" without MIG_CAP_SCHEMAS */
    const char *name;    /* (borrowed) */
    int64_t rows;        /* -1: not known */
    int64_t bytes;       /* without its indexes; -1: not known */
    int64_t index_bytes; /* of all of them; -1: not known */
} MigSize;

typedef void (*MigSizeFunc)(const MigSize *size, gpointer data);

/** MigHeld: a lock that our own transaction holds on a table or an index. Everything is borrowed. */
typedef struct {
    const char *schema;
    const char *name; /* as it was when the first of these was asked for */
    const char *mode; /* "AccessExclusiveLock": the strongest that we hold there */
    bool index;
} MigHeld;

typedef void (*MigHeldFunc)(const MigHeld *held, gpointer data);

struct MigDriver {
    unsigned abi;               /* MIG_DRIVER_ABI */
    const char *name;           /* as in migrate-<name>.so */
    const char *const *schemes; /* %NULL-terminated, without ":" */
    MigCaps caps;

    /**
     * open: one attempt to connect.
     * @url: (borrowed) as the user wrote it, password included
     * @error: %MIG_ERROR_CONNECTION if the server can't be reached or refuses us, %MIG_ERROR_USAGE
     *     if @url is wrong; the message names host and database, never a password
     */
    MigConnection *(*open)(const char *url, const MigOpenOptions *options, GError **error);

    /** close: also a connection that is lost; the server undoes an open transaction. */
    void (*close)(MigConnection *connection);

    /** server: (borrowed) what is at the other end. */
    const MigServer *(*server)(MigConnection *connection);

    /**
     * exec: one statement in the engine's simplest protocol; rows are read and dropped.
     * @sql: (borrowed) @length bytes, followed by a NUL
     * @error: %MIG_ERROR_SQL, or %MIG_ERROR_CONNECTION once the connection is lost
     *
     * It opens no transaction of its own. An error's offset counts bytes from the start of @sql.
     */
    bool (*exec)(MigConnection *connection, const char *sql, size_t length, GError **error);

    /** copy: psql's COPY ... FROM stdin with its data. %NULL without %MIG_CAP_COPY. */
    bool (*copy)(MigConnection *connection, const char *sql, size_t length, const char *data,
                 size_t data_length, GError **error);

    /** query: one statement, with parameters or without; @row is called for each row, if not %NULL. */
    bool (*query)(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data,
                  GError **error);

    /**
     * batch: statements in order, up to the first that fails, in as few round trips as the engine
     * can. Rows are dropped. It doesn't open a transaction; "COMMIT" may be among the statements.
     * @out_done: (out) (optional) how many succeeded; set on failure, too
     */
    bool (*batch)(MigConnection *connection, const MigCall *calls, size_t n_calls, size_t *out_done,
                  GError **error);

    bool (*begin)(MigConnection *connection, MigBegin how, GError **error);
    bool (*commit)(MigConnection *connection, GError **error);

    /** rollback: does nothing if no transaction is open; fails only when the connection is lost. */
    bool (*rollback)(MigConnection *connection, GError **error);

    /** transaction: what is open now, without asking the server. */
    MigTxnState (*transaction)(MigConnection *connection);

    /**
     * read_only: from now on (or no more) the server refuses whatever would change the database;
     * inside a transaction, that is undone with everything that was tried meanwhile when it is
     * switched off, and what the transaction did before stays.
     */
    bool (*read_only)(MigConnection *connection, bool on, GError **error);

    /**
     * limits: for statements from now on.
     * @lock_timeout_ms: how long to wait for a lock; 0: without limit
     * @statement_timeout_ms: how long a statement may take; 0: without limit
     *
     * Costs no round trip when nothing changes, and none of its own where it can travel with the
     * next `begin`. SQLite: the busy time-out, and a progress handler.
     */
    bool (*limits)(MigConnection *connection, int64_t lock_timeout_ms, int64_t statement_timeout_ms,
                   GError **error);

    /**
     * try_lock: takes the runners' lock, at once or not at all, for as long as the connection lives.
     * @name: (borrowed) the history table, schema and all: runners of another one don't meet
     * @out_taken: (out) whether we have it now
     * @out_holder: (out) (owned) (optional) who has it otherwise, for people; %NULL if not known
     */
    bool (*try_lock)(MigConnection *connection, const char *name, bool *out_taken,
                     char **out_holder, GError **error);

    /** unlock: gives it back. A closed or lost connection has given it back. */
    bool (*unlock)(MigConnection *connection, const char *name, GError **error);

    /** locked: whether the lock is still ours, asked of the server. */
    bool (*locked)(MigConnection *connection, const char *name, bool *out_ours, GError **error);

    /**
     * cancel: stops the statement that is running, if one is; it then fails with
     * %MIG_SQL_CANCELLED. From any thread; may come too early or too late, and do nothing.
     */
    void (*cancel)(MigConnection *connection);

    /**
     * quote: (owned) an identifier, so that it is taken literally.
     */
    char *(*quote)(MigConnection *connection, const char *identifier);

    /**
     * history_sql: one of the history's statements in this dialect.
     * @schema: (borrowed) or %NULL for the connection's own, which isn't named then, so that the
     * statement serves other databases, too; without %MIG_CAP_SCHEMAS always %NULL
     *
     * Returns: (owned) the statement, or %NULL where this engine needs none
     */
    char *(*history_sql)(MigConnection *connection, MigHistorySql which, const char *schema,
                         const char *table);

    /**
     * default_schema: (owned) where the history's tables go when no schema is configured, fixed when
     * the connection was made, so that a search path emptied by a migration doesn't move it. %NULL
     * without %MIG_CAP_SCHEMAS.
     */
    char *(*default_schema)(MigConnection *connection, GError **error);

    /**
     * reset: puts the session back to how it was after `open`: settings, role, search path, but not
     * the limits and the lock.
     * @out_changed: (out) (owned) (optional) names of what had to be put back, as far as the engine
     *     tells, separated by ", "; %NULL if nothing
     */
    bool (*reset)(MigConnection *connection, char **out_changed, GError **error);

    /**
     * session: (owned) the number under which the server knows this connection, for `blockers` of
     * another one; %NULL if it has none.
     */
    char *(*session)(MigConnection *connection);

    /**
     * blockers: who keeps another connection waiting, directly.
     * @connection: one that waits for nothing itself
     * @session: (borrowed) of the one that waits
     */
    bool (*blockers)(MigConnection *connection, const char *session, MigBlockerFunc blocker,
                     gpointer data, GError **error);

    /** terminate: ends another session and undoes its transaction. %NULL: the engine has no way. */
    bool (*terminate)(MigConnection *connection, const char *session, GError **error);

    /**
     * find: asks the catalog for an object.
     * @out_found: (out) to be cleared with mig_found_clear(); filled on success
     *
     * It leaves no transaction or snapshot open.
     */
    bool (*find)(MigConnection *connection, const MigObject *object, MigFound *out_found,
                 GError **error);

    /**
     * pooled: whether statements of this connection may reach different sessions of the server, as
     * behind a transaction-pooling proxy, where a session's lock and settings are worth nothing.
     */
    bool (*pooled)(MigConnection *connection, bool *out_pooled, GError **error);

    /**
     * backup: a copy of the whole database into a new file, checked; %NULL where a program of the
     * engine's does that.
     */
    bool (*backup)(MigConnection *connection, const char *path, GError **error);

    /**
     * schema: the whole live schema, but for the system's own, as statements that make it when they
     * are executed in this order in an empty database: settings of the session first, then tables,
     * what they consist of, views, programs. It is for review, so that what no review needs (owners,
     * privileges, comments) may be missing. To be called outside a transaction; what it has to wait
     * for, it waits for no longer than `limits` say, and fails with %MIG_SQL_LOCK_TIMEOUT.
     */
    bool (*schema)(MigConnection *connection, MigSchemaFunc statement, gpointer data,
                   GError **error);

    /** sizes: of all tables that `schema` tells of; reads statistics, and no table as a whole. */
    bool (*sizes)(MigConnection *connection, MigSizeFunc size, gpointer data, GError **error);

    /**
     * speed: how fast the server reads and writes rows, tried out on a temporary table of some
     * megabytes that is gone afterwards. Takes some tenths of a second. To be called outside a
     * transaction.
     * @out_read: (out) in bytes a millisecond
     * @out_write: (out) likewise
     */
    bool (*speed)(MigConnection *connection, double *out_read, double *out_write, GError **error);

    /**
     * held: what the open transaction holds, the system's own tables left out; %NULL where the engine
     * can't tell. To be called first directly after `begin`, so that names of what is dropped later
     * are known.
     */
    bool (*held)(MigConnection *connection, MigHeldFunc held, gpointer data, GError **error);
};

typedef struct MigDriver MigDriver;

/**
 * mig_driver_v1:
 *
 * The one symbol of a driver's module.
 */
typedef const MigDriver *(*MigDriverEntry)(void);
#define MIG_DRIVER_ENTRY "mig_driver_v1"
MIG_EXPORT const MigDriver *mig_driver_v1(void);

G_END_DECLS
