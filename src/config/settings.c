/* SPDX-License-Identifier: MIT */
/* MigSettings: every setting, its value, and where that came from. */
#include "config/settings.h"

#include "base/duration.h"
#include "base/text.h"
#include "config/environment.h"
#include "config/keyfile.h"
#include "config/password.h"
#include "driver/url.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void
mig_settings_free(MigSettings *settings)
{
    if (settings == NULL)
        return;

    for (size_t i = 0; i < MIG_N_SETTINGS; i++) {
        g_free(settings->values[i].text);
        g_free(settings->values[i].place);
    }
    g_free(settings->config_path);
    g_free(settings->dotenv_path);
    g_free(settings->database_shown);
    g_clear_pointer(&settings->warnings, g_ptr_array_unref);
    mig_lint_config_free(settings->rules);
    g_free(settings);
}

static void
set(MigSettings *settings, MigSettingId id, const char *text, MigOrigin origin, const char *place)
{
    MigSetting *value = &settings->values[id];

    g_free(value->text);
    g_free(value->place);
    *value = (MigSetting){.text = g_strdup(text), .origin = origin, .place = g_strdup(place)};
}

/* (owned) a path that is relative to a file's directory, as seen from the current one. */
static char *
beside(const char *file, const char *path)
{
    const char *slash = strrchr(file, '/');

    if (g_path_is_absolute(path) || slash == NULL)
        return g_strdup(path);
    return g_strdup_printf("%.*s%s", (int)(slash + 1 - file), file, path);
}

/* (owned) the same for sqlite:PATH; other URLs name no file. */
static char *
url_beside(const char *file, const char *url)
{
    if (g_ascii_strncasecmp(url, "sqlite:", 7) != 0)
        return g_strdup(url);

    const char *path = url + 7;
    if (g_str_has_prefix(path, "//"))
        path += 2;
    if (*path == '\0' || *path == ':' || g_str_has_prefix(path, "file:"))
        return g_strdup(url);

    g_autofree char *moved = beside(file, path);
    return g_strdup_printf("%.*s%s", (int)(path - url), url, moved);
}

static char *
relocate(MigSettingId id, const char *file, const char *text)
{
    if (mig_setting_info((MigSettingId)id)->kind == MIG_SETTING_KIND_PATH)
        return beside(file, text);
    if (mig_setting_info((MigSettingId)id)->kind == MIG_SETTING_KIND_URL)
        return url_beside(file, text);
    return g_strdup(text);
}

static bool
apply_section(MigSettings *settings, const MigKeyfile *keyfile, const char *section,
              MigOrigin origin, const MigSettingsInput *input, GError **error)
{
    for (unsigned id = 0; id < MIG_N_SETTINGS; id++) {
        const MigKeyfileEntry *entry =
            mig_keyfile_get(keyfile, section, mig_setting_info((MigSettingId)id)->name);
        if (entry == NULL)
            continue;
        /* A variable that only one environment needs mustn't be asked for when a value from
         * elsewhere is used anyway. */
        if (settings->values[id].origin > origin)
            continue;

        g_autofree char *place = g_strdup_printf("%s:%u", keyfile->path, entry->line);
        g_autofree char *text =
            mig_environment_expand(entry->value, input->environment, place, error);
        if (text == NULL)
            return false;
        g_autofree char *value = relocate((MigSettingId)id, keyfile->path, text);
        set(settings, (MigSettingId)id, value, origin, place);
    }
    return true;
}

static bool
choose_environment(MigSettings *settings, const MigKeyfile *keyfile, GError **error)
{
    const MigSetting *env = &settings->values[MIG_SETTING_ENV];

    if (env->text == NULL || *env->text == '\0')
        return true;
    if (keyfile == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "%s: there is no environment \"%s\", since there is no migrate.conf here or "
                    "above\n  name one with --config FILE, or make one with: migrate init",
                    env->place, env->text);
        return false;
    }

    const char *const *names = (const char *const *)keyfile->names->pdata;
    if (g_strv_contains(names, env->text)) {
        settings->environment = env->text;
        return true;
    }
    const char *meant = mig_text_suggest(env->text, names);
    g_autofree char *all = g_strjoinv(", ", (char **)keyfile->names->pdata);
    g_autofree char *hint = meant != NULL  ? g_strdup_printf("; did you mean \"%s\"?", meant)
                            : *all != '\0' ? g_strdup_printf("; it has: %s", all)
                                           : g_strdup("; it has none");
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "%s: %s has no section [env %s]%s", env->place,
                keyfile->path, env->text, hint);
    return false;
}

static bool
apply_dotenv(MigSettings *settings, GError **error)
{
    g_autofree char *path =
        settings->config_path != NULL ? beside(settings->config_path, ".env") : g_strdup(".env");
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    size_t length = 0;

    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return true;
    if (!g_file_get_contents(path, &text, &length, &cause)) {
        g_ptr_array_add(settings->warnings,
                        g_strdup_printf("%s is not read: %s", path, cause->message));
        return true;
    }

    g_autofree char *url = NULL;
    unsigned line = 0;
    if (!mig_dotenv_find(path, text, length, "DATABASE_URL", &url, &line, error))
        return false;
    settings->dotenv_path = g_strdup(path);
    if (url != NULL && *url != '\0') {
        g_autofree char *place = g_strdup_printf("%s:%u", path, line);
        g_autofree char *value = url_beside(path, url);
        set(settings, MIG_SETTING_DATABASE, value, MIG_ORIGIN_DOTENV, place);
    }
    return true;
}

static void
apply_environment(MigSettings *settings, const char *const *environment)
{
    for (unsigned id = 0; id < MIG_N_SETTINGS; id++) {
        g_autofree char *name = mig_setting_variable((MigSettingId)id);
        const char *text = mig_environment_get(environment, name);
        const char *place = name;
        if (text == NULL && id == MIG_SETTING_DATABASE) {
            place = "DATABASE_URL";
            text = mig_environment_get(environment, place);
        }
        if (text != NULL)
            set(settings, (MigSettingId)id, text, MIG_ORIGIN_ENVIRONMENT, place);
    }
}

static void
apply_options(MigSettings *settings, const char *const *options)
{
    for (unsigned id = 0; id < MIG_N_SETTINGS; id++) {
        if (options == NULL || options[id] == NULL)
            continue;
        g_autofree char *place = g_strconcat("--", mig_setting_info((MigSettingId)id)->name, NULL);
        set(settings, (MigSettingId)id, options[id], MIG_ORIGIN_COMMAND_LINE, place);
    }
}

static bool
check_values(const MigSettings *settings, GError **error)
{
    for (unsigned id = 0; id < MIG_N_SETTINGS; id++) {
        const MigSetting *value = &settings->values[id];
        g_autofree char *wrong =
            value->text == NULL ? NULL : mig_setting_check((MigSettingId)id, value->text);
        if (wrong != NULL) {
            const char *name =
                value->origin == MIG_ORIGIN_FILE || value->origin == MIG_ORIGIN_ENV_SECTION
                    ? mig_setting_info((MigSettingId)id)->name
                    : NULL;
            g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "%s: %s%s%s", value->place,
                        name != NULL ? name : "", name != NULL ? ": " : "", wrong);
            return false;
        }
    }
    return true;
}

static const char *
text_of(const MigSettings *settings, MigSettingId id)
{
    const char *text = settings->values[id].text;
    return text != NULL && *text != '\0' ? text : NULL;
}

static int64_t
duration_of(const MigSettings *settings, MigSettingId id)
{
    int64_t ms = 0;

    /* check_values() has seen it. */
    mig_duration_parse(settings->values[id].text, &ms);
    return ms;
}

static bool
boolean_of(const MigSettings *settings, MigSettingId id)
{
    bool value = false;

    mig_setting_boolean(settings->values[id].text, &value);
    return value;
}

static MigOutOfOrder
out_of_order_of(const char *text)
{
    if (strcmp(text, "allow") == 0)
        return MIG_OUT_OF_ORDER_ALLOW;
    return strcmp(text, "refuse") == 0 ? MIG_OUT_OF_ORDER_REFUSE : MIG_OUT_OF_ORDER_AUTO;
}

static MigGateMode
gate_mode_of(const char *text)
{
    if (strcmp(text, "warn") == 0)
        return MIG_GATE_WARN;
    return strcmp(text, "off") == 0 ? MIG_GATE_OFF : MIG_GATE_ERROR;
}

static void
take_values(MigSettings *s)
{
    s->database = text_of(s, MIG_SETTING_DATABASE);
    if (s->database != NULL) {
        /* "me:secret@host/db" lacks a scheme, and nobody knows where its password would be. */
        bool known =
            strstr(s->database, "://") != NULL || mig_url_engine(s->database) == MIG_ENGINE_SQLITE;
        s->database_shown = known ? mig_url_redact(s->database) : g_strdup("***");
    }
    s->directory = text_of(s, MIG_SETTING_DIR);
    s->history_schema = text_of(s, MIG_SETTING_HISTORY_SCHEMA);
    s->history_table = text_of(s, MIG_SETTING_HISTORY_TABLE);
    s->lock_timeout_ms = duration_of(s, MIG_SETTING_LOCK_TIMEOUT);
    s->statement_timeout_ms = duration_of(s, MIG_SETTING_STATEMENT_TIMEOUT);
    s->lock_wait_ms = duration_of(s, MIG_SETTING_LOCK_WAIT);
    s->lock_retries =
        (unsigned)g_ascii_strtoull(s->values[MIG_SETTING_LOCK_RETRIES].text, NULL, 10);
    s->reconnect_ms = duration_of(s, MIG_SETTING_RECONNECT);
    s->out_of_order = out_of_order_of(s->values[MIG_SETTING_OUT_OF_ORDER].text);
    s->strict_checksums = boolean_of(s, MIG_SETTING_STRICT_CHECKSUMS);
    s->verify = boolean_of(s, MIG_SETTING_VERIFY);
    s->lint = gate_mode_of(s->values[MIG_SETTING_LINT].text);
    const char *engine = text_of(s, MIG_SETTING_ENGINE);
    s->engine = engine == NULL ? MIG_ENGINE_NONE : mig_engine_from_name(engine);
    s->server_version = text_of(s, MIG_SETTING_SERVER_VERSION);
}

/* Whoever types -e production expects its database; spec'd precedence may give another one. */
static void
warn_of_other_database(MigSettings *settings, const MigKeyfile *keyfile)
{
    const MigSetting *database = &settings->values[MIG_SETTING_DATABASE];

    if (settings->environment == NULL ||
        (database->origin != MIG_ORIGIN_ENVIRONMENT && database->origin != MIG_ORIGIN_DOTENV))
        return;

    g_autofree char *section = g_strconcat("env ", settings->environment, NULL);
    const MigKeyfileEntry *entry = mig_keyfile_get(keyfile, section, "database");
    if (entry != NULL)
        g_ptr_array_add(settings->warnings,
                        g_strdup_printf("the database is that of %s, which stands above [%s] "
                                        "(%s:%u)",
                                        database->place, section, keyfile->path, entry->line));
}

static MigKeyfile *
read_keyfile(MigSettings *settings, const MigSettingsInput *input, GError **error)
{
    const char *named = input->config;

    if (named == NULL)
        named = mig_environment_get(input->environment, "MIGRATE_CONFIG");
    settings->config_path = named != NULL ? g_strdup(named) : mig_keyfile_find(input->only_here);
    settings->config_named = named != NULL;
    return settings->config_path == NULL ? NULL : mig_keyfile_read(settings->config_path, error);
}

/* [lint], and each [lint PATTERN]. */
static bool
apply_rules(MigSettings *settings, const MigKeyfile *keyfile, GError **error)
{
    for (guint i = 0; i < keyfile->entries->len; i++) {
        const MigKeyfileEntry *entry = g_ptr_array_index(keyfile->entries, i);
        bool by_path = g_str_has_prefix(entry->section, "lint ");

        if (!by_path && strcmp(entry->section, "lint") != 0)
            continue;
        g_autofree char *problem =
            mig_lint_config_set(settings->rules, by_path ? entry->section + strlen("lint ") : NULL,
                                entry->key, entry->value);
        if (problem == NULL)
            continue;
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "%s:%u: %s", keyfile->path, entry->line,
                    problem);
        return false;
    }
    return true;
}

MigSettings *
mig_settings_load(const MigSettingsInput *input, GError **error)
{
    g_autoptr(MigSettings) settings = g_new0(MigSettings, 1);
    settings->warnings = g_ptr_array_new_with_free_func(g_free);
    settings->rules = mig_lint_config_new();
    g_autoptr(MigKeyfile) keyfile = read_keyfile(settings, input, error);
    if (keyfile == NULL && settings->config_path != NULL)
        return NULL;

    for (unsigned id = 0; id < MIG_N_SETTINGS; id++)
        set(settings, (MigSettingId)id, mig_setting_info((MigSettingId)id)->initial,
            MIG_ORIGIN_DEFAULT, "default");

    /* The strongest first: what is below them is not even expanded. */
    apply_environment(settings, input->environment);
    apply_options(settings, input->options);
    if (settings->values[MIG_SETTING_DATABASE].origin == MIG_ORIGIN_DEFAULT &&
        !apply_dotenv(settings, error))
        return NULL;

    if (keyfile != NULL && settings->values[MIG_SETTING_ENV].origin == MIG_ORIGIN_DEFAULT) {
        const MigKeyfileEntry *env = mig_keyfile_get(keyfile, "migrate", "env");
        if (env != NULL) {
            g_autofree char *place = g_strdup_printf("%s:%u", keyfile->path, env->line);
            set(settings, MIG_SETTING_ENV, env->value, MIG_ORIGIN_FILE, place);
        }
    }
    if (!choose_environment(settings, keyfile, error))
        return NULL;
    if (settings->environment != NULL) {
        g_autofree char *section = g_strconcat("env ", settings->environment, NULL);
        if (!apply_section(settings, keyfile, section, MIG_ORIGIN_ENV_SECTION, input, error))
            return NULL;
    }
    if (keyfile != NULL &&
        !apply_section(settings, keyfile, "migrate", MIG_ORIGIN_FILE, input, error))
        return NULL;

    if (keyfile != NULL && !apply_rules(settings, keyfile, error))
        return NULL;
    if (!check_values(settings, error))
        return NULL;
    take_values(settings);
    if (keyfile != NULL)
        warn_of_other_database(settings, keyfile);
    return g_steal_pointer(&settings);
}

const char *
mig_settings_database(const MigSettings *settings, GError **error)
{
    if (settings->database == NULL)
        g_set_error(
            error, MIG_ERROR, MIG_ERROR_USAGE,
            "no database is configured\n"
            "  give one with -d URL, in the variable DATABASE_URL, or as \"database = URL\" "
            "in migrate.conf;\n"
            "  a URL is sqlite:FILE, postgres://USER@HOST/DATABASE or "
            "mysql://USER@HOST/DATABASE");
    return settings->database;
}

/* A file that lies in a parent directory by somebody else's doing mustn't run commands as us. */
static bool
may_run_command(const MigSettings *settings, const MigSetting *command, GError **error)
{
    struct stat status = {0};

    if (settings->config_named ||
        (command->origin != MIG_ORIGIN_FILE && command->origin != MIG_ORIGIN_ENV_SECTION))
        return true;
    if (stat(settings->config_path, &status) == 0 &&
        (status.st_uid == geteuid() || status.st_uid == 0))
        return true;
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                "%s: this command is not run, since the file belongs to another user\n"
                "  if you trust it, name it: --config %s",
                command->place, settings->config_path);
    return false;
}

bool
mig_settings_password(const MigSettings *settings, char **out_password, GError **error)
{
    const MigSetting *file = &settings->values[MIG_SETTING_PASSWORD_FILE];
    const MigSetting *command = &settings->values[MIG_SETTING_PASSWORD_COMMAND];

    *out_password = NULL;
    if (file->text == NULL && command->text == NULL)
        return true;

    /* The stronger of the two counts: --password-command above a password-file that is configured. */
    if (file->text != NULL && command->text != NULL && file->origin == command->origin) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "%s and %s both give the password; leave one of them out", file->place,
                    command->place);
        return false;
    }
    bool from_file =
        command->text == NULL || (file->text != NULL && file->origin > command->origin);
    if (!from_file && !may_run_command(settings, command, error))
        return false;
    *out_password = from_file ? mig_password_read_file(file->text, file->place, error)
                              : mig_password_run_command(command->text, command->place, error);
    return *out_password != NULL;
}

char *
mig_settings_describe(const MigSettings *settings)
{
    GString *out = g_string_new(NULL);

    g_string_append_printf(out, "configuration: %s\n",
                           settings->config_path != NULL ? settings->config_path : "none");
    if (settings->dotenv_path != NULL)
        g_string_append_printf(out, ".env: %s\n", settings->dotenv_path);
    for (unsigned id = 0; id < MIG_N_SETTINGS; id++) {
        const MigSetting *value = &settings->values[id];
        if (value->text == NULL)
            continue;
        const char *shown = value->text;
        if (id == MIG_SETTING_DATABASE)
            shown = settings->database_shown;
        else if (id == MIG_SETTING_PASSWORD_COMMAND)
            shown = "***"; /* as like as not it is an echo */
        g_string_append_printf(out, "%s = %s (%s)\n", mig_setting_info((MigSettingId)id)->name,
                               shown, value->place);
    }
    return g_string_free(out, FALSE);
}
