/* SPDX-License-Identifier: MIT */
/* A file's text replaced as a whole, or not at all. */
#include "base/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <migrate/error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
fail(GError **error, const char *path, const char *what)
{
    g_set_error(error, MIG_ERROR, MIG_ERROR_FILE, "%s: %s: %s; it is as it was", path, what,
                g_strerror(errno));
    return false;
}

static bool
write_all(int fd, const char *text)
{
    size_t left = strlen(text);

    while (left > 0) {
        ssize_t written = write(fd, text, left);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        text += written;
        left -= (size_t)written;
    }
    return true;
}

static bool
fill(int fd, const struct stat *old, const char *text)
{
    /* Who owns it can be kept only by root, and what runs as the owner must not become another's. */
    bool kept = fchown(fd, old->st_uid, old->st_gid) == 0;
    mode_t mode = old->st_mode & (kept ? 07777 : 0777);
    return write_all(fd, text) && fchmod(fd, mode) == 0 && fsync(fd) == 0;
}

bool
mig_replace_file(const char *path, const char *text, GError **error)
{
    /* What a link leads to is replaced, not the link. */
    char *target = realpath(path, NULL);
    struct stat old;

    if (target == NULL)
        return fail(error, path, "can't be found");
    g_autofree char *file = g_strdup(target);
    free(target);
    g_autofree char *beside = g_strconcat(file, ".XXXXXX", NULL);
    if (stat(file, &old) != 0)
        return fail(error, path, "can't be read");
    int fd = g_mkstemp_full(beside, O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail(error, path, "no file can be made beside it");

    bool filled = fill(fd, &old, text);
    int failure = errno;
    if (close(fd) != 0 && filled) {
        failure = errno;
        filled = false;
    }
    if (filled && rename(beside, file) == 0)
        return true;
    errno = filled ? errno : failure;
    fail(error, path, "can't be written");
    unlink(beside);
    return false;
}
