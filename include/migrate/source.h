/* SPDX-License-Identifier: MIT */
/* MigSource: the migrations of a directory, as they are on disk. */
#pragma once

#include <migrate/engine.h>
#include <migrate/statement.h>

G_BEGIN_DECLS

/**
 * MigHeader:
 *
 * A "-- Key: value" line before the first section. Manual: migrate-file(5), HEADER.
 */
typedef struct {
    char *key;     /* (owned) as written */
    char *value;   /* (owned) without white space round it */
    unsigned line; /* from 1 */
} MigHeader;

/**
 * MigTransactionMode:
 *
 * The header's "Transaction:", or -- migrate:no-transaction there.
 */
typedef enum {
    MIG_TRANSACTION_MODE_AUTO,   /* one transaction, split round what can't be in one */
    MIG_TRANSACTION_MODE_SINGLE, /* one transaction, or an error before anything runs */
    MIG_TRANSACTION_MODE_NONE,   /* none: each statement by itself */
} MigTransactionMode;

/**
 * MigMigration:
 *
 * One migration, for one engine: sections that are for other engines are not in it.
 */
typedef struct {
    char *version;      /* (owned) the digits of the file's name, as they are written there */
    char *name;         /* (owned) the rest of it, without ".sql" */
    char *path;         /* (owned) as it is shown: the directory as given, and the file's name */
    char *checksum_raw; /* (owned) "sha256-raw:1:<hex>" over the file's bytes, always there */
    bool parsed;        /* %false: MigSourceOptions.known says that its bytes are as recorded; the
                              fields below are then %NULL or empty until mig_source_parse() */
    char *checksum_tokens; /* (owned) "sha256-tokens:1:<hex>" over the tokens of UP */
    GPtrArray *headers;    /* (owned) MigHeader, in the file's order */
    GPtrArray *requires;   /* (owned) char *, versions or names */
    MigTransactionMode transaction_mode;
    GPtrArray *directives; /* (owned) MigDirective of the header: they hold for every statement */
    MigScript *up;         /* (owned) never %NULL once parsed */
    MigScript *down;       /* (owned) %NULL: there is none */
    MigScript *verify;     /* (owned) %NULL: there is none */
} MigMigration;

void mig_migration_free(MigMigration *migration);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigMigration, mig_migration_free)

/**
 * mig_migration_header:
 *
 * Returns: (borrowed) the value of the header's first @key, in any case; %NULL if there is none
 */
const char *mig_migration_header(const MigMigration *migration, const char *key);

/**
 * mig_version_compare:
 *
 * Versions are digits of any length and compare as numbers: 10 is after 9, and 001 is 1.
 *
 * Returns: less than, equal to or greater than 0
 */
int mig_version_compare(const char *a, const char *b);

/**
 * mig_version_normal:
 *
 * Returns: (borrowed) the end of @version without leading zeros, by which versions are equal as text
 */
const char *mig_version_normal(const char *version);

/**
 * MigSource:
 *
 * All migrations of a directory.
 */
typedef struct {
    char *directory;       /* (owned) as given */
    MigEngine engine;      /* whose sections were read */
    GPtrArray *migrations; /* (owned) MigMigration, by ascending version */
} MigSource;

typedef struct {
    MigEngine engine;  /* whose sections are read, by whose rules statements are split */
    GHashTable *known; /* (borrowed) normal version (no leading zeros) to the recorded
                          "sha256-raw:1:..." of what is applied: a file with exactly these bytes was
                          checked when it was applied and is not parsed again; %NULL: parse all */
} MigSourceOptions;

/**
 * mig_source_read:
 * @directory: (borrowed) a path
 * @options: (borrowed) for which engine
 * @error: %MIG_ERROR_FILE: the directory can't be read, or files in it are wrong. The message has a
 *     "path:line:column: what" line for each, so that they can be mended in one go
 *
 * Reads a directory's migrations. Files that don't look like migrations (README.md, .gitkeep,
 * schema.sql) are passed over; one that has digits and looks like a migration but isn't one is an
 * error, since a migration that is silently passed over never runs.
 *
 * Manual: migrate-file(5).
 *
 * Returns: (owned) the migrations, or %NULL with @error set
 */
MigSource *mig_source_read(const char *directory, const MigSourceOptions *options, GError **error);

/**
 * mig_source_read_file:
 *
 * One file as a migration, whatever its name: for `lint FILE` and `plan FILE`. When the name isn't
 * a migration's, the version is "0" and the name is the file's. Otherwise as mig_source_read().
 */
MigMigration *mig_source_read_file(const char *path, MigEngine engine, GError **error);

/**
 * mig_source_parse_text:
 * @path: (borrowed) what errors call it
 * @text: (borrowed) a file's bytes; may hold anything
 * @length: of @text, in bytes
 * @engine: one engine
 * @error: %MIG_ERROR_FILE with "path:line:column: what"
 *
 * A migration from text that is in memory. Version and name are taken from @path's last part.
 *
 * Returns: (owned) the migration, or %NULL with @error set
 */
MigMigration *mig_source_parse_text(const char *path, const char *text, size_t length,
                                    MigEngine engine, GError **error);

/**
 * mig_source_parse_script:
 * @sql: (borrowed) a section's text, as the history keeps it
 *
 * A script that is no file's section, such as the DOWN of a migration whose file is gone.
 *
 * Returns: (owned) the script, or %NULL with @error set to %MIG_ERROR_FILE
 */
MigScript *
mig_source_parse_script(const char *path, const char *sql, MigEngine engine, GError **error);

/**
 * mig_source_parse:
 *
 * Parses a migration that mig_source_read() left unparsed, reading its file again. Does nothing to
 * one that is parsed.
 *
 * Returns: %true, or %false with @error set to %MIG_ERROR_FILE
 */
bool mig_source_parse(MigSource *source, MigMigration *migration, GError **error);

/**
 * mig_source_find:
 * @version: (borrowed) a version, with or without leading zeros; or a name
 *
 * Returns: (borrowed) the migration of that version, else the only one of that name, or %NULL
 */
MigMigration *mig_source_find(const MigSource *source, const char *version);

void mig_source_free(MigSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigSource, mig_source_free)

G_END_DECLS
