/* SPDX-License-Identifier: MIT */
/* Result codes to MIG_ERROR. Manual: "Result and Error Codes". */
#include "sqlite.h"

#include <errno.h>
#include <string.h>

#define NAMED(code) \
    {               \
        code, #code \
    }

static const struct {
    int code;
    const char *name;
} names[] = {
    NAMED(SQLITE_ERROR),
    NAMED(SQLITE_ERROR_MISSING_COLLSEQ),
    NAMED(SQLITE_ERROR_RETRY),
    NAMED(SQLITE_ERROR_SNAPSHOT),
    NAMED(SQLITE_INTERNAL),
    NAMED(SQLITE_PERM),
    NAMED(SQLITE_ABORT),
    NAMED(SQLITE_ABORT_ROLLBACK),
    NAMED(SQLITE_BUSY),
    NAMED(SQLITE_BUSY_RECOVERY),
    NAMED(SQLITE_BUSY_SNAPSHOT),
    NAMED(SQLITE_BUSY_TIMEOUT),
    NAMED(SQLITE_LOCKED),
    NAMED(SQLITE_LOCKED_SHAREDCACHE),
    NAMED(SQLITE_LOCKED_VTAB),
    NAMED(SQLITE_NOMEM),
    NAMED(SQLITE_READONLY),
    NAMED(SQLITE_READONLY_RECOVERY),
    NAMED(SQLITE_READONLY_CANTLOCK),
    NAMED(SQLITE_READONLY_ROLLBACK),
    NAMED(SQLITE_READONLY_DBMOVED),
    NAMED(SQLITE_READONLY_CANTINIT),
    NAMED(SQLITE_READONLY_DIRECTORY),
    NAMED(SQLITE_INTERRUPT),
    NAMED(SQLITE_IOERR),
    NAMED(SQLITE_IOERR_READ),
    NAMED(SQLITE_IOERR_SHORT_READ),
    NAMED(SQLITE_IOERR_WRITE),
    NAMED(SQLITE_IOERR_FSYNC),
    NAMED(SQLITE_IOERR_DIR_FSYNC),
    NAMED(SQLITE_IOERR_TRUNCATE),
    NAMED(SQLITE_IOERR_FSTAT),
    NAMED(SQLITE_IOERR_UNLOCK),
    NAMED(SQLITE_IOERR_RDLOCK),
    NAMED(SQLITE_IOERR_DELETE),
    NAMED(SQLITE_IOERR_NOMEM),
    NAMED(SQLITE_IOERR_ACCESS),
    NAMED(SQLITE_IOERR_CHECKRESERVEDLOCK),
    NAMED(SQLITE_IOERR_LOCK),
    NAMED(SQLITE_IOERR_CLOSE),
    NAMED(SQLITE_IOERR_SHMOPEN),
    NAMED(SQLITE_IOERR_SHMSIZE),
    NAMED(SQLITE_IOERR_SHMLOCK),
    NAMED(SQLITE_IOERR_SHMMAP),
    NAMED(SQLITE_IOERR_SEEK),
    NAMED(SQLITE_IOERR_DELETE_NOENT),
    NAMED(SQLITE_IOERR_MMAP),
    NAMED(SQLITE_IOERR_GETTEMPPATH),
    NAMED(SQLITE_IOERR_CORRUPTFS),
    NAMED(SQLITE_CORRUPT),
    NAMED(SQLITE_CORRUPT_VTAB),
    NAMED(SQLITE_CORRUPT_SEQUENCE),
    NAMED(SQLITE_CORRUPT_INDEX),
    NAMED(SQLITE_NOTFOUND),
    NAMED(SQLITE_FULL),
    NAMED(SQLITE_CANTOPEN),
    NAMED(SQLITE_CANTOPEN_ISDIR),
    NAMED(SQLITE_CANTOPEN_FULLPATH),
    NAMED(SQLITE_CANTOPEN_SYMLINK),
    NAMED(SQLITE_PROTOCOL),
    NAMED(SQLITE_EMPTY),
    NAMED(SQLITE_SCHEMA),
    NAMED(SQLITE_TOOBIG),
    NAMED(SQLITE_CONSTRAINT),
    NAMED(SQLITE_CONSTRAINT_CHECK),
    NAMED(SQLITE_CONSTRAINT_COMMITHOOK),
    NAMED(SQLITE_CONSTRAINT_FOREIGNKEY),
    NAMED(SQLITE_CONSTRAINT_FUNCTION),
    NAMED(SQLITE_CONSTRAINT_NOTNULL),
    NAMED(SQLITE_CONSTRAINT_PRIMARYKEY),
    NAMED(SQLITE_CONSTRAINT_TRIGGER),
    NAMED(SQLITE_CONSTRAINT_UNIQUE),
    NAMED(SQLITE_CONSTRAINT_VTAB),
    NAMED(SQLITE_CONSTRAINT_ROWID),
    NAMED(SQLITE_CONSTRAINT_PINNED),
    NAMED(SQLITE_CONSTRAINT_DATATYPE),
    NAMED(SQLITE_MISMATCH),
    NAMED(SQLITE_MISUSE),
    NAMED(SQLITE_NOLFS),
    NAMED(SQLITE_AUTH),
    NAMED(SQLITE_FORMAT),
    NAMED(SQLITE_RANGE),
    NAMED(SQLITE_NOTADB),
};

/* SQLite has one code for all that is wrong with a statement; the words tell which it is. */
static const struct {
    const char *start;
    const char *end;
    MigSqlClass class;
} phrases[] = {
    {"near \"", ": syntax error", MIG_SQL_SYNTAX},
    {"incomplete input", "", MIG_SQL_SYNTAX},
    {"unrecognized token: ", "", MIG_SQL_SYNTAX},
    {"no such table: ", "", MIG_SQL_UNDEFINED_TABLE},
    {"no such view: ", "", MIG_SQL_UNDEFINED_TABLE},
    {"unknown database ", "", MIG_SQL_UNDEFINED_TABLE},
    {"", " already exists", MIG_SQL_DUPLICATE_OBJECT},
    {"duplicate column name: ", "", MIG_SQL_DUPLICATE_OBJECT},
    {"there is already ", "", MIG_SQL_DUPLICATE_OBJECT},
    {"database ", " is already in use", MIG_SQL_DUPLICATE_OBJECT},
    {"cannot ", " a transaction", MIG_SQL_IN_TRANSACTION},
    {"cannot ", " within transaction", MIG_SQL_IN_TRANSACTION},
    {"Safety level may not be changed inside a transaction", "", MIG_SQL_IN_TRANSACTION},
};

static const char *
code_name(int code)
{
    const char *primary = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (names[i].code == code)
            return names[i].name;
        if (names[i].code == (code & 0xff))
            primary = names[i].name;
    }
    return primary != NULL ? primary : "SQLITE_ERROR";
}

static MigSqlClass
class_by_phrase(const char *message)
{
    for (size_t i = 0; i < G_N_ELEMENTS(phrases); i++) {
        if (g_str_has_prefix(message, phrases[i].start) &&
            g_str_has_suffix(message, phrases[i].end))
            return phrases[i].class;
    }
    return MIG_SQL_OTHER;
}

/* Who stopped a statement: SQLite has one code for a request and for a time-out of ours. */
static MigSqlClass
class_of_stop(MigConnection *connection, MigSqlClass otherwise)
{
    if (g_atomic_int_get(&connection->cancelled) != 0)
        return MIG_SQL_CANCELLED;
    return connection->timed_out ? MIG_SQL_STATEMENT_TIMEOUT : otherwise;
}

/* A quota and a limit of a file's size are told apart from a full disk by SQLite. */
static bool
is_no_room(int system_error)
{
    return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

static MigSqlClass
class_of(MigConnection *connection, int code, const char *message)
{
    if (code == SQLITE_BUSY_SNAPSHOT)
        return MIG_SQL_SERIALIZATION;

    switch (code & 0xff) {
    case SQLITE_INTERRUPT:
        return class_of_stop(connection, MIG_SQL_CANCELLED);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return class_of_stop(connection, MIG_SQL_LOCK_TIMEOUT);
    case SQLITE_PROTOCOL:
        return MIG_SQL_LOCK_TIMEOUT;
    case SQLITE_READONLY:
        return MIG_SQL_READ_ONLY;
    case SQLITE_AUTH:
        return lite_guarded(connection) ? MIG_SQL_READ_ONLY : MIG_SQL_PRIVILEGE;
    case SQLITE_PERM:
        return MIG_SQL_PRIVILEGE;
    case SQLITE_FULL:
        return MIG_SQL_DISK_FULL;
    case SQLITE_IOERR:
        return is_no_room(sqlite3_system_errno(connection->db)) ? MIG_SQL_DISK_FULL : MIG_SQL_OTHER;
    case SQLITE_ERROR:
        return class_by_phrase(message);
    default:
        return MIG_SQL_OTHER;
    }
}

/* What SQLite's few words leave open. */
static char *
detail_of(MigConnection *connection, int code, MigSqlClass class)
{
    int system_error = sqlite3_system_errno(connection->db);

    if ((code & 0xff) == SQLITE_IOERR && system_error != 0)
        return g_strdup_printf("the system says: %s", g_strerror(system_error));
    if (class == MIG_SQL_STATEMENT_TIMEOUT)
        return g_strdup_printf("the statement took longer than %" G_GINT64_FORMAT
                               " ms (statement-timeout)",
                               connection->statement_ms);
    if (class == MIG_SQL_LOCK_TIMEOUT && connection->lock_ms != 0)
        return g_strdup_printf("another connection did not end its transaction within "
                               "%" G_GINT64_FORMAT " ms (lock-timeout)",
                               connection->lock_ms);
    return NULL;
}

void
lite_error_set(GError **error, MigConnection *connection, int code)
{
    const char *message = sqlite3_errmsg(connection->db);
    MigSqlClass class = class_of(connection, code, message);
    g_autofree char *detail = detail_of(connection, code, class);

    if ((code & 0xff) == SQLITE_AUTH && class == MIG_SQL_READ_ONLY)
        message = "the statement would change the database or its session, and only reads are "
                  "allowed here";
    const MigSqlError said = {
        .class = class,
        .code = (char *)code_name(code),
        .message = (char *)message,
        .detail = detail,
        .offset = sqlite3_error_offset(connection->db),
    };
    mig_error_set_sql(error, MIG_ERROR_SQL, &said);
}

void
lite_error_set_class(GError **error, MigSqlClass class, const char *code, const char *message)
{
    const MigSqlError said = {
        .class = class,
        .code = (char *)code,
        .message = (char *)message,
        .offset = -1,
    };

    mig_error_set_sql(error, MIG_ERROR_SQL, &said);
}
