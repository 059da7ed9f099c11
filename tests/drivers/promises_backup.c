/* SPDX-License-Identifier: MIT */
/* A copy of the whole database, where the driver makes it itself. */
#include "base/error.h"
#include "drivers/promise.h"
#include "support/scratch.h"

#include <glib/gstdio.h>
#include <string.h>

/* How many files a folder has. */
static unsigned
count_files(const char *directory)
{
    g_autoptr(GDir) entries = g_dir_open(directory, 0, NULL);
    unsigned n = 0;

    while (g_dir_read_name(entries) != NULL)
        n++;
    return n;
}

static bool
has_backup(const MigCase *c)
{
    return c->driver->backup != NULL;
}

/* (owned) the ids of "kept" in a copy. */
static char *
read_copy(MigCase *c, const char *path)
{
    g_autofree char *url = g_strdup_printf("%ssqlite:%s", c->subject->url_prefix, path);
    MigCase copy = {.subject = c->subject, .driver = c->driver, .url = url};
    char *kept = mig_case_kept(&copy);

    c->driver->close(copy.other);
    return kept;
}

/* Also while a neighbour has the file open, in either way of keeping a journal. */
static void
check_copy(MigCase *c)
{
    static const char *const modes[] = {"PRAGMA journal_mode = delete",
                                        "PRAGMA journal_mode = wal"};
    g_autofree char *directory = mig_scratch_new();

    mig_case_table(c);
    mig_case_run(c, c->first, "CREATE INDEX kept_t ON kept (t)");
    for (size_t i = 0; i < G_N_ELEMENTS(modes); i++) {
        g_autofree char *name = g_strdup_printf("%zu # it's.db", i);
        g_autofree char *path = g_build_filename(directory, name, NULL);
        g_autoptr(GError) error = NULL;

        mig_case_run(c, c->first, modes[i]);
        bool done = c->driver->backup(c->first, path, &error);
        g_assert_no_error(error);
        g_assert_true(done);
        g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
        mig_case_run(c, mig_case_other(c), "INSERT INTO kept VALUES (9, 'later')");
        mig_case_run(c, c->first, "DELETE FROM kept WHERE id = 9");
        g_assert_cmpuint(count_files(directory), ==, 1);
        g_autofree char *kept = read_copy(c, path);
        g_assert_cmpstr(kept, ==, "1");
        g_unlink(path);
    }
    mig_scratch_remove(directory);
}

static void
check_refusals(MigCase *c)
{
    g_autofree char *directory = mig_scratch_new();
    g_autofree char *path = g_build_filename(directory, "there", NULL);
    g_autofree char *nowhere = g_build_filename(directory, "no", "such", "folder", NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) missing = NULL;

    mig_case_table(c);
    g_assert_true(g_file_set_contents(path, "precious", -1, &error));
    g_assert_false(c->driver->backup(c->first, path, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_FAILED);
    g_assert_nonnull(strstr(error->message, path));
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "precious");
    g_assert_false(c->driver->backup(c->first, nowhere, &missing));
    g_assert_error(missing, MIG_ERROR, MIG_ERROR_FAILED);
    g_assert_cmpuint(count_files(directory), ==, 1);
    mig_scratch_remove(directory);
}

/* What can't be finished leaves no half of a copy. */
static void
check_changing(MigCase *c)
{
    g_autofree char *directory = mig_scratch_new();
    g_autofree char *path = g_build_filename(directory, "copy.db", NULL);
    g_autoptr(GError) error = NULL;

    mig_case_table(c);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    g_assert_false(c->driver->backup(c->first, path, &error));
    g_assert_nonnull(error);
    g_assert_cmpuint(count_files(directory), ==, 0);
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_OPEN);
    mig_scratch_remove(directory);
}

/* A copy of what is broken is no backup. */
static void
check_damaged(MigCase *c)
{
    g_autofree char *directory = mig_scratch_new();
    g_autofree char *path = g_build_filename(directory, "copy.db", NULL);
    g_autoptr(GError) error = NULL;

    /* An index that has forgotten its table's rows. */
    mig_case_table(c);
    mig_case_run(c, c->first, "CREATE INDEX kept_t ON kept (t)");
    mig_case_run(c, c->first, "PRAGMA writable_schema = on");
    mig_case_run(c, c->first,
                 "UPDATE sqlite_schema SET sql = 'CREATE INDEX kept_t ON kept (id + 1)'"
                 " WHERE name = 'kept_t'");
    mig_case_run(c, c->first, "PRAGMA writable_schema = off");
    g_assert_false(c->driver->backup(c->first, path, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_FAILED);
    g_assert_nonnull(strstr(error->message, "integrity_check"));
    g_assert_cmpuint(count_files(directory), ==, 0);
    mig_scratch_remove(directory);
}

const MigPromise mig_backup_promises[] = {
    {"backup-is-the-whole-database", check_copy, has_backup},
    {"backup-overwrites-nothing", check_refusals, has_backup},
    {"backup-that-fails-leaves-no-file", check_changing, has_backup},
    {"backup-of-a-damaged-database-is-refused", check_damaged, has_backup},
    {NULL, NULL, NULL},
};
