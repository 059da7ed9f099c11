/* SPDX-License-Identifier: MIT */
/* migrate new: the next migration file. */
#include "cli/create.h"
#include "cli/options.h"
#include "source/template.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* (owned) "Jane Doe", or the name that she logs in with. */
static char *
author(void)
{
    const char *name = g_get_real_name();

    if (name == NULL || *name == '\0' || strcmp(name, "Unknown") == 0)
        name = g_get_user_name();
    return g_strdup(name);
}

/* (owned) the file's path, or NULL with `error` set. */
static char *
make(const char *directory, const char *slug, char **out_version, GError **error)
{
    g_autofree char *version = mig_template_version(directory, g_get_real_time(), error);
    if (version == NULL)
        return NULL;

    g_autofree char *by = author();
    g_autofree char *text = mig_template_new(version, slug, by);
    g_autofree char *file = g_strdup_printf("%s_%s.sql", version, slug);
    g_autofree char *path = g_build_filename(directory, file, NULL);
    MigCreated created = mig_create_file(path, text, error);
    if (created == MIG_CREATE_EXISTS)
        g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "%s is there already; try again", path);
    if (created != MIG_CREATED)
        return NULL;
    *out_version = g_steal_pointer(&version);
    return g_steal_pointer(&path);
}

static int
run(MigInvocation *invocation, GError **error)
{
    const GOptionEntry entries[] = {{0}};

    if (!mig_options_parse(invocation, entries, error))
        return MIG_EXIT_USAGE;

    g_autofree char *name = g_strjoinv(" ", (char **)invocation->args);
    g_autofree char *slug = mig_template_slug(name);
    if (*slug == '\0') {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "\"%s\" has neither a letter nor a digit; say what the migration does, as in: "
                    "migrate new add_phone",
                    name);
        return MIG_EXIT_USAGE;
    }

    const char *directory = invocation->settings->directory;
    if (mig_create_directory(directory, error) == MIG_CREATE_FAILED)
        return MIG_EXIT_FAILED;
    g_autofree char *version = NULL;
    g_autofree char *path = make(directory, slug, &version, error);
    if (path == NULL)
        return MIG_EXIT_FAILED;

    if (invocation->format == MIG_FORMAT_TEXT) {
        puts(path);
        return MIG_EXIT_DONE;
    }
    /* A path may be any bytes, JSON only UTF-8. */
    g_autofree char *shown = g_utf8_make_valid(path, -1);
    json_t *document =
        json_pack("{s:i, s:s, s:s}", "version", 1, "file", shown, "migration", version);
    json_dumpf(document, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(document);
    return MIG_EXIT_DONE;
}

static const char *const aliases[] = {"create", "add", NULL};

static const MigCommandExample examples[] = {
    {"Make 20260301120000_add_phone.sql", "migrate new add_phone"},
    {"The same, in words", "migrate new add phone"},
    {"Make it and open it in the editor", "$EDITOR \"$(migrate new add_phone)\""},
    {0},
};

const MigCommand mig_command_new = {
    .name = "new",
    .aliases = aliases,
    .group = MIG_COMMAND_START,
    .summary = "make the next migration file",
    .arguments = "NAME",
    .description =
        "Writes a file with empty sections for UP, DOWN and VERIFY, and prints its path. The "
        "version is the time (UTC), or the next number where the directory's versions are numbers "
        "that are counted up.",
    .examples = examples,
    .settings = MIG_SETTING_BIT(MIG_SETTING_DIR),
    .min_args = 1,
    .max_args = MIG_COMMAND_ANY_ARGS,
    .run = run,
};
