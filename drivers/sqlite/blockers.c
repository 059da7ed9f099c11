/* SPDX-License-Identifier: MIT */
/* Which processes may keep a connection waiting: SQLite itself knows nothing of its neighbours. */
#include "sqlite.h"

#include <unistd.h>

char *
lite_session(G_GNUC_UNUSED MigConnection *connection)
{
    return g_strdup_printf("%ld", (long)getpid());
}

static void
tell(const char *pid, const char *state, const char *path, MigBlockerFunc func, gpointer data)
{
    g_autofree char *name = lite_holder_name(pid);
    const MigBlocker blocker = {
        .session = pid,
        .application = name,
        .state = state,
        .relation = path,
        .age_ms = -1,
        .ours = name != NULL && g_str_has_prefix(name, "migrate"),
    };

    func(&blocker, data);
}

/* Returns: whether there is one */
static bool
tell_all(const GPtrArray *pids, const char *session, const char *state, const char *path,
         MigBlockerFunc func, gpointer data)
{
    bool any = false;

    for (guint i = 0; i < pids->len; i++) {
        const char *pid = g_ptr_array_index(pids, i);
        if (g_strcmp0(pid, session) == 0)
            continue;
        tell(pid, state, path, func, data);
        any = true;
    }
    return any;
}

/*
 * In WAL mode a writer locks a byte of another file; whoever merely has the file open shares locks
 * on both. Where nobody is seen to hold one, which may be for want of a privilege or because it was
 * just given back, all that have the file open are named.
 * Manual: "File Locking And Concurrency In SQLite Version 3"; "WAL-mode File Format", 2.3.
 */
bool
lite_blockers(MigConnection *connection, const char *session, MigBlockerFunc blocker, gpointer data,
              G_GNUC_UNUSED GError **error)
{
    const char *path = sqlite3_db_filename(connection->db, "main");

    /* A statement may take long without waiting for anybody. */
    if (connection->file == NULL || path == NULL || !lite_file_is_waited_for(connection->file))
        return true;

    g_autofree char *shared = g_strconcat(path, "-shm", NULL);
    bool wal = g_file_test(shared, G_FILE_TEST_EXISTS);
    g_autoptr(GPtrArray) locking =
        wal ? lite_holder_find(shared, " WRITE ") : lite_holder_find(path, " POSIX ");
    if (tell_all(locking, session, "has locked the file", path, blocker, data))
        return true;

    g_autoptr(GPtrArray) open = lite_holder_find(path, "flags:");
    (void)tell_all(open, session, "has the file open", path, blocker, data);
    return true;
}
