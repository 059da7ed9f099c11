/* SPDX-License-Identifier: MIT */
/* What the comparisons with the engines' own clients share. */
#include "clients.h"

#include <string.h>

#include "sql/splitter.h"

static int
compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
client_cases(const char *directory)
{
    g_autofree char *path =
        g_build_filename(g_getenv("MIGRATE_TEST_SQL"), "clients", directory, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) dir = g_dir_open(path, 0, &error);
    g_assert_no_error(error);

    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        if (g_str_has_suffix(name, ".sql"))
            g_ptr_array_add(paths, g_build_filename(path, name, NULL));
    }
    g_ptr_array_sort(paths, compare_paths);
    g_assert_cmpuint(paths->len, >, 0);
    return paths;
}

char *
client_run(const char *const *argv, const char *input)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *errors = NULL;
    char *output = NULL;
    int status = 0;

    g_ptr_array_add(all, (gpointer) "/bin/sh");
    g_ptr_array_add(all, (gpointer) "-c");
    g_ptr_array_add(all, (gpointer) "exec \"$@\" < \"$0\"");
    g_ptr_array_add(all, (gpointer)(input != NULL ? input : "/dev/null"));
    for (size_t i = 0; argv[i] != NULL; i++)
        g_ptr_array_add(all, (gpointer)argv[i]);
    g_ptr_array_add(all, NULL);

    g_spawn_sync(NULL, (char **)all->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &errors,
                 &status, &error);
    g_assert_no_error(error);
    if (!g_spawn_check_wait_status(status, &error))
        g_error("%s < %s: %s: %s", argv[0], input, error->message, errors);
    return output;
}

char *
client_read(const char *path, size_t *out_length)
{
    g_autoptr(GError) error = NULL;
    char *text = NULL;

    g_file_get_contents(path, &text, out_length, &error);
    g_assert_no_error(error);
    return text;
}

void
client_send(const char *text, size_t length, MigEngine engine, ClientSend send, gpointer connection)
{
    MigSplitError error = {0};
    g_autoptr(MigSplit) split = mig_split(text, length, engine, 1, &error);

    if (split == NULL)
        g_error("%u:%u: %s", error.line, error.column, error.message);
    for (size_t i = 0; i < split->statements->len; i++)
        send(connection, text, &g_array_index(split->statements, MigStatement, i));
}

char *
client_input(const char *path)
{
    g_autofree char *stem = g_strndup(path, strlen(path) - strlen(".sql"));
    g_autofree char *other = g_strconcat(stem, ".client", NULL);

    return g_strdup(g_file_test(other, G_FILE_TEST_EXISTS) ? other : path);
}

static char *
normal_dump(const char *dump)
{
    g_auto(GStrv) lines = g_strsplit(dump, "\n", -1);
    GString *normal = g_string_new(NULL);

    for (size_t i = 0; lines[i] != NULL; i++) {
        if (!g_str_has_prefix(lines[i], "\\restrict ") &&
            !g_str_has_prefix(lines[i], "\\unrestrict "))
            g_string_append_printf(normal, "%s\n", lines[i]);
    }
    g_string_replace(normal, "\r\n", "\n", 0);
    g_string_replace(normal, "\\r\\n", "\\n", 0);
    return g_string_free(normal, FALSE);
}

void
client_check_same(const char *got, const char *expected)
{
    g_autofree char *normal_got = normal_dump(got);
    g_autofree char *normal_expected = normal_dump(expected);
    g_assert_cmpstr(normal_got, ==, normal_expected);
}
