/* SPDX-License-Identifier: MIT */
/* Each fixture has statements that ran before, and one whose effect is foretold for some versions. */
#include <string.h>

#include "locks/truth.h"

typedef struct {
    char *path; /* (owned) of the .sql */
    MigEngine engine;
} Fixture;

/* Versions that a fixture is foretold for unless it names others: "-- versions: 12 13". */
static const char *
default_versions(MigEngine engine)
{
    switch (engine) {
    case MIG_ENGINE_POSTGRES:
        return "10 11 12 13 14 15 16 17 18 19";
    case MIG_ENGINE_MYSQL:
        return "5.7 8.0.11 8.0.36 8.4";
    case MIG_ENGINE_MARIADB:
        return "10.3 10.6 10.11 11.4 11.8";
    case MIG_ENGINE_SQLITE:
    case MIG_ENGINE_NONE:
    default:
        return "3.34 3.46";
    }
}

/* (owned) what is foretold for one version. */
static char *
foretell(const Fixture *fixture, const char *version, const char *setup, const char *measured)
{
    g_auto(MigStage) stage = {0};
    g_auto(GStrv) statements = g_strsplit(setup, ";\n", 0);
    g_autoptr(MigImpact) impact = NULL;
    const char *schema = fixture->engine == MIG_ENGINE_POSTGRES ? "app" : NULL;

    mig_stage_init(&stage, fixture->engine, mig_engine_version_parse(fixture->engine, version),
                   schema);
    if (schema != NULL)
        mig_stage_run(&stage, "CREATE SCHEMA app");
    /* The history doesn't begin with an empty database. */
    if (strstr(setup, "-- incomplete\n") != NULL)
        mig_catalog_set_incomplete(stage.catalog, "the fixture says so");
    for (char **statement = statements; *statement != NULL; statement++) {
        if (*g_strstrip(*statement) != '\0')
            mig_stage_run(&stage, *statement);
    }
    impact = mig_stage_predict(&stage, measured);
    return mig_stage_describe(&stage, impact);
}

static void
add_effect(GString *result, GString *versions, const char *effect)
{
    if (effect != NULL)
        g_string_append_printf(result, "== %s\n%s", versions->str, effect);
    g_string_truncate(versions, 0);
}

/* (owned) the versions that are asked for. */
static char **
versions_of(const Fixture *fixture, const char *text)
{
    static const char said[] = "-- versions:";
    const char *versions = strstr(text, said);

    if (versions == NULL)
        return g_strsplit(default_versions(fixture->engine), " ", 0);
    versions += strlen(said);
    g_autofree char *line = g_strndup(versions, strcspn(versions, "\n"));
    return g_strsplit(g_strstrip(line), " ", 0);
}

/* (owned) for all versions: neighbours with the same effect stand together. */
static char *
foretell_all(const Fixture *fixture, const char *text)
{
    static const char mark[] = "-- measured:\n";
    const char *measured = strstr(text, mark);
    g_autoptr(GString) result = g_string_new(NULL);
    g_autoptr(GString) versions = g_string_new(NULL);
    g_autofree char *last = NULL;
    g_auto(GStrv) words = versions_of(fixture, text);

    if (measured == NULL)
        g_error("%s has no line \"-- measured:\"", fixture->path);
    g_autofree char *setup = g_strndup(text, (gsize)(measured - text));
    g_autofree char *statement = g_strdup(measured + strlen(mark));
    g_strchomp(statement);
    if (g_str_has_suffix(statement, ";"))
        statement[strlen(statement) - 1] = '\0';
    for (char **word = words; *word != NULL; word++) {
        g_autofree char *effect = foretell(fixture, *word, setup, statement);
        if (last == NULL || !g_str_equal(last, effect)) {
            add_effect(result, versions, last);
            g_free(last);
            last = g_steal_pointer(&effect);
        }
        g_string_append_printf(versions, "%s%s", versions->len > 0 ? " " : "", *word);
    }
    add_effect(result, versions, last);
    return g_strdup(result->str);
}

static void
test_fixture(gconstpointer data)
{
    const Fixture *fixture = data;
    g_autofree char *stem = g_strndup(fixture->path, strlen(fixture->path) - strlen(".sql"));
    g_autofree char *expected_path = g_strconcat(stem, ".impact", NULL);
    g_autofree char *text = NULL, *expected = NULL, *got = NULL;
    g_autoptr(GError) error = NULL;

    g_file_get_contents(fixture->path, &text, NULL, &error);
    g_assert_no_error(error);
    got = foretell_all(fixture, text);
    if (g_getenv("MIGRATE_BLESS") != NULL) {
        g_file_set_contents(expected_path, got, -1, &error);
        g_assert_no_error(error);
        return;
    }
    g_file_get_contents(expected_path, &expected, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(got, ==, expected);
}

static void
free_fixture(gpointer data)
{
    Fixture *fixture = data;

    g_free(fixture->path);
    g_free(fixture);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_folder(MigEngine engine)
{
    g_autofree char *folder = g_test_build_filename(G_TEST_DIST, mig_engine_name(engine), NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;

    if (dir == NULL)
        g_error("%s isn't there", folder);
    while ((name = g_dir_read_name(dir)) != NULL) {
        if (g_str_has_suffix(name, ".sql"))
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        const char *file = g_ptr_array_index(names, i);
        g_autofree char *stem = g_strndup(file, strlen(file) - strlen(".sql"));
        g_autofree char *test = g_strdup_printf("/locks/%s/%s", mig_engine_name(engine), stem);
        Fixture *fixture = g_new0(Fixture, 1);
        fixture->path = g_build_filename(folder, file, NULL);
        fixture->engine = engine;
        g_test_add_data_func_full(test, fixture, test_fixture, free_fixture);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add_folder(MIG_ENGINE_POSTGRES);
    add_folder(MIG_ENGINE_MYSQL);
    add_folder(MIG_ENGINE_MARIADB);
    add_folder(MIG_ENGINE_SQLITE);
    return g_test_run();
}
