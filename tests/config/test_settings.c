/* SPDX-License-Identifier: MIT */
/* Settings: which value counts, what it means, and where it is from. */
#include "config/settings.h"
#include "support/scratch.h"

#include <string.h>
#include <unistd.h>

typedef struct {
    char *folder; /* (owned) the current directory during the test */
    char *before; /* (owned) */
} Place;

static void
set_up(Place *place, gconstpointer data)
{
    (void)data;
    place->before = g_get_current_dir();
    place->folder = mig_scratch_new();
    g_assert_cmpint(chdir(place->folder), ==, 0);
}

static void
tear_down(Place *place, gconstpointer data)
{
    (void)data;
    g_assert_cmpint(chdir(place->before), ==, 0);
    mig_scratch_remove(place->folder);
    g_free(place->folder);
    g_free(place->before);
}

static void
write_file(const char *path, const char *text)
{
    g_autoptr(GError) error = NULL;

    g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
}

static void
test_defaults(Place *place, gconstpointer data)
{
    (void)place;
    (void)data;
    g_autoptr(GError) error = NULL;
    const MigSettingsInput input = {.only_here = true};
    g_autoptr(MigSettings) settings = mig_settings_load(&input, &error);

    g_assert_no_error(error);
    g_assert_null(settings->database);
    g_assert_null(settings->config_path);
    g_assert_cmpstr(settings->directory, ==, "migrations");
    g_assert_null(settings->history_schema);
    g_assert_cmpstr(settings->history_table, ==, "migrate_history");
    g_assert_cmpint(settings->lock_timeout_ms, ==, 5000);
    g_assert_cmpint(settings->statement_timeout_ms, ==, 0);
    g_assert_cmpint(settings->lock_wait_ms, ==, 60000);
    g_assert_cmpuint(settings->lock_retries, ==, 10);
    g_assert_cmpint(settings->reconnect_ms, ==, 30000);
    g_assert_cmpint(settings->out_of_order, ==, MIG_OUT_OF_ORDER_AUTO);
    g_assert_false(settings->strict_checksums);
    g_assert_true(settings->verify);
    g_assert_cmpint(settings->engine, ==, MIG_ENGINE_NONE);

    g_assert_null(mig_settings_database(settings, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_USAGE);
    g_assert_nonnull(strstr(error->message, "DATABASE_URL"));
}

static void
test_strongest_counts(Place *place, gconstpointer data)
{
    (void)place;
    (void)data;
    static const char *const environment[] = {"MIGRATE_LOCK_WAIT=3s",     "MIGRATE_RECONNECT=3s",
                                              "DATABASE_URL=sqlite:a.db", "MIGRATE_VERIFY=Off",
                                              "MIGRATE_ENGINE=pg",        NULL};
    const char *options[MIG_N_SETTINGS] = {
        [MIG_SETTING_RECONNECT] = "4s", [MIG_SETTING_ENV] = "production"};
    const MigSettingsInput input = {.options = options, .environment = environment};
    g_autoptr(GError) error = NULL;

    write_file("migrate.conf", "[migrate]\nlock-retries = 1\nlock-timeout = 1s\nlock-wait = 1s\n"
                               "[env production]\nlock-timeout = 2s\nlock-wait = 2s\n"
                               "reconnect = 2s\nout-of-order = allow\nstrict-checksums = yes\n");
    g_autoptr(MigSettings) settings = mig_settings_load(&input, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(settings->lock_retries, ==, 1);
    g_assert_cmpint(settings->lock_timeout_ms, ==, 2000);
    g_assert_cmpint(settings->lock_wait_ms, ==, 3000);
    g_assert_cmpint(settings->reconnect_ms, ==, 4000);
    g_assert_cmpint(settings->out_of_order, ==, MIG_OUT_OF_ORDER_ALLOW);
    g_assert_true(settings->strict_checksums);
    g_assert_false(settings->verify);
    g_assert_cmpint(settings->engine, ==, MIG_ENGINE_POSTGRES);
    g_assert_cmpstr(settings->environment, ==, "production");
    g_assert_cmpint(settings->values[MIG_SETTING_LOCK_TIMEOUT].origin, ==, MIG_ORIGIN_ENV_SECTION);
    g_assert_cmpstr(settings->values[MIG_SETTING_LOCK_TIMEOUT].place, ==, "migrate.conf:6");
    g_assert_cmpstr(settings->values[MIG_SETTING_DATABASE].place, ==, "DATABASE_URL");
}

static void
test_paths_of_a_file(Place *place, gconstpointer data)
{
    (void)data;
    static const struct {
        const char *url;
        const char *from_sub; /* with the file one directory up */
    } urls[] = {
        {"sqlite:app.db", "sqlite:../app.db"},          {"sqlite://app.db", "sqlite://../app.db"},
        {"sqlite:/app.db", "sqlite:/app.db"},           {"sqlite:///app.db", "sqlite:///app.db"},
        {"sqlite::memory:", "sqlite::memory:"},         {"SQLite:a/b.db", "SQLite:../a/b.db"},
        {"postgres://h/app.db", "postgres://h/app.db"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(urls); i++) {
        g_autofree char *text =
            g_strdup_printf("[migrate]\ndatabase = %s\ndir = sql\n", urls[i].url);
        write_file("migrate.conf", text);
        g_assert_cmpint(g_mkdir_with_parents("sub", 0777), ==, 0);
        g_assert_cmpint(chdir("sub"), ==, 0);

        g_autoptr(GError) error = NULL;
        const MigSettingsInput input = {0};
        g_autoptr(MigSettings) settings = mig_settings_load(&input, &error);
        g_assert_cmpint(chdir(place->folder), ==, 0);
        g_assert_no_error(error);
        g_assert_cmpstr(settings->database, ==, urls[i].from_sub);
        g_assert_cmpstr(settings->directory, ==, "../sql");
    }
}

static void
test_password(Place *place, gconstpointer data)
{
    (void)place;
    (void)data;
    const char *options[MIG_N_SETTINGS] = {0};
    const MigSettingsInput input = {.options = options};
    g_autofree char *password = NULL;
    g_autoptr(GError) error = NULL;

    write_file("word", "from the file\n");
    write_file("migrate.conf", "[migrate]\npassword-file = word\n");
    g_autoptr(MigSettings) of_file = mig_settings_load(&input, &error);
    g_assert_no_error(error);
    g_assert_true(mig_settings_password(of_file, &password, &error));
    g_assert_cmpstr(password, ==, "from the file");
    g_clear_pointer(&password, g_free);

    /* An option is above the file, whichever of the two it is. */
    options[MIG_SETTING_PASSWORD_COMMAND] = "echo from the command";
    g_autoptr(MigSettings) of_command = mig_settings_load(&input, &error);
    g_assert_true(mig_settings_password(of_command, &password, &error));
    g_assert_cmpstr(password, ==, "from the command");
    g_clear_pointer(&password, g_free);

    options[MIG_SETTING_PASSWORD_FILE] = "word";
    g_autoptr(MigSettings) of_both = mig_settings_load(&input, &error);
    g_assert_false(mig_settings_password(of_both, &password, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_USAGE);
}

static void
test_command_of_a_stranger(Place *place, gconstpointer data)
{
    (void)place;
    (void)data;
    if (geteuid() != 0) {
        g_test_skip("only root can give a file away");
        return;
    }

    g_autoptr(GError) error = NULL;
    g_autofree char *password = NULL;
    write_file("migrate.conf", "[migrate]\npassword-command = echo word\n");
    g_assert_cmpint(chown("migrate.conf", 12345, 12345), ==, 0);

    const MigSettingsInput found = {0};
    g_autoptr(MigSettings) settings = mig_settings_load(&found, &error);
    g_assert_no_error(error);
    g_assert_false(mig_settings_password(settings, &password, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_USAGE);
    g_clear_error(&error);

    const MigSettingsInput named = {.config = "migrate.conf"};
    g_autoptr(MigSettings) trusted = mig_settings_load(&named, &error);
    g_assert_true(mig_settings_password(trusted, &password, &error));
    g_assert_cmpstr(password, ==, "word");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/config/settings/defaults", Place, NULL, set_up, test_defaults, tear_down);
    g_test_add("/config/settings/the-strongest-counts", Place, NULL, set_up, test_strongest_counts,
               tear_down);
    g_test_add("/config/settings/paths-are-relative-to-their-file", Place, NULL, set_up,
               test_paths_of_a_file, tear_down);
    g_test_add("/config/settings/password", Place, NULL, set_up, test_password, tear_down);
    g_test_add("/config/settings/no-command-of-a-stranger-is-run", Place, NULL, set_up,
               test_command_of_a_stranger, tear_down);
    return g_test_run();
}
