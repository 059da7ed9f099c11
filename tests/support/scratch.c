/* SPDX-License-Identifier: MIT */
/* Temporary directories that are removed with all that is in them. */
#include "support/scratch.h"

#include <stdio.h>

char *
mig_scratch_new(void)
{
    g_autoptr(GError) error = NULL;
    char *path = g_dir_make_tmp("migrate-test-XXXXXX", &error);

    g_assert_no_error(error);
    return path;
}

void
mig_scratch_remove(const char *path)
{
    bool directory =
        g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK);
    g_autoptr(GDir) entries = directory ? g_dir_open(path, 0, NULL) : NULL;

    for (const char *name; entries != NULL && (name = g_dir_read_name(entries)) != NULL;) {
        g_autofree char *entry = g_build_filename(path, name, NULL);
        mig_scratch_remove(entry);
    }
    g_assert_cmpint(remove(path), ==, 0);
}
