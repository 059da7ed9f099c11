/* SPDX-License-Identifier: MIT */
/* A copy of the whole database, page by page, into a file that is then checked. */
#include "sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Between two looks at whether we are to stop. */
#define PAGES_AT_ONCE 1024

static bool
fail(GError **error, const char *path, const char *reason)
{
    g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "can't make the backup %s: %s", path, reason);
    return false;
}

/* A file that is there is never written over. */
static bool
check_free(const char *path, GError **error)
{
    struct stat status;

    if (lstat(path, &status) != 0)
        return true;
    return fail(error, path, g_strerror(EEXIST));
}

/* The new file lets nobody in whom the database itself keeps out. */
static bool
create_file(MigConnection *connection, const char *partial, const char *path, GError **error)
{
    struct stat status;
    const char *source = sqlite3_db_filename(connection->db, "main");
    bool stored = connection->file != NULL && source != NULL && stat(source, &status) == 0;
    int fd = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                  stored ? status.st_mode & 0666 : 0600);

    if (fd < 0)
        return fail(error, path, g_strerror(errno));
    close(fd);
    return true;
}

static bool
sync_path(const char *partial, const char *path, GError **error)
{
    int fd = open(partial, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;

    if (!good)
        (void)fail(error, path, g_strerror(errno));
    if (fd >= 0)
        close(fd);
    return good;
}

/*
 * Under its own name only when it is whole and on the disk: whoever finds the file can rely on it,
 * also after a crash. A second name, unlike rename(), replaces nothing; some file systems have none.
 */
static bool
publish(const char *partial, const char *path, GError **error)
{
    g_autofree char *directory = g_path_get_dirname(path);

    if (!sync_path(partial, path, error))
        return false;
    if (link(partial, path) == 0)
        g_unlink(partial);
    else if (errno == EEXIST || !check_free(path, NULL))
        return fail(error, path, g_strerror(EEXIST));
    else if (g_rename(partial, path) != 0)
        return fail(error, path, g_strerror(errno));
    return sync_path(directory, path, error);
}

static bool
copy_pages(MigConnection *connection, sqlite3 *copy, const char *path, GError **error)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", connection->db, "main");
    int code = SQLITE_OK;

    if (backup == NULL)
        return fail(error, path, sqlite3_errmsg(copy));
    while (code == SQLITE_OK && g_atomic_int_get(&connection->cancelled) == 0)
        code = sqlite3_backup_step(backup, PAGES_AT_ONCE);

    int finished = sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE && finished == SQLITE_OK)
        return true;
    if (code == SQLITE_OK) {
        lite_error_set_class(error, MIG_SQL_CANCELLED, "SQLITE_INTERRUPT",
                             "the backup was interrupted");
        return false;
    }
    return fail(error, path, sqlite3_errstr(code));
}

static int
keep_verdict(void *data, G_GNUC_UNUSED int n, char **values, G_GNUC_UNUSED char **names)
{
    char **verdict = data;

    if (*verdict == NULL)
        *verdict = g_strdup(values[0]);
    return 0;
}

/*
 * Rows that break a CHECK are no damage. Functions and collations that only the application knows
 * may be wanted for a comparison of indexes with their tables; it is left out where they are.
 */
static bool
check_copy(sqlite3 *copy, const char *path, GError **error)
{
    g_autofree char *verdict = NULL;
    int code = sqlite3_exec(copy, "PRAGMA ignore_check_constraints = 1; PRAGMA integrity_check(1)",
                            keep_verdict, &verdict, NULL);

    if ((code & 0xff) == SQLITE_ERROR) {
        g_clear_pointer(&verdict, g_free);
        code = sqlite3_exec(copy, "PRAGMA quick_check(1)", keep_verdict, &verdict, NULL);
    }
    if (code != SQLITE_OK)
        return fail(error, path, sqlite3_errmsg(copy));
    if (g_strcmp0(verdict, "ok") == 0)
        return true;
    g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED,
                "can't make the backup %s: the copy is damaged: %s\n  look whether the database "
                "itself is, with PRAGMA integrity_check",
                path, verdict != NULL ? verdict : "its check said nothing");
    return false;
}

static bool
write_copy(MigConnection *connection, const char *partial, const char *path, GError **error)
{
    sqlite3 *copy = NULL;
    int code = sqlite3_open_v2(partial, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

    bool good = code == SQLITE_OK ? copy_pages(connection, copy, path, error)
                                  : fail(error, path, sqlite3_errstr(code));
    good = good && check_copy(copy, path, error);
    sqlite3_close(copy);
    return good;
}

bool
lite_backup(MigConnection *connection, const char *path, GError **error)
{
    /* SQLite would take some relative names for something else than a file. */
    g_autofree char *file = g_canonicalize_filename(path, NULL);
    g_autofree char *partial = g_strdup_printf("%s.partial-%08x", file, g_random_int());
    bool inside = lite_transaction(connection) == MIG_TXN_OPEN;

    lite_start(connection);
    connection->deadline_us = 0; /* the limit is one for statements */
    if (!check_free(file, error) || !create_file(connection, partial, file, error))
        return false;

    /* In one transaction, or every change by others would make the copy begin anew. */
    bool good = (inside || lite_run(connection, "BEGIN", NULL, NULL, error)) &&
                lite_run(connection, "SELECT count(*) FROM sqlite_schema", NULL, NULL, error) &&
                write_copy(connection, partial, file, error);
    if (!inside && lite_transaction(connection) == MIG_TXN_OPEN)
        good = lite_run(connection, "ROLLBACK", NULL, NULL, good ? error : NULL) && good;
    good = good && publish(partial, file, error);
    if (!good)
        g_unlink(partial);
    return good;
}
