/* SPDX-License-Identifier: MIT */
/* The command line: the global options, a command's own, and what is neither. */
#include "cli/options.h"

#include "base/error.h"
#include "base/text.h"
#include "cli/help.h"
#include "cli/repeated.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const formats[] = {
    [MIG_FORMAT_TEXT] = "text",
    [MIG_FORMAT_JSON] = "json",
    [MIG_FORMAT_MARKDOWN] = "markdown",
    [MIG_FORMAT_SARIF] = "sarif",
    [MIG_FORMAT_GITHUB] = "github",
    [MIG_FORMAT_JUNIT] = "junit",
    [MIG_N_FORMATS] = NULL,
};

static gboolean parse_global(const gchar *name, const gchar *value, gpointer data, GError **error);

#define GLOBAL(name, letter, flags, summary, placeholder)                                        \
    {                                                                                            \
        name, letter, flags, G_OPTION_ARG_CALLBACK, (gpointer)parse_global, summary, placeholder \
    }

static const GOptionEntry global_entries[] = {
    GLOBAL("config", 'c', G_OPTION_FLAG_FILENAME, "the configuration, instead of looking for it",
           "FILE"),
    GLOBAL("format", 0, 0, "how results are written", "text|json"),
    GLOBAL("color", 0, 0, "when to use colours", "auto|always|never"),
    GLOBAL("quiet", 'q', G_OPTION_FLAG_NO_ARG, "only errors on standard error", NULL),
    GLOBAL("verbose", 'v', G_OPTION_FLAG_NO_ARG, "more, and where each setting is from", NULL),
    GLOBAL("no-progress", 0, G_OPTION_FLAG_NO_ARG, "no progress while it runs", NULL),
    GLOBAL("yes", 0, G_OPTION_FLAG_NO_ARG, "do what would be asked for", NULL),
    GLOBAL("version", 0, G_OPTION_FLAG_NO_ARG, "show the version", NULL),
    GLOBAL("help", 'h', G_OPTION_FLAG_NO_ARG, "show help", NULL),
    {0},
};

const GOptionEntry *
mig_options_global(void)
{
    return global_entries;
}

MigOptions *
mig_options_new(char **argv)
{
    MigOptions *options = g_new0(MigOptions, 1);

    options->argv = argv;
    options->rest = g_ptr_array_new();
    for (; *argv != NULL; argv++)
        g_ptr_array_add(options->rest, *argv);
    g_ptr_array_add(options->rest, NULL);
    return options;
}

void
mig_options_free(MigOptions *options)
{
    if (options == NULL)
        return;

    for (size_t i = 0; i < MIG_N_SETTINGS; i++)
        g_free(options->values[i]);
    g_free(options->config);
    g_free(options->format_text);
    g_free(options->color_text);
    g_ptr_array_unref(options->rest);
    g_strfreev(options->argv);
    mig_settings_free(options->settings);
    g_free(options);
}

static bool
take_text(char **text, const char *name, const char *value, GError **error)
{
    if (*text != NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "--%s is given twice; leave one of them out",
                    name);
        return false;
    }
    *text = g_strdup(value);
    return true;
}

static bool
take_choice(char **text, const char *name, const char *value, const char *const *choices,
            GError **error)
{
    if (!g_strv_contains(choices, value)) {
        g_autofree char *all = g_strjoinv(", ", (char **)choices);
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "--%s: \"%s\" is none of: %s", name, value,
                    all);
        return false;
    }
    return take_text(text, name, value, error);
}

/* Which of the flags a name means; NULL: none of them. */
static bool *
flag_of(MigOptions *options, const char *name)
{
    const struct {
        const char *name;
        const char *letter;
        bool *flag;
    } flags[] = {
        {"--quiet", "-q", &options->quiet}, {"--verbose", "-v", &options->verbose},
        {"--yes", NULL, &options->yes},     {"--no-progress", NULL, &options->no_progress},
        {"--help", "-h", &options->help},   {"--version", NULL, &options->version},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++) {
        if (strcmp(name, flags[i].name) == 0 || g_strcmp0(name, flags[i].letter) == 0)
            return flags[i].flag;
    }
    return NULL;
}

static gboolean
parse_global(const gchar *name, const gchar *value, gpointer data, GError **error)
{
    static const char *const colors[] = {"auto", "always", "never", NULL};
    MigOptions *options = data;
    bool *flag = flag_of(options, name);

    if (flag != NULL) {
        *flag = true;
        return TRUE;
    }
    if (strcmp(name, "--format") == 0) {
        if (!take_choice(&options->format_text, "format", value, formats, error))
            return FALSE;
        while (strcmp(formats[options->format], value) != 0)
            options->format++;
        return TRUE;
    }
    if (strcmp(name, "--color") == 0)
        return take_choice(&options->color_text, "color", value, colors, error);
    return take_text(&options->config, "config", value, error);
}

/* --lock-timeout 5s, -d URL, --strict-checksums, --no-verify */
static gboolean
parse_setting(const gchar *name, const gchar *value, gpointer data, GError **error)
{
    MigOptions *options = data;

    for (unsigned id = 0; id < MIG_N_SETTINGS; id++) {
        const MigSettingInfo *info = mig_setting_info((MigSettingId)id);
        bool matches = name[1] == '-' ? strcmp(name + 2, info->name) == 0
                                      : info->short_name != 0 && name[1] == info->short_name;
        bool negates = g_str_has_prefix(name, "--no-") && strcmp(name + 5, info->name) == 0;
        if (!matches && !negates)
            continue;
        if (info->kind == MIG_SETTING_KIND_BOOLEAN)
            value = negates ? "false" : "true";
        return take_text(&options->values[id], info->name, value, error);
    }
    return FALSE;
}

static void
add_entry(GArray *entries, const char *name, const MigSettingInfo *info)
{
    bool boolean = info->kind == MIG_SETTING_KIND_BOOLEAN;
    GOptionEntry entry = {
        .long_name = name,
        .short_name = info->short_name,
        /* As a file name the value comes as it is, whatever the locale. */
        .flags = boolean ? G_OPTION_FLAG_NO_ARG : G_OPTION_FLAG_FILENAME,
        .arg = G_OPTION_ARG_CALLBACK,
        .arg_data = (gpointer)parse_setting,
    };

    g_array_append_val(entries, entry);
}

static GOptionContext *
new_context(MigOptions *options, const GOptionEntry *own)
{
    g_autoptr(GArray) entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));

    for (unsigned id = 0; id < MIG_N_SETTINGS; id++) {
        const MigSettingInfo *info = mig_setting_info((MigSettingId)id);
        add_entry(entries, info->name, info);
        if (info->kind == MIG_SETTING_KIND_BOOLEAN)
            add_entry(entries,
                      g_intern_static_string(id == MIG_SETTING_VERIFY ? "no-verify"
                                                                      : "no-strict-checksums"),
                      info);
    }

    GOptionGroup *group = g_option_group_new("global", "Global options", "", options, NULL);
    g_option_group_add_entries(group, global_entries);
    g_option_group_add_entries(group, (const GOptionEntry *)(const void *)entries->data);

    GOptionContext *context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    /* Unknown ones are found afterwards, so that --format and --help count wherever they stand. */
    g_option_context_set_ignore_unknown_options(context, TRUE);
    g_option_context_add_group(context, group);
    if (own != NULL)
        g_option_context_add_main_entries(context, own, NULL);
    return context;
}

static bool
parse(MigOptions *options, const GOptionEntry *own, bool only_before_command, GError **error)
{
    g_autoptr(GOptionContext) context = new_context(options, own);
    char **argv = (char **)options->rest->pdata;
    int argc = (int)options->rest->len - 1;

    g_option_context_set_strict_posix(context, only_before_command);
    bool parsed = g_option_context_parse(context, &argc, &argv, error);
    g_ptr_array_set_size(options->rest, argc + 1);
    g_ptr_array_index(options->rest, argc) = NULL;
    if (!parsed)
        mig_error_adopt(error, MIG_ERROR_USAGE);
    return parsed;
}

static void
choose_colors(MigOptions *options)
{
    const char *no_color = g_getenv("NO_COLOR");
    const char *terminal = g_getenv("TERM");
    bool may = (no_color == NULL || *no_color == '\0') && g_strcmp0(terminal, "dumb") != 0;
    bool always = g_strcmp0(options->color_text, "always") == 0;
    bool never = g_strcmp0(options->color_text, "never") == 0;

    options->color_out = always || (!never && may && isatty(STDOUT_FILENO));
    options->color_err = always || (!never && may && isatty(STDERR_FILENO));
}

static bool
is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

bool
mig_options_begin(MigOptions *options, const char **out_word, GError **error)
{
    bool parsed = parse(options, NULL, true, error);

    choose_colors(options);
    if (!parsed)
        return false;

    *out_word = NULL;
    for (guint i = 1; i < options->rest->len - 1; i++) {
        const char *word = g_ptr_array_index(options->rest, i);
        if (is_option(word) && strcmp(word, "--") != 0)
            continue;
        g_ptr_array_remove_index(options->rest, i);
        if (strcmp(word, "--") == 0) {
            i--;
            continue;
        }
        *out_word = word;
        return true;
    }
    return true;
}

void
mig_options_glance(MigOptions *options)
{
    parse(options, NULL, false, NULL);
    choose_colors(options);
}

static void
collect_names(GPtrArray *names, const GOptionEntry *entries)
{
    for (; entries->long_name != NULL; entries++)
        g_ptr_array_add(names, (gpointer)entries->long_name);
}

bool
mig_options_refuse(const MigCommand *command, const GOptionEntry *own, const char *option,
                   GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    size_t dashes = strspn(option, "-");
    g_autofree char *typed = g_strndup(option, dashes + strcspn(option + dashes, "="));

    if (own != NULL)
        collect_names(names, own);
    collect_names(names, global_entries);
    for (unsigned id = 0; id < MIG_N_SETTINGS; id++)
        g_ptr_array_add(names, (gpointer)mig_setting_info((MigSettingId)id)->name);
    g_ptr_array_add(names, NULL);

    /* There is nothing to guess from one letter. */
    const char *meant = strlen(typed) > 2
                            ? mig_text_suggest(typed + dashes, (const char *const *)names->pdata)
                            : NULL;
    g_autofree char *hint = meant == NULL ? NULL : g_strdup_printf("; did you mean --%s?", meant);
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                "there is no %soption %s%s\n  for the options type: migrate help%s%s",
                command == NULL ? "global " : "", typed,
                hint != NULL      ? hint
                : command == NULL ? "; a command's own options go behind it"
                                  : "",
                command == NULL ? "" : " ", command == NULL ? "" : command->name);
    return false;
}

/* Text and JSON are every command's; which others there are differs. */
static bool
check_format(const MigInvocation *invocation, GError **error)
{
    g_autoptr(GString) all = g_string_new(NULL);

    for (unsigned format = 0; format < MIG_N_FORMATS; format++) {
        bool had = format <= MIG_FORMAT_JSON ||
                   (invocation->command->formats & MIG_FORMAT_BIT(format)) != 0;
        if (had && format == invocation->format)
            return true;
        if (had)
            g_string_append_printf(all, "%s%s", all->len > 0 ? ", " : "", formats[format]);
    }
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "%s has no format \"%s\"; it has: %s",
                invocation->command->name, formats[invocation->format], all->str);
    return false;
}

/* What is left are arguments, and options that nobody knows; `--` makes the rest arguments. */
static bool
check_rest(MigInvocation *invocation, const GOptionEntry *own, GError **error)
{
    GPtrArray *rest = invocation->options->rest;

    for (guint i = 1; i < rest->len - 1; i++) {
        const char *word = g_ptr_array_index(rest, i);
        if (strcmp(word, "--") == 0) {
            g_ptr_array_remove_index(rest, i);
            break;
        }
        if (is_option(word))
            return mig_options_refuse(invocation->command, own, word, error);
    }
    invocation->args = (const char *const *)rest->pdata + 1;
    invocation->n_args = rest->len - 2;

    const MigCommand *command = invocation->command;
    if (invocation->n_args < command->min_args) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "an argument is missing: migrate %s %s\n  for more type: migrate help %s",
                    command->name, command->arguments, command->name);
        return false;
    }
    if (invocation->n_args > command->max_args) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "\"%s\" is an argument too many: migrate %s%s%s\n"
                    "  for more type: migrate help %s",
                    invocation->args[command->max_args], command->name,
                    *command->arguments != '\0' ? " " : "", command->arguments, command->name);
        return false;
    }
    return true;
}

static bool
load_settings(MigInvocation *invocation, GError **error)
{
    MigOptions *options = invocation->options;
    g_auto(GStrv) environment = g_get_environ();
    const MigSettingsInput input = {
        .options = (const char *const *)options->values,
        .config = options->config,
        .only_here = invocation->command->only_here,
        .environment = (const char *const *)environment,
    };

    options->settings = mig_settings_load(&input, error);
    if (options->settings == NULL)
        return false;

    invocation->settings = options->settings;
    const GPtrArray *warnings = options->settings->warnings;
    for (guint i = 0; i < warnings->len && !options->quiet; i++)
        fprintf(stderr, "migrate: warning: %s\n", (const char *)g_ptr_array_index(warnings, i));
    if (options->verbose) {
        g_autofree char *text = mig_settings_describe(options->settings);
        fputs(text, stderr);
    }
    return true;
}

bool
mig_options_parse(MigInvocation *invocation, const GOptionEntry *entries, GError **error)
{
    MigOptions *options = invocation->options;

    if (options->describe != NULL) {
        options->describe(entries, options->describe_data);
        return false;
    }

    bool parsed = parse(options, entries, false, error);
    choose_colors(options);
    invocation->format = options->format;
    invocation->color_out = options->color_out;
    invocation->color_err = options->color_err;
    invocation->terminal_err = isatty(STDERR_FILENO);
    invocation->quiet = options->quiet;
    invocation->verbose = options->verbose;
    invocation->progress = !options->no_progress && !options->quiet;
    invocation->yes = options->yes;
    if (!parsed || options->version)
        return false;
    if (options->help) {
        mig_help_command(invocation->command, options->color_out);
        return false;
    }
    return check_format(invocation, error) && mig_repeated_refuse(options->argv, entries, error) &&
           check_rest(invocation, entries, error) &&
           (invocation->command->without_settings || load_settings(invocation, error));
}

void
mig_options_describe(const MigCommand *command, MigOptionsFunc func, gpointer data)
{
    MigOptions options = {.describe = func, .describe_data = data};
    MigInvocation invocation = {.command = command, .options = &options};

    command->run(&invocation, NULL);
}
