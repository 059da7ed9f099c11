/* SPDX-License-Identifier: MIT */
/* Statements replayed: ENGINE/CASE.sql gives ENGINE/CASE.catalog. MIGRATE_BLESS=1 writes it. */
#include <string.h>

#include "history.h"

static void
check(gconstpointer data)
{
    const char *path = data;
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *engine = g_path_get_basename(folder);
    g_autofree char *expected_path = g_strconcat(path, NULL);
    g_autofree char *text = NULL;
    g_autofree char *expected = NULL;

    memcpy(expected_path + strlen(expected_path) - strlen(".sql"), "", 1);

    g_autofree char *catalog_path = g_strconcat(expected_path, ".catalog", NULL);

    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));

    g_autoptr(MigCatalog) catalog = history_of(engine, text);
    g_autofree char *got = mig_catalog_dump(catalog);
    g_autoptr(MigCatalog) copy = mig_catalog_copy(catalog);

    g_clear_pointer(&catalog, mig_catalog_free);

    g_autofree char *again = mig_catalog_dump(copy);

    g_assert_cmpstr(again, ==, got);
    if (g_getenv("MIGRATE_BLESS") != NULL) {
        g_assert_true(g_file_set_contents(catalog_path, got, -1, NULL));
        return;
    }
    g_assert_true(g_file_get_contents(catalog_path, &expected, NULL, NULL));
    g_assert_cmpstr(got, ==, expected);
}

int
main(int argc, char **argv)
{
    static const char *const engines[] = {"postgres", "mysql", "mariadb", "sqlite"};
    const char *root = g_getenv("MIGRATE_TEST_SCHEMA");

    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; root != NULL && i < G_N_ELEMENTS(engines); i++) {
        g_autofree char *folder = g_build_filename(root, engines[i], NULL);
        g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
        const char *name;

        while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
            if (!g_str_has_suffix(name, ".sql"))
                continue;

            g_autofree char *bare = g_strndup(name, strlen(name) - strlen(".sql"));
            g_autofree char *test = g_strdup_printf("/schema/replay/%s/%s", engines[i], bare);

            g_test_add_data_func_full(test, g_build_filename(folder, name, NULL), check, g_free);
        }
    }
    return g_test_run();
}
