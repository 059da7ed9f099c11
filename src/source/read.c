/* SPDX-License-Identifier: MIT */
/* A directory to an ordered MigSource. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <migrate/error.h>
#include <migrate/source.h>

#include "source/file.h"
#include "source/filename.h"
#include "source/migration.h"
#include "source/problem.h"

/* A file of the directory that is a migration by its name. */
typedef struct {
    MigMigration *migration; /* (owned) until it is the source's */
    const char *filename;    /* (borrowed) the end of the migration's path */
    unsigned char type;      /* as readdir() has it */
} Entry;

static void
free_entry(gpointer data)
{
    Entry *entry = data;

    mig_migration_free(entry->migration);
}

void
mig_source_free(MigSource *source)
{
    if (source == NULL)
        return;
    g_free(source->directory);
    g_clear_pointer(&source->migrations, g_ptr_array_unref);
    g_free(source);
}

static void
set_directory_error(GError **error, const char *directory, int number)
{
    if (number == ENOENT)
        g_set_error(error, MIG_ERROR, MIG_ERROR_FILE,
                    "there is no directory %s; make it with \"migrate init\", or name another one "
                    "with --dir",
                    directory);
    else
        g_set_error(error, MIG_ERROR, MIG_ERROR_FILE, "can't read the directory %s: %s", directory,
                    g_strerror(number));
}

static DIR *
open_directory(const char *directory, GError **error)
{
    DIR *stream = opendir(directory);

    if (stream == NULL)
        set_directory_error(error, directory, errno);
    return stream;
}

static void
take_name(const char *directory, const struct dirent *found, GArray *entries, GPtrArray *problems)
{
    MigFilenameKind kind = mig_filename_kind(found->d_name);
    if (kind == MIG_FILENAME_OTHER)
        return;

    g_autofree char *path = g_build_filename(directory, found->d_name, NULL);
    if (kind == MIG_FILENAME_WRONG) {
        g_autofree char *complaint = mig_filename_complaint(found->d_name);
        mig_problems_add(problems, path, 0, 0, "%s", complaint);
        return;
    }
    Entry entry = {
        .migration = mig_migration_new(path, found->d_name),
        .type = found->d_type,
    };
    entry.filename = entry.migration->path + strlen(path) - strlen(found->d_name);
    g_array_append_val(entries, entry);
}

static int
compare_entries(gconstpointer a, gconstpointer b)
{
    const Entry *one = a;
    const Entry *other = b;
    int order = mig_version_compare(one->migration->version, other->migration->version);

    return order != 0 ? order : strcmp(one->filename, other->filename);
}

/* Returns: (owned) Entry, by ascending version, or %NULL with @error set. */
static GArray *
list_directory(DIR *stream, const char *directory, GPtrArray *problems, GError **error)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    const struct dirent *found = NULL;

    g_array_set_clear_func(entries, free_entry);
    while (errno = 0, (found = readdir(stream)) != NULL)
        take_name(directory, found, entries, problems);
    if (errno != 0) {
        set_directory_error(error, directory, errno);
        return NULL;
    }
    g_array_sort(entries, compare_entries);
    return g_steal_pointer(&entries);
}

static void
refuse_repeated_versions(const GArray *entries, GPtrArray *problems)
{
    for (unsigned i = 1; i < entries->len; i++) {
        const Entry *earlier = &g_array_index(entries, Entry, i - 1);
        const Entry *later = &g_array_index(entries, Entry, i);
        if (mig_version_compare(earlier->migration->version, later->migration->version) == 0)
            mig_problems_add(problems, later->migration->path, 0, 0,
                             "its version is also %s's; give one of them another version",
                             earlier->filename);
    }
}

static void
read_entry(const Entry *entry, MigFileReader *reader, DIR *stream, const MigSourceOptions *options,
           GPtrArray *problems)
{
    MigMigration *migration = entry->migration;
    g_autofree char *wrong = mig_file_read(reader, dirfd(stream), entry->filename, entry->type);

    if (wrong != NULL) {
        mig_problems_add(problems, migration->path, 0, 0, "%s", wrong);
        return;
    }

    migration->checksum_raw = mig_file_checksum(reader);
    const char *known = NULL;
    if (options->known != NULL)
        known = g_hash_table_lookup(options->known, mig_version_normal(migration->version));
    if (known == NULL || strcmp(known, migration->checksum_raw) != 0)
        mig_migration_parse(migration, reader->bytes, reader->length, options->engine, problems);
}

static MigSource *
read_stream(DIR *stream, const char *directory, const MigSourceOptions *options, GError **error)
{
    g_autoptr(GPtrArray) problems = mig_problems_new();
    g_autoptr(GArray) entries = list_directory(stream, directory, problems, error);
    if (entries == NULL)
        return NULL;

    g_autoptr(MigFileReader) reader = mig_file_reader_new();
    refuse_repeated_versions(entries, problems);
    for (unsigned i = 0; i < entries->len; i++)
        read_entry(&g_array_index(entries, Entry, i), reader, stream, options, problems);
    if (!mig_problems_raise(problems, error))
        return NULL;

    MigSource *source = g_new0(MigSource, 1);
    source->directory = g_strdup(directory);
    source->engine = options->engine;
    source->migrations = g_ptr_array_new_full(entries->len, (GDestroyNotify)mig_migration_free);
    for (unsigned i = 0; i < entries->len; i++)
        g_ptr_array_add(source->migrations,
                        g_steal_pointer(&g_array_index(entries, Entry, i).migration));
    return source;
}

MigSource *
mig_source_read(const char *directory, const MigSourceOptions *options, GError **error)
{
    DIR *stream = open_directory(directory, error);
    if (stream == NULL)
        return NULL;

    MigSource *source = read_stream(stream, directory, options, error);
    closedir(stream);
    return source;
}

MigMigration *
mig_source_read_file(const char *path, MigEngine engine, GError **error)
{
    g_autofree char *filename = g_path_get_basename(path);
    g_autoptr(MigMigration) migration = mig_migration_new(path, filename);
    g_autoptr(MigFileReader) reader = mig_file_reader_new();
    g_autoptr(GPtrArray) problems = mig_problems_new();
    g_autofree char *wrong = mig_file_read(reader, AT_FDCWD, path, DT_UNKNOWN);

    if (wrong != NULL) {
        mig_problems_add(problems, path, 0, 0, "%s", wrong);
    } else {
        migration->checksum_raw = mig_file_checksum(reader);
        mig_migration_parse(migration, reader->bytes, reader->length, engine, problems);
    }
    if (!mig_problems_raise(problems, error))
        return NULL;
    return g_steal_pointer(&migration);
}

bool
mig_source_parse(MigSource *source, MigMigration *migration, GError **error)
{
    if (migration->parsed)
        return true;

    g_autoptr(MigMigration) now = mig_source_read_file(migration->path, source->engine, error);
    if (now == NULL)
        return false;
    if (strcmp(now->checksum_raw, migration->checksum_raw) != 0) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FILE,
                    "%s was changed while it was being read; run the command again",
                    migration->path);
        return false;
    }

    migration->checksum_tokens = g_steal_pointer(&now->checksum_tokens);
    migration->headers = g_steal_pointer(&now->headers);
    migration->requires = g_steal_pointer(&now->requires);
    migration->directives = g_steal_pointer(&now->directives);
    migration->up = g_steal_pointer(&now->up);
    migration->down = g_steal_pointer(&now->down);
    migration->verify = g_steal_pointer(&now->verify);
    migration->transaction_mode = now->transaction_mode;
    migration->parsed = true;
    return true;
}

static MigMigration *
find_version(const MigSource *source, const char *version)
{
    unsigned low = 0;
    unsigned high = source->migrations->len;

    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        MigMigration *migration = g_ptr_array_index(source->migrations, middle);
        int order = mig_version_compare(version, migration->version);
        if (order == 0)
            return migration;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

MigMigration *
mig_source_find(const MigSource *source, const char *version)
{
    bool digits = *version != '\0' && version[strspn(version, "0123456789")] == '\0';
    MigMigration *found = digits ? find_version(source, version) : NULL;
    if (found != NULL)
        return found;

    for (unsigned i = 0; i < source->migrations->len; i++) {
        MigMigration *migration = g_ptr_array_index(source->migrations, i);
        if (strcmp(migration->name, version) != 0)
            continue;
        if (found != NULL)
            return NULL;
        found = migration;
    }
    return found;
}
