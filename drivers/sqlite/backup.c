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

/* A file that is there is never written over; the new one lets nobody in whom the database itself
 * keeps out. */
static bool
create_file(MigConnection *connection, const char *path, GError **error)
{
    struct stat status;
    const char *source = sqlite3_db_filename(connection->db, "main");
    bool stored = connection->file != NULL && source != NULL && stat(source, &status) == 0;
    int fd =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, stored ? status.st_mode & 0666 : 0600);

    if (fd < 0)
        return fail(error, path, g_strerror(errno));
    close(fd);
    return true;
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

/* Rows that break a CHECK are no damage. Functions and collations that only the application knows
 * would be needed for a comparison of indexes with their tables, so that isn't made. */
static bool
check_copy(sqlite3 *copy, const char *path, GError **error)
{
    g_autofree char *verdict = NULL;
    int code = sqlite3_exec(copy, "PRAGMA ignore_check_constraints = 1; PRAGMA quick_check(1)",
                            keep_verdict, &verdict, NULL);

    if (code != SQLITE_OK)
        return fail(error, path, sqlite3_errmsg(copy));
    if (g_strcmp0(verdict, "ok") == 0)
        return true;
    g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED,
                "the backup %s is damaged: %s\n  look whether the database itself is, with PRAGMA "
                "integrity_check",
                path, verdict != NULL ? verdict : "its check said nothing");
    return false;
}

static bool
write_copy(MigConnection *connection, const char *path, GError **error)
{
    sqlite3 *copy = NULL;
    int code = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

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
    bool inside = lite_transaction(connection) == MIG_TXN_OPEN;

    lite_start(connection);
    connection->deadline_us = 0; /* the limit is one for statements */
    if (!create_file(connection, file, error))
        return false;

    /* In one transaction, or every change by others would make the copy begin anew. */
    bool good = (inside || lite_run(connection, "BEGIN", NULL, NULL, error)) &&
                lite_run(connection, "SELECT count(*) FROM sqlite_schema", NULL, NULL, error) &&
                write_copy(connection, file, error);
    if (!inside && lite_transaction(connection) == MIG_TXN_OPEN)
        good = lite_run(connection, "ROLLBACK", NULL, NULL, good ? error : NULL) && good;
    if (!good)
        g_unlink(file);
    return good;
}
