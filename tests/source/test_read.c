/* SPDX-License-Identifier: MIT */
/* Directories: what can stand in them, what is collected about it, what is left unparsed. */
#include <fcntl.h>
#include <migrate/error.h>
#include <migrate/source.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sql/checksum.h"
#include "support/scratch.h"

static const MigSourceOptions sqlite = {.engine = MIG_ENGINE_SQLITE};

static void
write_bytes(const char *directory, const char *name, const char *bytes, size_t length)
{
    g_autofree char *path = g_build_filename(directory, name, NULL);

    g_assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

static void
write_text(const char *directory, const char *name, const char *text)
{
    write_bytes(directory, name, text, strlen(text));
}

/* Reading must fail with a message that has this in it. */
static void
assert_refused(const char *directory, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MigSource) source = mig_source_read(directory, &sqlite, &error);

    g_assert_null(source);
    g_assert_error(error, MIG_ERROR, MIG_ERROR_FILE);
    g_test_message("%s", error->message);
    g_assert_nonnull(strstr(error->message, part));
}

static void
test_empty_directory(void)
{
    g_autofree char *scratch = mig_scratch_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(MigSource) source = mig_source_read(scratch, &sqlite, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(source->migrations->len, ==, 0);
    g_assert_cmpstr(source->directory, ==, scratch);
    mig_scratch_remove(scratch);
}

static void
test_missing_directory(void)
{
    assert_refused("/nowhere/at/all", "there is no directory /nowhere/at/all; make it with "
                                      "\"migrate init\"");
    assert_refused("/dev/null", "can't read the directory /dev/null");
}

static void
test_order_and_find(void)
{
    g_autofree char *scratch = mig_scratch_new();
    g_autoptr(GError) error = NULL;
    static const char *const files[] = {"10_c.sql", "9_b.sql", "008_a.sql", "100_b.sql"};

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        write_text(scratch, files[i], "SELECT 1;");
    g_autoptr(MigSource) source = mig_source_read(scratch, &sqlite, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(source->migrations->len, ==, 4);

    static const char *const versions[] = {"008", "9", "10", "100"};
    for (unsigned i = 0; i < 4; i++) {
        MigMigration *migration = g_ptr_array_index(source->migrations, i);
        g_assert_cmpstr(migration->version, ==, versions[i]);
        g_assert_true(mig_source_find(source, versions[i]) == migration);
    }
    g_assert_cmpstr(mig_source_find(source, "8")->name, ==, "a");
    g_assert_cmpstr(mig_source_find(source, "00010")->name, ==, "c");
    g_assert_cmpstr(mig_source_find(source, "c")->version, ==, "10");
    /* Two migrations have this name. */
    g_assert_null(mig_source_find(source, "b"));
    g_assert_null(mig_source_find(source, "11"));
    g_assert_null(mig_source_find(source, ""));
    mig_scratch_remove(scratch);
}

/* A pipe that nobody writes to would hold a careless reader for ever. */
static void
test_what_is_no_file(void)
{
    static const struct {
        const char *what;
        const char *says;
    } cases[] = {
        {"fifo", "1_a.sql: is a named pipe"},
        {"directory", "1_a.sql: is a directory"},
        {"loop", "1_a.sql: is a symbolic link that leads back to itself"},
        {"nothing", "1_a.sql: is a symbolic link to nothing"},
        {"device", "1_a.sql: is a device"},
        {"link to fifo", "1_a.sql: is a named pipe"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *scratch = mig_scratch_new();
        g_autofree char *path = g_build_filename(scratch, "1_a.sql", NULL);
        g_autofree char *pipe = g_build_filename(scratch, "pipe", NULL);
        if (i == 0)
            g_assert_cmpint(mkfifo(path, 0600), ==, 0);
        if (i == 1)
            g_assert_cmpint(mkdir(path, 0700), ==, 0);
        if (i == 2)
            g_assert_cmpint(symlink("1_a.sql", path), ==, 0);
        if (i == 3)
            g_assert_cmpint(symlink("nowhere", path), ==, 0);
        if (i == 4)
            g_assert_cmpint(symlink("/dev/zero", path), ==, 0);
        if (i == 5) {
            g_assert_cmpint(mkfifo(pipe, 0600), ==, 0);
            g_assert_cmpint(symlink("pipe", path), ==, 0);
        }
        g_test_message("%s", cases[i].what);
        assert_refused(scratch, cases[i].says);
        mig_scratch_remove(scratch);
    }
}

static void
test_link_to_a_file(void)
{
    g_autofree char *scratch = mig_scratch_new();
    g_autofree char *link = g_build_filename(scratch, "1_a.sql", NULL);
    g_autoptr(GError) error = NULL;

    write_text(scratch, "shared.sql", "SELECT 1;");
    g_assert_cmpint(symlink("shared.sql", link), ==, 0);
    g_autoptr(MigSource) source = mig_source_read(scratch, &sqlite, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(source->migrations->len, ==, 1);
    mig_scratch_remove(scratch);
}

static void
test_unreadable(void)
{
    g_autofree char *scratch = mig_scratch_new();
    g_autofree char *path = g_build_filename(scratch, "1_a.sql", NULL);

    write_text(scratch, "1_a.sql", "SELECT 1;");
    g_assert_cmpint(chmod(path, 0), ==, 0);
    g_assert_cmpint(chmod(scratch, 0755), ==, 0);
    /* Root can read everything, so be somebody else for a moment. */
    bool root = geteuid() == 0;
    g_assert_true(!root || seteuid(65534) == 0);
    assert_refused(scratch, "1_a.sql: can't be read: Permission denied");
    g_assert_true(!root || seteuid(0) == 0);
    mig_scratch_remove(scratch);
}

static void
test_too_large(void)
{
    g_autofree char *scratch = mig_scratch_new();
    g_autofree char *path = g_build_filename(scratch, "1_a.sql", NULL);

    write_text(scratch, "1_a.sql", "SELECT 1;");
    /* A hole: nothing of it is on the disk. */
    g_assert_cmpint(truncate(path, ((off_t)1 << 30) + 1), ==, 0);
    assert_refused(scratch, "1_a.sql: is larger than 1 GiB");
    mig_scratch_remove(scratch);
}

static void
test_large(void)
{
    g_autofree char *scratch = mig_scratch_new();
    g_autoptr(GString) text = g_string_new("INSERT INTO t VALUES (1)");
    g_autoptr(GError) error = NULL;

    for (int i = 0; i < 200000; i++)
        g_string_append(text, ",(2)");
    write_bytes(scratch, "1_a.sql", text->str, text->len);
    write_text(scratch, "2_b.sql", "SELECT 1;");
    g_autoptr(MigSource) source = mig_source_read(scratch, &sqlite, &error);
    g_assert_no_error(error);
    MigMigration *migration = g_ptr_array_index(source->migrations, 0);
    g_assert_cmpuint(migration->up->length, ==, text->len);
    mig_scratch_remove(scratch);
}

static void
test_all_that_is_wrong_is_said(void)
{
    g_autofree char *scratch = mig_scratch_new();
    g_autoptr(GError) error = NULL;

    for (int i = 1; i <= 25; i++) {
        g_autofree char *name = g_strdup_printf("%03d_a.sql", i);
        write_text(scratch, name, i == 3 ? "SELECT 1;" : "-- nothing\n");
    }
    g_assert_null(mig_source_read(scratch, &sqlite, &error));
    g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 21);
    g_autofree char *first = g_build_filename(scratch, "001_a.sql:1: UP is empty", NULL);
    g_autofree char *third = g_build_filename(scratch, "004_a.sql:1: UP is empty", NULL);
    g_assert_true(g_str_has_prefix(lines[0], first));
    g_assert_true(g_str_has_prefix(lines[2], third));
    g_assert_cmpstr(lines[20], ==, "and 4 more");
    mig_scratch_remove(scratch);
}

static void
test_known_files_are_not_parsed(void)
{
    g_autofree char *scratch = mig_scratch_new();
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    MigSourceOptions options = {.engine = MIG_ENGINE_SQLITE, .known = known};
    static const char text[] = "-- Author: me\nCREATE TABLE a (b);\n";
    g_autoptr(GError) error = NULL;

    write_text(scratch, "001_a.sql", text);
    write_text(scratch, "002_b.sql", text);
    g_hash_table_insert(known, (gpointer) "1", mig_checksum_raw(text, strlen(text)));
    g_hash_table_insert(known, (gpointer) "2", mig_checksum_raw("other", 5));
    g_autoptr(MigSource) source = mig_source_read(scratch, &options, &error);
    g_assert_no_error(error);

    MigMigration *first = g_ptr_array_index(source->migrations, 0);
    MigMigration *second = g_ptr_array_index(source->migrations, 1);
    g_assert_false(first->parsed);
    g_assert_null(first->up);
    g_assert_cmpstr(first->checksum_raw, ==, g_hash_table_lookup(known, "1"));
    g_assert_null(mig_migration_header(first, "Author"));
    g_assert_true(second->parsed);

    const char *name = first->name;
    g_assert_true(mig_source_parse(source, first, &error));
    g_assert_true(first->parsed);
    g_assert_cmpuint(first->up->statements->len, ==, 1);
    g_assert_cmpstr(mig_migration_header(first, "Author"), ==, "me");
    g_assert_cmpstr(first->checksum_tokens, ==, second->checksum_tokens);
    g_assert_true(first->name == name);
    g_assert_true(mig_source_parse(source, first, &error));
    mig_scratch_remove(scratch);
}

static void
test_a_file_that_changes_meanwhile(void)
{
    g_autofree char *scratch = mig_scratch_new();
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    MigSourceOptions options = {.engine = MIG_ENGINE_SQLITE, .known = known};
    g_autoptr(GError) error = NULL;

    write_text(scratch, "1_a.sql", "SELECT 1;");
    g_hash_table_insert(known, (gpointer) "1", mig_checksum_raw("SELECT 1;", 9));
    g_autoptr(MigSource) source = mig_source_read(scratch, &options, &error);
    g_assert_no_error(error);

    MigMigration *migration = g_ptr_array_index(source->migrations, 0);
    write_text(scratch, "1_a.sql", "SELECT 2;");
    g_assert_false(mig_source_parse(source, migration, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_FILE);
    g_assert_nonnull(strstr(error->message, "was changed while"));
    g_assert_false(migration->parsed);
    mig_scratch_remove(scratch);
}

static void
test_read_file(void)
{
    g_autofree char *scratch = mig_scratch_new();
    g_autofree char *any = g_build_filename(scratch, "whatever.sql", NULL);
    g_autofree char *migration_path = g_build_filename(scratch, "007_x.sql", NULL);
    g_autofree char *missing = g_build_filename(scratch, "missing.sql", NULL);
    g_autoptr(GError) error = NULL;

    write_text(scratch, "whatever.sql", "SELECT 1;");
    write_text(scratch, "007_x.sql", "SELECT 1;");
    g_autoptr(MigMigration) one = mig_source_read_file(any, MIG_ENGINE_MYSQL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(one->version, ==, "0");
    g_assert_cmpstr(one->name, ==, "whatever");
    g_assert_cmpstr(one->path, ==, any);
    g_autoptr(MigMigration) other = mig_source_read_file(migration_path, MIG_ENGINE_MYSQL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(other->version, ==, "007");
    g_assert_cmpstr(other->name, ==, "x");

    g_assert_null(mig_source_read_file(missing, MIG_ENGINE_MYSQL, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_FILE);
    g_assert_nonnull(strstr(error->message, "missing.sql: can't be read: No such file"));
    mig_scratch_remove(scratch);
}

/* Both ways to the raw checksum are the same one. */
static void
test_checksum_of_a_file(void)
{
    g_autofree char *scratch = mig_scratch_new();
    g_autoptr(GError) error = NULL;

    write_text(scratch, "1_a.sql", "SELECT 1;");
    write_text(scratch, "2_b.sql", "SELECT 2;\r\n");
    g_autoptr(MigSource) source = mig_source_read(scratch, &sqlite, &error);
    g_assert_no_error(error);
    MigMigration *first = g_ptr_array_index(source->migrations, 0);
    MigMigration *second = g_ptr_array_index(source->migrations, 1);
    g_autofree char *one = mig_checksum_raw("SELECT 1;", 9);
    g_autofree char *other = mig_checksum_raw("SELECT 2;\r\n", 11);
    g_assert_cmpstr(first->checksum_raw, ==, one);
    g_assert_cmpstr(second->checksum_raw, ==, other);
    mig_scratch_remove(scratch);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/source/read/an-empty-directory", test_empty_directory);
    g_test_add_func("/source/read/a-missing-directory", test_missing_directory);
    g_test_add_func("/source/read/orders-and-finds-versions", test_order_and_find);
    g_test_add_func("/source/read/refuses-what-is-no-file", test_what_is_no_file);
    g_test_add_func("/source/read/follows-a-link-to-a-file", test_link_to_a_file);
    g_test_add_func("/source/read/refuses-an-unreadable-file", test_unreadable);
    g_test_add_func("/source/read/refuses-more-than-a-gibibyte", test_too_large);
    g_test_add_func("/source/read/reads-a-large-file", test_large);
    g_test_add_func("/source/read/says-all-that-is-wrong", test_all_that_is_wrong_is_said);
    g_test_add_func("/source/read/leaves-known-files-unparsed", test_known_files_are_not_parsed);
    g_test_add_func("/source/read/notices-a-change-meanwhile", test_a_file_that_changes_meanwhile);
    g_test_add_func("/source/read/reads-one-file-of-any-name", test_read_file);
    g_test_add_func("/source/read/checksum-of-a-file", test_checksum_of_a_file);
    return g_test_run();
}
