/* SPDX-License-Identifier: MIT */
/* A file's bytes and their checksum, without waiting for a pipe or opening a device. */
#include "source/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A migration of this size is a mistake: a dump, or a file of another kind. */
#define LIMIT_BYTES ((off_t)1 << 30)

/* Most migrations fit, and are read without growing. */
#define FIRST_SIZE ((size_t)32 * 1024)

MigFileReader *
mig_file_reader_new(void)
{
    MigFileReader *reader = g_new0(MigFileReader, 1);

    reader->size = FIRST_SIZE;
    reader->bytes = g_malloc(reader->size);
    reader->sum = g_checksum_new(G_CHECKSUM_SHA256);
    return reader;
}

void
mig_file_reader_free(MigFileReader *reader)
{
    if (reader == NULL)
        return;
    g_free(reader->bytes);
    g_checksum_free(reader->sum);
    g_free(reader);
}

static char *
say_errno(int number, bool link)
{
    if (number == ELOOP)
        return g_strdup("is a symbolic link that leads back to itself");
    if (number == ENOENT && link)
        return g_strdup("is a symbolic link to nothing");
    return g_strdup_printf("can't be read: %s", g_strerror(number));
}

static char *
say_type(mode_t mode)
{
    if (S_ISDIR(mode))
        return g_strdup("is a directory; a migration is a file");
    if (S_ISFIFO(mode))
        return g_strdup("is a named pipe; a migration is a file");
    if (S_ISCHR(mode) || S_ISBLK(mode))
        return g_strdup("is a device; a migration is a file");
    return g_strdup("is not a regular file");
}

static char *
say_too_large(void)
{
    return g_strdup("is larger than 1 GiB; load such data by the database's own client");
}

/* Reads up to the end of the file. Returns: 0, or an error's number. */
static int
read_all(MigFileReader *reader, int fd, off_t expected)
{
    /* One byte more than the file should have, so that the end is seen in the same call. */
    size_t wanted = (size_t)expected + 1;

    reader->length = 0;
    while (reader->length <= (size_t)LIMIT_BYTES) {
        if (wanted > reader->size) {
            reader->size = wanted;
            reader->bytes = g_realloc(reader->bytes, reader->size);
        }
        size_t room = wanted - reader->length;
        ssize_t got = read(fd, reader->bytes + reader->length, room);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno;
        reader->length += (size_t)got;
        if (got == 0 || (reader->length == (size_t)expected && expected > 0))
            return 0;
        if (reader->length == wanted)
            wanted *= 2;
    }
    return EFBIG;
}

/* Returns: (owned) what is wrong, before anything is opened; %NULL if nothing is. */
static char *
look(int directory, const char *name, unsigned char type)
{
    struct stat status;

    if (type == DT_REG)
        return NULL;
    if (fstatat(directory, name, &status, 0) != 0)
        return say_errno(errno, type == DT_LNK);
    return S_ISREG(status.st_mode) ? NULL : say_type(status.st_mode);
}

char *
mig_file_read(MigFileReader *reader, int directory, const char *name, unsigned char type)
{
    char *wrong = look(directory, name, type);
    if (wrong != NULL)
        return wrong;

    /* It may have become a pipe meanwhile. */
    int fd = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return say_errno(errno, type == DT_LNK);

    struct stat status;
    if (fstat(fd, &status) != 0)
        wrong = say_errno(errno, false);
    else if (!S_ISREG(status.st_mode))
        wrong = say_type(status.st_mode);
    else if (status.st_size > LIMIT_BYTES)
        wrong = say_too_large();

    int number = wrong == NULL ? read_all(reader, fd, status.st_size) : 0;
    close(fd);
    if (number == EFBIG)
        return say_too_large();
    return number != 0 ? say_errno(number, false) : wrong;
}

char *
mig_file_checksum(MigFileReader *reader)
{
    g_checksum_reset(reader->sum);
    g_checksum_update(reader->sum, (const guchar *)reader->bytes, (gssize)reader->length);
    return g_strconcat("sha256-raw:1:", g_checksum_get_string(reader->sum), NULL);
}
