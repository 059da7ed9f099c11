/* SPDX-License-Identifier: MIT */
/* Opening and closing, waiting for locks, time limits and being cancelled. */
#include "sqlite.h"

#include <errno.h>
#include <string.h>

/* Instructions of SQLite's machine between two looks at the clock: some 50 us. */
#define PROGRESS_STEPS 5000

/* How long to sleep between two tries for a lock, at most. */
#define WAIT_MOST_MS 25

static const char magic[] = "SQLite format 3";

void
lite_start(MigConnection *connection)
{
    g_atomic_int_set(&connection->cancelled, 0);
    connection->timed_out = false;
    connection->deadline_us = connection->statement_ms == 0
                                  ? 0
                                  : g_get_monotonic_time() + connection->statement_ms * 1000;
}

static int
check_deadline(void *data)
{
    MigConnection *connection = data;

    if (connection->deadline_us == 0 || g_get_monotonic_time() < connection->deadline_us)
        return 0;
    connection->timed_out = true;
    return 1;
}

/* SQLite calls it when a lock isn't free; not 0 is to try again. Its own sqlite3_busy_timeout()
 * would sleep through a request to cancel. */
static int
wait_for_lock(void *data, int tries)
{
    MigConnection *connection = data;
    int64_t now = g_get_monotonic_time();
    int64_t until = now + MIN(1 << MIN(tries, 5), WAIT_MOST_MS) * 1000;

    lite_file_wait(connection->file);
    if (tries == 0)
        connection->waiting_us = now;
    if (g_atomic_int_get(&connection->cancelled) != 0 || check_deadline(connection) != 0)
        return 0;
    if (connection->lock_ms != 0) {
        int64_t end = connection->waiting_us + connection->lock_ms * 1000;
        if (now >= end)
            return 0;
        until = MIN(until, end);
    }

    g_mutex_lock(&connection->mutex);
    while (g_atomic_int_get(&connection->cancelled) == 0 &&
           g_cond_wait_until(&connection->wake, &connection->mutex, until))
        continue;
    g_mutex_unlock(&connection->mutex);
    return g_atomic_int_get(&connection->cancelled) == 0;
}

void
lite_cancel(MigConnection *connection)
{
    g_mutex_lock(&connection->mutex);
    g_atomic_int_set(&connection->cancelled, 1);
    g_cond_signal(&connection->wake);
    g_mutex_unlock(&connection->mutex);
    sqlite3_interrupt(connection->db);
}

void
lite_wait_here(MigConnection *connection)
{
    sqlite3_busy_handler(connection->db, wait_for_lock, connection);
}

bool
lite_limits(MigConnection *connection, int64_t lock_timeout_ms, int64_t statement_timeout_ms,
            G_GNUC_UNUSED GError **error)
{
    bool had = connection->statement_ms != 0;
    bool has = statement_timeout_ms != 0;

    connection->lock_ms = lock_timeout_ms;
    connection->statement_ms = statement_timeout_ms;
    if (had != has)
        sqlite3_progress_handler(connection->db, has ? PROGRESS_STEPS : 0,
                                 has ? check_deadline : NULL, connection);
    return true;
}

static void
finalize(gpointer statement)
{
    sqlite3_finalize(statement);
}

static MigConnection *
new_connection(sqlite3 *db, const char *path)
{
    MigConnection *connection = g_new0(MigConnection, 1);
    const char *file = sqlite3_db_filename(db, "main");
    int version = sqlite3_libversion_number();

    connection->db = db;
    connection->server = (MigServer){
        .engine = MIG_ENGINE_SQLITE,
        .version = version / 1000000 * 10000 + version / 1000 % 1000 * 100 + version % 1000,
        .version_text = g_strdup(sqlite3_libversion()),
        .database = g_strdup(path),
    };
    connection->statements = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, finalize);
    connection->settings = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    connection->locks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    connection->lock_fd = -1;
    connection->file = file != NULL && *file != '\0' ? lite_file_enter(file) : NULL;
    g_mutex_init(&connection->mutex);
    g_cond_init(&connection->wake);
    lite_wait_here(connection);
    lite_guard_install(connection);
    return connection;
}

void
lite_close(MigConnection *connection)
{
    if (connection == NULL)
        return;

    /* A connection with statements that are still there is not closed. */
    g_hash_table_unref(connection->statements);
    sqlite3_close(connection->db);
    lite_unlock_all(connection);
    lite_file_leave(connection->file, connection->lock_fd);
    g_hash_table_unref(connection->settings);
    g_hash_table_unref(connection->locks);
    g_mutex_clear(&connection->mutex);
    g_cond_clear(&connection->wake);
    g_free(connection->server.version_text);
    g_free(connection->server.database);
    g_free(connection);
}

const MigServer *
lite_server(MigConnection *connection)
{
    return &connection->server;
}

/* The class says that there is nothing to be read, which is not a failure for everyone. */
static void
set_missing(GError **error, const char *path, bool create)
{
    g_autofree char *directory = g_path_get_dirname(path);
    const char *why = !create ? ""
                      : g_file_test(directory, G_FILE_TEST_IS_DIR)
                          ? " can be made: its directory can't be written"
                          : " can be made, since its directory isn't there";
    g_autofree char *message =
        g_strdup_printf("can't open the database %s: no such file%s", path, why);
    const MigSqlError sql = {
        .class = create ? MIG_SQL_OTHER : MIG_SQL_UNDEFINED_TABLE,
        .message = message,
        .offset = -1,
    };

    mig_error_set_sql(error, MIG_ERROR_CONNECTION, &sql);
}

static void
set_open_error(GError **error, sqlite3 *db, int code, const char *path, bool create)
{
    int reason = db != NULL ? sqlite3_system_errno(db) : 0;
    bool usage = (code & 0xff) == SQLITE_ERROR || (code & 0xff) == SQLITE_PERM;

    if (code == SQLITE_CANTOPEN_ISDIR || g_file_test(path, G_FILE_TEST_IS_DIR))
        g_set_error(error, MIG_ERROR, MIG_ERROR_CONNECTION,
                    "can't open the database %s: it is a directory", path);
    else if (reason == ENOENT && !g_file_test(path, G_FILE_TEST_EXISTS))
        set_missing(error, path, create);
    else
        g_set_error(error, MIG_ERROR, usage ? MIG_ERROR_USAGE : MIG_ERROR_CONNECTION,
                    "can't open the database %s: %s%s%s", path,
                    db != NULL ? sqlite3_errmsg(db) : sqlite3_errstr(code),
                    reason != 0 && !usage ? ": " : "",
                    reason != 0 && !usage ? g_strerror(reason) : "");
}

/* SQLite looks into the file only when the first statement needs it, and a command should not get
 * that far with a file that isn't its. Read through SQLite's own descriptor: closing another one
 * would drop its locks. */
static bool
check_magic(sqlite3 *db, const char *path, GError **error)
{
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;
    char start[sizeof magic] = "";

    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        file == NULL || file->pMethods == NULL)
        return true;
    if (file->pMethods->xFileSize(file, &size) != SQLITE_OK || size < (sqlite3_int64)sizeof magic ||
        file->pMethods->xRead(file, start, (int)sizeof magic, 0) != SQLITE_OK ||
        memcmp(start, magic, sizeof magic) == 0)
        return true;

    g_set_error(error, MIG_ERROR, MIG_ERROR_CONNECTION,
                "can't open the database %s: the file is not an SQLite database, or is encrypted",
                path);
    return false;
}

MigConnection *
lite_open(const char *url, const MigOpenOptions *options, GError **error)
{
    int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    sqlite3 *db = NULL;
    g_autoptr(LiteUrl) parsed = lite_url_parse(url, options, error);

    if (parsed == NULL)
        return NULL;
    if (options->read_only)
        flags |= SQLITE_OPEN_READONLY;
    else
        flags |=
            SQLITE_OPEN_READWRITE | (options->create || parsed->in_memory ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(parsed->uri, &db, flags, NULL);
    if (code != SQLITE_OK) {
        set_open_error(error, db, code, parsed->path, options->create && !options->read_only);
        sqlite3_close(db);
        return NULL;
    }
    if (!check_magic(db, parsed->path, error)) {
        sqlite3_close(db);
        return NULL;
    }
    return new_connection(db, parsed->path);
}
