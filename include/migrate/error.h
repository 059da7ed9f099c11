/* SPDX-License-Identifier: MIT */
/* MIG_ERROR: what can go wrong, by what the caller can do about it. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What crosses the border between the program and a driver's module; all else is hidden. */
#define MIG_EXPORT __attribute__((visibility("default")))

#define MIG_ERROR (mig_error_quark())
MIG_EXPORT GQuark mig_error_quark(void);

/**
 * MigErrorCode:
 *
 * The code is for programs: `cli/exit.h` turns it into the exit status of migrate(1). The message
 * is for people and is complete: where, what, what state things are in, what to type next.
 */
typedef enum {
    MIG_ERROR_USAGE,      /* an option, a setting or a URL is wrong: exit 2 */
    MIG_ERROR_FILE,       /* a migration file is wrong or can't be read: exit 2 */
    MIG_ERROR_SQL,        /* the database refused a statement: exit 1 */
    MIG_ERROR_VERIFY,     /* a VERIFY query did not return what it must: exit 5 */
    MIG_ERROR_HISTORY,    /* the history and the files disagree: exit 6 */
    MIG_ERROR_LOCKED,     /* another runner holds the lock: exit 7 */
    MIG_ERROR_CONNECTION, /* the database can't be reached, or went away: exit 8 */
    MIG_ERROR_PENDING,    /* --check found pending migrations: exit 3 */
    MIG_ERROR_LINT,       /* findings at or above --fail-on: exit 4 */
    MIG_ERROR_CANCELLED,  /* a signal asked to stop: exit 128 + signal */
    MIG_ERROR_FAILED,     /* anything else that was not done, such as a full disk: exit 1 */
} MigErrorCode;

/**
 * MigSqlClass:
 *
 * What a database's error means for a runner, whatever the engine. Everything that nobody needs to
 * tell apart is %MIG_SQL_OTHER.
 */
typedef enum {
    MIG_SQL_OTHER,
    MIG_SQL_SYNTAX,           /* the statement can't be parsed */
    MIG_SQL_UNDEFINED_TABLE,  /* a table, or its schema or database, isn't there */
    MIG_SQL_DUPLICATE_OBJECT, /* what is to be created is there already */
    MIG_SQL_LOCK_TIMEOUT,     /* a lock wasn't had in time; the statement had no effect */
    MIG_SQL_DEADLOCK,         /* chosen as a deadlock's victim */
    MIG_SQL_SERIALIZATION,    /* can't be serialized with what others did */
    MIG_SQL_STATEMENT_TIMEOUT,
    MIG_SQL_CANCELLED,       /* the statement was cancelled, by us or by an administrator */
    MIG_SQL_CONNECTION_LOST, /* nobody knows what became of the statement */
    MIG_SQL_READ_ONLY,       /* a write where only reads are allowed */
    MIG_SQL_DISK_FULL,
    MIG_SQL_PRIVILEGE,
    MIG_SQL_IN_TRANSACTION, /* the statement can't run inside a transaction */
} MigSqlClass;

/**
 * MigSqlError:
 *
 * What the database said, in its own words.
 */
typedef struct {
    MigSqlClass class;
    char *code;     /* (owned) SQLSTATE, MySQL "1064 (42000)", SQLite "SQLITE_BUSY"; or %NULL */
    char *message;  /* (owned) without a code or an "ERROR:" in front */
    char *detail;   /* (owned) or %NULL */
    char *hint;     /* (owned) or %NULL */
    int64_t offset; /* in bytes from the start of the statement that was sent; -1 if not known */
} MigSqlError;

/**
 * mig_error_set_sql:
 * @error: where to put it; may be %NULL
 * @code: %MIG_ERROR_SQL, or %MIG_ERROR_CONNECTION where the connection is gone
 * @sql: (borrowed) what the database said; its strings are copied
 *
 * For drivers. Bytes that are not UTF-8, as an old server may send, are replaced.
 */
MIG_EXPORT void mig_error_set_sql(GError **error, MigErrorCode code, const MigSqlError *sql);

/**
 * mig_error_get_sql:
 * @error: (borrowed) an error, or %NULL
 *
 * Returns: (borrowed) what the database said, valid as long as @error; %NULL if it said nothing
 */
const MigSqlError *mig_error_get_sql(const GError *error);

/**
 * mig_error_sql_class:
 * @error: (borrowed) an error, or %NULL
 *
 * Returns: the class of the database's error, %MIG_SQL_OTHER if it isn't one
 */
MigSqlClass mig_error_sql_class(const GError *error);

G_END_DECLS
