/* SPDX-License-Identifier: MIT */
/* One runner at a time: a lock on one byte of the database's file, beyond all that SQLite uses. */
#include "sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * SQLite has no lock for applications. An open-file-description lock (fcntl(2), Linux and macOS)
 * belongs to our own descriptor: it goes when that is closed or the process ends, however it ends,
 * and it neither meets nor disturbs SQLite's locks, which are on bytes from 2^30 on and, in WAL
 * mode, on another file ("File Locking And Concurrency In SQLite Version 3"). No database is longer
 * than 2^48 bytes.
 */
#define LOCK_FIRST ((guint64)1 << 62)

/*
 * Closing any descriptor of a file drops all of a process's POSIX locks on it, SQLite's included
 * (fcntl(2)). So a descriptor of ours is closed only once no connection to its file is left, and
 * to know that, they are counted by file. SQLite does the same with its own (os_unix.c); like
 * there, it is something that the process has, and can't be any connection's.
 */
struct LiteFile {
    dev_t device;
    ino_t inode;
    unsigned connections;
    GArray *descriptors; /* (owned) int, to be closed */
    gint waited_ms;      /* atomic: when a connection of ours last found it locked, monotonic */
};

/* A waiting connection looks again long before this time is over. */
#define WAITED_MS 1000

static gint
now_ms(void)
{
    return (gint)(g_get_monotonic_time() / 1000 % G_MAXINT);
}

void
lite_file_wait(LiteFile *file)
{
    if (file != NULL)
        g_atomic_int_set(&file->waited_ms, MAX(now_ms(), 1));
}

bool
lite_file_is_waited_for(LiteFile *file)
{
    gint waited = g_atomic_int_get(&file->waited_ms);

    return waited != 0 && ABS(now_ms() - waited) < WAITED_MS;
}

static GMutex files_mutex;
static GPtrArray *files; /* (owned) LiteFile; %NULL: none is open */

static void
free_file(gpointer data)
{
    LiteFile *file = data;

    for (guint i = 0; i < file->descriptors->len; i++)
        close(g_array_index(file->descriptors, int, i));
    g_array_unref(file->descriptors);
    g_free(file);
}

LiteFile *
lite_file_enter(const char *path)
{
    struct stat status;
    LiteFile *file = NULL;

    if (stat(path, &status) != 0)
        return NULL;

    g_mutex_lock(&files_mutex);
    if (files == NULL)
        files = g_ptr_array_new_with_free_func(free_file);
    for (guint i = 0; i < files->len && file == NULL; i++) {
        LiteFile *candidate = g_ptr_array_index(files, i);
        if (candidate->device == status.st_dev && candidate->inode == status.st_ino)
            file = candidate;
    }
    if (file == NULL) {
        file = g_new0(LiteFile, 1);
        file->device = status.st_dev;
        file->inode = status.st_ino;
        file->descriptors = g_array_new(FALSE, FALSE, sizeof(int));
        g_ptr_array_add(files, file);
    }
    file->connections++;
    g_mutex_unlock(&files_mutex);
    return file;
}

void
lite_file_leave(LiteFile *file, int lock_fd)
{
    if (file == NULL)
        return;

    g_mutex_lock(&files_mutex);
    if (lock_fd >= 0)
        g_array_append_val(file->descriptors, lock_fd);
    if (--file->connections == 0)
        g_ptr_array_remove_fast(files, file);
    if (files->len == 0)
        g_clear_pointer(&files, g_ptr_array_unref);
    g_mutex_unlock(&files_mutex);
}

/* FNV-1a. Every version of migrate must find the same byte for the same table. */
static guint64
lock_offset(const char *name)
{
    guint64 hash = G_GUINT64_CONSTANT(14695981039346656037);

    for (const char *at = name; *at != '\0'; at++)
        hash = (hash ^ (unsigned char)*at) * G_GUINT64_CONSTANT(1099511628211);
    return LOCK_FIRST + hash % (LOCK_FIRST - 1);
}

#ifdef F_OFD_SETLK

static char *
lock_path(MigConnection *connection)
{
    return g_strdup(sqlite3_db_filename(connection->db, "main"));
}

static bool
set_lock(int fd, const char *name, bool lock)
{
    struct flock range = {
        .l_type = lock ? F_WRLCK : F_UNLCK,
        .l_whence = SEEK_SET,
        .l_start = (off_t)lock_offset(name),
        .l_len = 1,
    };

    return fcntl(fd, F_OFD_SETLK, &range) == 0;
}

#else

#include <sys/file.h>

/* Elsewhere flock(2) may share its locks with fcntl(2), and would lock SQLite out: it is used on a
 * file of its own, which stays. There, runners of different history tables do meet. */
static char *
lock_path(MigConnection *connection)
{
    return g_strconcat(sqlite3_db_filename(connection->db, "main"), "-migrate-lock", NULL);
}

static bool
set_lock(int fd, G_GNUC_UNUSED const char *name, bool lock)
{
    return flock(fd, lock ? LOCK_EX | LOCK_NB : LOCK_UN) == 0;
}

#endif

static bool
open_lock(MigConnection *connection, GError **error)
{
    g_autofree char *path = lock_path(connection);

    if (connection->lock_fd >= 0)
        return true;
    connection->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (connection->lock_fd >= 0)
        return true;
    g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "can't lock %s against other runners: %s", path,
                g_strerror(errno));
    return false;
}

/* Somebody may have moved another file to this place; others would lock that one. */
static bool
is_replaced(MigConnection *connection)
{
    struct stat locked;
    struct stat there;
    g_autofree char *path = lock_path(connection);

    return fstat(connection->lock_fd, &locked) != 0 || stat(path, &there) != 0 ||
           locked.st_dev != there.st_dev || locked.st_ino != there.st_ino;
}

static bool
take_lock(MigConnection *connection, const char *name, bool *out_taken, GError **error)
{
    if (!open_lock(connection, error))
        return false;

    *out_taken = set_lock(connection->lock_fd, name, true);
    if (!*out_taken && errno != EAGAIN && errno != EACCES) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "can't lock %s against other runners: %s",
                    connection->server.database, g_strerror(errno));
        return false;
    }
    if (*out_taken && is_replaced(connection)) {
        set_lock(connection->lock_fd, name, false);
        g_set_error(error, MIG_ERROR, MIG_ERROR_CONNECTION,
                    "the file %s was moved or replaced while it was open",
                    connection->server.database);
        return false;
    }
    return true;
}

bool
lite_try_lock(MigConnection *connection, const char *name, bool *out_taken, char **out_holder,
              GError **error)
{
    bool taken = true;

    /* Nobody else sees a database in memory. */
    bool ours = connection->file == NULL || g_hash_table_contains(connection->locks, name);
    if (!ours && !take_lock(connection, name, &taken, error))
        return false;
    if (taken)
        g_hash_table_add(connection->locks, g_strdup(name));
    if (out_holder != NULL)
        *out_holder = taken ? NULL : lite_lock_holder(connection->lock_fd, lock_offset(name));
    *out_taken = taken;
    return true;
}

bool
lite_unlock(MigConnection *connection, const char *name, G_GNUC_UNUSED GError **error)
{
    if (g_hash_table_remove(connection->locks, name) && connection->lock_fd >= 0)
        set_lock(connection->lock_fd, name, false);
    return true;
}

void
lite_unlock_all(MigConnection *connection)
{
    GHashTableIter iter;
    gpointer name = NULL;

    g_hash_table_iter_init(&iter, connection->locks);
    while (connection->lock_fd >= 0 && g_hash_table_iter_next(&iter, &name, NULL))
        set_lock(connection->lock_fd, name, false);
    g_hash_table_remove_all(connection->locks);
}

bool
lite_locked(MigConnection *connection, const char *name, bool *out_ours,
            G_GNUC_UNUSED GError **error)
{
    *out_ours = g_hash_table_contains(connection->locks, name) &&
                (connection->lock_fd < 0 || !is_replaced(connection));
    return true;
}

/* Nothing stands between us and the file. */
bool
lite_pooled(G_GNUC_UNUSED MigConnection *connection, bool *out_pooled, G_GNUC_UNUSED GError **error)
{
    *out_pooled = false;
    return true;
}
