/* SPDX-License-Identifier: MIT */
/* migrate.conf and its [env NAME] sections; an unknown key is an error. */
#pragma once

#include <migrate/error.h>
#include <stddef.h>

/**
 * MigKeyfileEntry:
 *
 * One "key = value" line.
 */
typedef struct {
    char *section; /* (owned) "migrate", "env production", "lint", "backfill" */
    char *key;     /* (owned) */
    char *value;   /* (owned) key-file escapes undone, ${VARIABLE} left as it is */
    unsigned line; /* from 1 */
} MigKeyfileEntry;

typedef struct {
    char *path;         /* (owned) as it is shown */
    GPtrArray *entries; /* (owned) MigKeyfileEntry, in the file's order */
    GPtrArray *names;   /* (owned) char *, the NAMEs of [env NAME] sections, %NULL-terminated */
} MigKeyfile;

/**
 * mig_keyfile_find:
 * @only_here: whether to look in the current directory only
 *
 * Looks for migrate.conf in the current directory, then in its parent, and so on up to the root.
 *
 * Returns: (owned) its path, relative to the current directory, or %NULL
 */
char *mig_keyfile_find(bool only_here);

/**
 * mig_keyfile_read:
 * @error: %MIG_ERROR_USAGE: it can't be read, or is wrong
 *
 * Returns: (owned) the file, or %NULL with @error set
 */
MigKeyfile *mig_keyfile_read(const char *path, GError **error);

/**
 * mig_keyfile_parse:
 * @path: (borrowed) what errors call the text
 * @text: (borrowed) may hold anything
 * @error: %MIG_ERROR_USAGE with "path:line: " before the message, which shows no value
 *
 * Returns: (owned) the file, or %NULL with @error set
 */
MigKeyfile *mig_keyfile_parse(const char *path, const char *text, size_t length, GError **error);

/**
 * mig_keyfile_get:
 *
 * Returns: (borrowed) the entry, or %NULL
 */
const MigKeyfileEntry *
mig_keyfile_get(const MigKeyfile *keyfile, const char *section, const char *key);

void mig_keyfile_free(MigKeyfile *keyfile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigKeyfile, mig_keyfile_free)
