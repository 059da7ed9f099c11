/* SPDX-License-Identifier: MIT */
/* New files, which never replace one that is there. */
#include "cli/create.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static MigCreated
fail(const char *what, const char *path, int number, GError **error)
{
    g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "can't %s %s: %s", what, path,
                g_strerror(number));
    return MIG_CREATE_FAILED;
}

static bool
write_all(int fd, const char *text)
{
    size_t length = strlen(text);

    while (length > 0) {
        ssize_t n = write(fd, text, length);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            text += n;
            length -= (size_t)n;
        }
    }
    return true;
}

MigCreated
mig_create_file(const char *path, const char *text, GError **error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (fd < 0 && errno == EEXIST)
        return MIG_CREATE_EXISTS;
    if (fd < 0)
        return fail("make", path, errno, error);

    bool written = write_all(fd, text);
    int number = errno;
    /* Some file systems tell only here that the disk is full. */
    if (close(fd) != 0 && written) {
        written = false;
        number = errno;
    }
    if (written)
        return MIG_CREATED;
    unlink(path);
    return fail("write", path, number, error);
}

MigCreated
mig_create_directory(const char *path, GError **error)
{
    struct stat status = {0};

    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return MIG_CREATE_EXISTS;
    if (g_mkdir_with_parents(path, 0777) != 0)
        return fail("make the directory", path, errno, error);
    return MIG_CREATED;
}
