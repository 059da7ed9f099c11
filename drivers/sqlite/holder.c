/* SPDX-License-Identifier: MIT */
/* Who holds the runners' lock, or has the file, as far as /proc tells. Manual: proc_pid_fdinfo(5). */
#include "sqlite.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* One of its lines is "lock: 1: OFDLCK ADVISORY WRITE -1 fe:00:12345 <first> <last>". */
static bool
holds(const char *process, const char *descriptor, const char *range)
{
    g_autofree char *path = g_build_filename(process, "fdinfo", descriptor, NULL);
    g_autofree char *info = NULL;

    return g_file_get_contents(path, &info, NULL, NULL) && strstr(info, range) != NULL;
}

static bool
has_locked(const char *process, const struct stat *file, const char *range)
{
    g_autofree char *path = g_build_filename(process, "fd", NULL);
    g_autoptr(GDir) descriptors = g_dir_open(path, 0, NULL);

    for (const char *name; descriptors != NULL && (name = g_dir_read_name(descriptors)) != NULL;) {
        struct stat status;
        g_autofree char *descriptor = g_build_filename(path, name, NULL);
        if (stat(descriptor, &status) == 0 && status.st_dev == file->st_dev &&
            status.st_ino == file->st_ino && holds(process, name, range))
            return true;
    }
    return false;
}

char *
lite_holder_name(const char *pid)
{
    g_autofree char *path = g_build_filename("/proc", pid, "comm", NULL);
    char *command = NULL;

    return g_file_get_contents(path, &command, NULL, NULL) ? g_strchomp(command) : NULL;
}

static char *
describe(const char *pid)
{
    g_autofree char *command = lite_holder_name(pid);

    if (command == NULL)
        return g_strdup_printf("process %s on this host", pid);
    return g_strdup_printf("process %s (%s) on this host", pid, command);
}

GPtrArray *
lite_holder_find(const char *path, const char *info)
{
    struct stat file;
    GPtrArray *pids = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) processes = g_dir_open("/proc", 0, NULL);

    if (processes == NULL || stat(path, &file) != 0)
        return pids;
    for (const char *pid; (pid = g_dir_read_name(processes)) != NULL;) {
        g_autofree char *process = g_build_filename("/proc", pid, NULL);
        if (g_ascii_isdigit(pid[0]) && has_locked(process, &file, info))
            g_ptr_array_add(pids, g_strdup(pid));
    }
    return pids;
}

char *
lite_lock_holder(int fd, guint64 offset)
{
    struct stat file;
    g_autofree char *range =
        g_strdup_printf(" %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, offset, offset);
    g_autoptr(GDir) processes = g_dir_open("/proc", 0, NULL);

    if (processes == NULL || fstat(fd, &file) != 0)
        return NULL;
    for (const char *pid; (pid = g_dir_read_name(processes)) != NULL;) {
        g_autofree char *process = g_build_filename("/proc", pid, NULL);
        if (g_ascii_isdigit(pid[0]) && has_locked(process, &file, range))
            return describe(pid);
    }
    return NULL;
}
