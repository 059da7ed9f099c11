/* SPDX-License-Identifier: MIT */
/* Each folder of cases/ holds a directory of migrations and what is made of it on each engine. */
#include "dump.h"

#include <migrate/error.h>

#include <string.h>
#include <unistd.h>

static const MigEngine engines[] = {
    MIG_ENGINE_SQLITE,
    MIG_ENGINE_POSTGRES,
    MIG_ENGINE_MYSQL,
    MIG_ENGINE_MARIADB,
};

static char *
read_case(MigEngine engine)
{
    MigSourceOptions options = {.engine = engine};
    g_autoptr(GError) error = NULL;
    g_autoptr(MigSource) source = mig_source_read("migrations", &options, &error);

    if (source == NULL) {
        g_assert_error(error, MIG_ERROR, MIG_ERROR_FILE);
        return g_strdup_printf("error\n%s\n", error->message);
    }
    return dump_source(source);
}

/* Engines that read the same thing stand above it together. */
static char *
dump_engines(void)
{
    char *dumps[G_N_ELEMENTS(engines)] = {NULL};
    GString *out = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(engines); i++)
        dumps[i] = read_case(engines[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(engines); i++) {
        if (dumps[i] == NULL)
            continue;
        g_string_append_printf(out, "== %s", mig_engine_name(engines[i]));
        for (size_t j = i + 1; j < G_N_ELEMENTS(engines); j++) {
            if (dumps[j] == NULL || strcmp(dumps[i], dumps[j]) != 0)
                continue;
            g_string_append_printf(out, " %s", mig_engine_name(engines[j]));
            g_clear_pointer(&dumps[j], g_free);
        }
        g_string_append_printf(out, "\n%s", dumps[i]);
        g_clear_pointer(&dumps[i], g_free);
    }
    return g_string_free(out, FALSE);
}

static void
run_case(gconstpointer data)
{
    const char *folder = data;
    g_autofree char *before = g_get_current_dir();
    g_autofree char *wanted = NULL;
    bool bless = g_getenv("MIGRATE_BLESS") != NULL;

    g_assert_cmpint(chdir(folder), ==, 0);
    g_autofree char *got = dump_engines();
    if (bless)
        g_assert_true(g_file_set_contents("expected", got, -1, NULL));
    g_assert_true(g_file_get_contents("expected", &wanted, NULL, NULL));
    g_assert_cmpstr(got, ==, wanted);
    g_assert_cmpint(chdir(before), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);

    g_autofree char *cases = g_test_build_filename(G_TEST_DIST, "cases", NULL);
    g_autoptr(GDir) folder = g_dir_open(cases, 0, NULL);
    g_assert_nonnull(folder);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;) {
        g_autofree char *path = g_strconcat("/source/cases/", name, NULL);
        g_test_add_data_func_full(path, g_build_filename(cases, name, NULL), run_case, g_free);
    }
    return g_test_run();
}
