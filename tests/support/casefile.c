/* SPDX-License-Identifier: MIT */
/* Cases in text files: parts that say what is there and what is done, and what must come of it. */
#include "support/casefile.h"

#include <string.h>

static void
free_part(gpointer data)
{
    MigPart *part = data;

    g_free(part->word);
    g_free(part->argument);
    g_free(part->body);
    g_free(part);
}

static MigPart *
new_part(const char *line)
{
    MigPart *part = g_new0(MigPart, 1);
    const char *word = line + strspn(line, "= ");
    size_t length = strcspn(word, " ");

    part->word = g_strndup(word, length);
    part->argument = g_strstrip(g_strdup(word + length));
    return part;
}

MigCaseFile *
mig_casefile_read(const char *path)
{
    MigCaseFile *file = g_new0(MigCaseFile, 1);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) body = g_string_new(NULL);
    char **into = &file->intro;

    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    file->path = g_strdup(path);
    file->parts = g_ptr_array_new_with_free_func(free_part);
    for (const char *at = text; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        g_autofree char *line = g_strndup(at, length);

        if (g_str_has_prefix(line, "== ")) {
            MigPart *part = new_part(line);
            *into = g_strdup(body->str);
            into = &part->body;
            g_string_truncate(body, 0);
            g_ptr_array_add(file->parts, part);
        } else {
            g_string_append_printf(body, "%s\n", line);
        }
        at += length + (at[length] == '\n' ? 1 : 0);
    }
    *into = g_strdup(body->str);
    return file;
}

void
mig_casefile_free(MigCaseFile *file)
{
    if (file == NULL)
        return;

    g_ptr_array_unref(file->parts);
    g_free(file->path);
    g_free(file->intro);
    g_free(file);
}

const MigPart *
mig_casefile_part(const MigCaseFile *file, const char *word)
{
    for (guint i = 0; i < file->parts->len; i++) {
        const MigPart *part = g_ptr_array_index(file->parts, i);
        if (strcmp(part->word, word) == 0)
            return part;
    }
    return NULL;
}

static void
write_again(const MigCaseFile *file)
{
    g_autoptr(GString) text = g_string_new(file->intro);
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < file->parts->len; i++) {
        const MigPart *part = g_ptr_array_index(file->parts, i);
        g_string_append_printf(text, "== %s%s%s\n%s", part->word,
                               *part->argument != '\0' ? " " : "", part->argument, part->body);
    }
    g_file_set_contents(file->path, text->str, (gssize)text->len, &error);
    g_assert_no_error(error);
}

void
mig_casefile_expect(MigCaseFile *file, MigPart *part, const char *got)
{
    if (g_getenv("MIGRATE_BLESS") != NULL && strcmp(part->body, got) != 0) {
        g_free(part->body);
        part->body = g_strdup(got);
        write_again(file);
    }
    g_assert_cmpstr(got, ==, part->body);
}

static gint
compare_names(gconstpointer a, gconstpointer b)
{
    const char *const *left = a;
    const char *const *right = b;

    return strcmp(*left, *right);
}

static bool
is_for(const char *path, const char *engine)
{
    g_autoptr(MigCaseFile) file = mig_casefile_read(path);
    const MigPart *part = mig_casefile_part(file, "engines");
    g_auto(GStrv) engines = g_strsplit(part != NULL ? part->argument : "", " ", -1);

    return g_strv_contains((const char *const *)engines, engine);
}

void
mig_casefile_add(const char *folder, const char *prefix, const char *engine, GTestDataFunc run)
{
    g_autofree char *path = g_test_build_filename(G_TEST_DIST, folder, NULL);
    g_autoptr(GDir) entries = g_dir_open(path, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    g_assert_nonnull(entries);
    for (const char *name; (name = g_dir_read_name(entries)) != NULL;) {
        if (g_str_has_suffix(name, ".case"))
            g_ptr_array_add(names, g_strndup(name, strlen(name) - strlen(".case")));
    }
    g_ptr_array_sort(names, compare_names);
    g_assert_cmpuint(names->len, >, 0);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *test = g_strdup_printf("%s/%s", prefix, name);
        char *file = g_strdup_printf("%s/%s.case", path, name);
        if (engine == NULL || is_for(file, engine))
            g_test_add_data_func_full(test, file, run, g_free);
        else
            g_free(file);
    }
}
