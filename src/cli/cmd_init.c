/* SPDX-License-Identifier: MIT */
/* migrate init: a directory, a configuration, an example. */
#include "cli/create.h"
#include "cli/options.h"
#include "driver/url.h"
#include "source/template.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static const char config_path[] = "migrate.conf";

/* It runs on every engine, so that the first `up` is a success. */
static const char example[] = "-- Migration: %s\n"
                              "-- Risk: low\n"
                              "\n"
                              "-- ========== UP ==========\n"
                              "CREATE TABLE example (\n"
                              "    id integer PRIMARY KEY,\n"
                              "    name varchar(100) NOT NULL\n"
                              ");\n"
                              "\n"
                              "-- ========== DOWN ==========\n"
                              "DROP TABLE example;\n"
                              "\n"
                              "-- ========== VERIFY ==========\n"
                              "SELECT count(*) >= 0 FROM example;\n";

/* What was made, what was there before. */
typedef struct {
    GPtrArray *made;  /* (owned) char * */
    GPtrArray *there; /* (owned) char * */
} Outcome;

static void
outcome_clear(Outcome *outcome)
{
    g_clear_pointer(&outcome->made, g_ptr_array_unref);
    g_clear_pointer(&outcome->there, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Outcome, outcome_clear)

static bool
note(Outcome *outcome, MigCreated created, const char *path)
{
    if (created == MIG_CREATE_FAILED)
        return false;
    g_ptr_array_add(created == MIG_CREATED ? outcome->made : outcome->there, g_strdup(path));
    return true;
}

/* Appends "key = value" so that reading the file gives the value again. */
static void
append_value(GString *out, const char *key, const char *value)
{
    g_autofree char *escaped = g_strescape(value, NULL);
    g_autoptr(GString) text = g_string_new(escaped);

    /* g_strescape() also writes what a key file takes as it is. */
    g_string_replace(text, "\\\"", "\"", 0);
    g_string_replace(text, "$", "$$", 0);
    g_string_append_printf(out, "%s = %s\n", key, text->str);
}

static bool
is_plain(const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (!g_ascii_isprint(*at))
            return false;
    }
    return *text != ' ';
}

static bool
has_password(const MigSettings *settings)
{
    return g_strcmp0(settings->database, settings->database_shown) != 0;
}

/* A setting that was given for `init` is written; the others are shown at their defaults. */
static void
append_setting(GString *out, MigSettingId id, const MigSettings *settings)
{
    const MigSettingInfo *info = mig_setting_info(id);
    const MigSetting *value = &settings->values[id];
    bool given = value->origin == MIG_ORIGIN_COMMAND_LINE;
    const char *shown = info->initial;

    if (id == MIG_SETTING_DATABASE)
        shown = "sqlite:app.db";
    else if (id == MIG_SETTING_ENV)
        shown = "development";
    else if (shown == NULL)
        shown = info->choices != NULL ? info->choices[0] : "";

    /* A file that is checked in is no place for a password. */
    if (given && id == MIG_SETTING_DATABASE)
        given = !has_password(settings);

    g_string_append_printf(out, "\n# %s", info->summary);
    if (info->choices != NULL) {
        g_autofree char *all = g_strjoinv(", ", (char **)info->choices);
        g_string_append_printf(out, ": %s", all);
    }
    g_string_append_c(out, '\n');
    if (given && is_plain(value->text))
        append_value(out, info->name, value->text);
    else
        g_string_append_printf(out, "# %s =%s%s\n", info->name, *shown != '\0' ? " " : "", shown);
}

/* (owned) migrate.conf with every setting. */
static char *
config_text(const MigSettings *settings)
{
    g_autoptr(GString) out = g_string_new(
        "# How migrate runs here: migrate.conf(5). What is commented out is the default, or\n"
        "# an example where there is none.\n"
        "# The command line and the environment (MIGRATE_LOCK_TIMEOUT, DATABASE_URL) stand above\n"
        "# this file. ${NAME} is the value of an environment variable; $$ is a dollar sign.\n"
        "\n[migrate]\n");

    for (unsigned id = 0; id < MIG_N_SETTINGS; id++)
        append_setting(out, (MigSettingId)id, settings);
    g_string_append(out, "\n# What is different in one environment, chosen by --env production:\n"
                         "# [env production]\n"
                         "# database = ${PRODUCTION_DATABASE_URL}\n"
                         "# lock-timeout = 2s\n");
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
has_sql(const char *directory)
{
    g_autoptr(GDir) entries = g_dir_open(directory, 0, NULL);
    const char *name = NULL;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        if (g_str_has_suffix(name, ".sql"))
            return true;
    }
    return false;
}

static bool
make_example(const char *directory, Outcome *outcome, GError **error)
{
    if (has_sql(directory))
        return true;

    g_autofree char *version = mig_template_version(directory, g_get_real_time(), error);
    if (version == NULL)
        return false;
    g_autofree char *file = g_strconcat(version, "_create_example.sql", NULL);
    g_autofree char *path = g_build_filename(directory, file, NULL);
    g_autoptr(GString) text = g_string_new(example);
    g_string_replace(text, "%s", file, 1);
    return note(outcome, mig_create_file(path, text->str, error), path);
}

static void
print_text(const MigInvocation *invocation, const Outcome *outcome)
{
    const MigSettings *settings = invocation->settings;

    for (guint i = 0; i < outcome->made->len; i++)
        printf("made %s\n", (const char *)g_ptr_array_index(outcome->made, i));
    for (guint i = 0; i < outcome->there->len; i++)
        printf("%s was there and is as it was\n",
               (const char *)g_ptr_array_index(outcome->there, i));
    if (invocation->quiet)
        return;

    puts("\nNext:");
    if (settings->database == NULL)
        puts("  export DATABASE_URL=sqlite:app.db    or set \"database\" in migrate.conf");
    else if (settings->values[MIG_SETTING_DATABASE].origin == MIG_ORIGIN_COMMAND_LINE &&
             has_password(settings))
        puts("  export DATABASE_URL=URL              its password isn't for migrate.conf");
    puts("  migrate status                       see what is pending\n"
         "  migrate up                           apply it\n"
         "  migrate new NAME                     make the next migration");
}

static json_t *
names(const GPtrArray *paths)
{
    json_t *list = json_array();

    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *shown = g_utf8_make_valid(g_ptr_array_index(paths, i), -1);
        json_array_append_new(list, json_string(shown));
    }
    return list;
}

static void
print_json(const Outcome *outcome)
{
    json_t *document = json_pack("{s:i, s:o, s:o}", "version", 1, "made", names(outcome->made),
                                 "existing", names(outcome->there));

    json_dumpf(document, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(document);
}

static int
run(MigInvocation *invocation, GError **error)
{
    const GOptionEntry entries[] = {{0}};

    if (!mig_options_parse(invocation, entries, error))
        return MIG_EXIT_USAGE;

    const MigSettings *settings = invocation->settings;
    g_auto(Outcome) outcome = {
        .made = g_ptr_array_new_with_free_func(g_free),
        .there = g_ptr_array_new_with_free_func(g_free),
    };

    g_autofree char *text = config_text(settings);
    const char *config = settings->config_path != NULL ? settings->config_path : config_path;
    if (!note(&outcome, mig_create_file(config, text, error), config) ||
        !note(&outcome, mig_create_directory(settings->directory, error), settings->directory) ||
        !make_example(settings->directory, &outcome, error))
        return MIG_EXIT_FAILED;

    if (invocation->format == MIG_FORMAT_JSON)
        print_json(&outcome);
    else
        print_text(invocation, &outcome);
    return MIG_EXIT_DONE;
}

static const MigCommandExample examples[] = {
    {"Begin in the current directory", "migrate init"},
    {"Begin with an SQLite file", "migrate init -d sqlite:app.db"},
    {0},
};

const MigCommand mig_command_init = {
    .name = "init",
    .group = MIG_COMMAND_START,
    .summary = "make the directory, a configuration and an example",
    .arguments = "",
    .description =
        "Makes migrate.conf, with every setting commented out at its default, the directory of "
        "the migrations, and in it a first migration as an example. What is there already is left "
        "as it is. A database or directory that is given by an option is written into "
        "migrate.conf, "
        "unless the URL holds a password.",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DATABASE) | MIG_SETTING_BIT(MIG_SETTING_DIR),
    .only_here = true,
    .run = run,
};
