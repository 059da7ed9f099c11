/* SPDX-License-Identifier: MIT */
/* A file's bytes and their checksum, without waiting for a pipe or opening a device. */
#pragma once

#include <glib.h>
#include <stddef.h>

/**
 * MigFileReader:
 *
 * What is used again for each file of a directory. Made with mig_file_reader_new().
 */
typedef struct {
    char *bytes;   /* (owned) of the last file that was read */
    size_t length; /* of bytes */
    size_t size;   /* of the memory behind bytes */
    GChecksum *sum;
} MigFileReader;

MigFileReader *mig_file_reader_new(void);
void mig_file_reader_free(MigFileReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigFileReader, mig_file_reader_free)

/**
 * mig_file_read:
 * @directory: a descriptor, or %AT_FDCWD
 * @name: (borrowed) relative to @directory
 * @type: what readdir() said it is; %DT_UNKNOWN if nobody did
 *
 * Reads a regular file, or what a symbolic link to one leads to. Anything else is refused without
 * being opened.
 *
 * Returns: (owned) what is wrong, for people; %NULL if the bytes were read
 */
char *mig_file_read(MigFileReader *reader, int directory, const char *name, unsigned char type);

/**
 * mig_file_checksum:
 *
 * Returns: (owned) of the bytes that were read, as mig_checksum_raw() has it
 */
char *mig_file_checksum(MigFileReader *reader);
