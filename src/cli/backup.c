/* SPDX-License-Identifier: MIT */
/* A backup before anything runs. */
#include "cli/backup.h"

#include "base/duration.h"
#include "base/error.h"
#include "base/spawn.h"
#include "driver/url.h"

#include <glib/gstdio.h>
#include <string.h>

static bool
refuse_missing(const char *program, GError **error)
{
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                "--backup: %s is not on PATH; install the database's client programs, or make the "
                "backup in another way; nothing was changed",
                program);
    return false;
}

static bool
run_dump(const MigSpawn *dump, const char *path, GError **error)
{
    int status = 0;

    if (!mig_spawn(dump, &status, error)) {
        mig_error_adopt(error, MIG_ERROR_FAILED);
        return false;
    }
    GStatBuf found;
    bool there = g_stat(path, &found) == 0 && found.st_size > 0;
    if (status == 0 && there)
        return true;

    g_autofree char *what = mig_spawn_describe(status);
    g_unlink(path);
    g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "--backup: %s %s%s; nothing was changed",
                dump->argv[0], what, status == 0 ? " and wrote nothing" : "");
    return false;
}

/* (owned) a password file in which one password is for everything. Manual: PostgreSQL 15, "The
 * Password File". */
static char *
write_passfile(const char *password)
{
    GString *line = g_string_new("*:*:*:*:");

    for (; *password != '\0'; password++) {
        if (*password == ':' || *password == '\\')
            g_string_append_c(line, '\\');
        g_string_append_c(line, *password);
    }
    g_string_append_c(line, '\n');
    return g_string_free(line, FALSE);
}

static bool
dump_postgres(const char *url, const char *password, const char *path, GError **error)
{
    g_autofree char *own = NULL;
    g_autofree char *bare = mig_url_take_password(url, &own);
    const char *secret = password != NULL ? password : own;
    g_autofree char *passfile = secret != NULL ? write_passfile(secret) : NULL;
    g_autofree char *file = g_strdup_printf("--file=%s", path);
    g_autofree char *database = g_strdup_printf("--dbname=%s", bare);
    g_autofree char *program = g_find_program_in_path("pg_dump");
    g_autoptr(GPtrArray) argv = g_ptr_array_new();

    if (program == NULL)
        return refuse_missing("pg_dump", error);
    g_ptr_array_add(argv, program);
    g_ptr_array_add(argv, (gpointer)(uintptr_t) "--format=custom");
    g_ptr_array_add(argv, (gpointer)(uintptr_t) "--no-password");
    g_ptr_array_add(argv, file);
    g_ptr_array_add(argv, database);
    g_ptr_array_add(argv, NULL);

    /* A password file is the last thing that libpq looks at. */
    static const char *const environment[] = {"PGPASSFILE=" MIG_SPAWN_SECRET, "PGPASSWORD", NULL};
    const MigSpawn dump = {
        .argv = (const char *const *)argv->pdata,
        .environment = passfile != NULL ? environment : NULL,
        .secret = passfile,
    };
    return run_dump(&dump, path, error);
}

static void
add_option(GPtrArray *argv, const char *name, const char *value)
{
    if (value != NULL && *value != '\0')
        g_ptr_array_add(argv, g_strdup_printf("--%s=%s", name, value));
}

/* (owned) an option file with a password behind what the user's own option file says. Manual: MariaDB
 * 10.11, "Configuring MariaDB with Option Files", Options and Values. */
static char *
write_option_file(const char *defaults, const char *password)
{
    GString *text = g_string_new(NULL);

    if (defaults != NULL)
        g_string_append_printf(text, "!include %s\n", defaults);
    g_string_append(text, "[client]\npassword=\"");
    for (; *password != '\0'; password++) {
        if (*password == '"' || *password == '\\')
            g_string_append_c(text, '\\');
        if (*password == '\n')
            g_string_append(text, "\\n");
        else
            g_string_append_c(text, *password);
    }
    g_string_append(text, "\"\n");
    return g_string_free(text, FALSE);
}

/* Our URL's parts as options of the client programs. */
static bool
add_mysql_target(GPtrArray *argv, const char *bare, const char *password, char **out_secret,
                 GError **error)
{
    g_autoptr(GUri) uri =
        g_uri_parse(bare, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_PARSE_RELAXED, error);
    if (uri == NULL)
        return false;

    g_autoptr(GHashTable) parameters =
        g_uri_get_query(uri) == NULL
            ? NULL
            : g_uri_parse_params(g_uri_get_query(uri), -1, "&", G_URI_PARAMS_NONE, error);
    if (g_uri_get_query(uri) != NULL && parameters == NULL)
        return false;
    static const char *const names[] = {"socket", "ssl-ca", "ssl-cert", "ssl-key"};
    const char *defaults =
        parameters != NULL ? g_hash_table_lookup(parameters, "defaults-file") : NULL;
    if (password != NULL)
        *out_secret = write_option_file(defaults, password);
    /* It has to be the first one. */
    if (password != NULL || defaults != NULL)
        g_ptr_array_insert(argv, 1,
                           g_strconcat("--defaults-extra-file=",
                                       password != NULL ? MIG_SPAWN_SECRET : defaults, NULL));
    add_option(argv, "host", g_uri_get_host(uri));
    if (g_uri_get_port(uri) > 0)
        g_ptr_array_add(argv, g_strdup_printf("--port=%d", g_uri_get_port(uri)));
    add_option(argv, "user", g_uri_get_user(uri));
    for (size_t i = 0; parameters != NULL && i < G_N_ELEMENTS(names); i++)
        add_option(argv, names[i], g_hash_table_lookup(parameters, names[i]));

    const char *path = g_uri_get_path(uri);
    g_ptr_array_add(argv, g_strdup("--"));
    g_ptr_array_add(argv, g_strdup(path[0] == '/' ? path + 1 : path));
    return true;
}

static bool
dump_mysql(const char *url, const char *password, const char *path, bool mariadb, GError **error)
{
    g_autofree char *own = NULL;
    g_autofree char *bare = mig_url_take_password(url, &own);
    const char *secret = password != NULL ? password : own;
    g_autofree char *options = NULL;
    g_autofree char *program = mariadb ? g_find_program_in_path("mariadb-dump") : NULL;
    g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func(g_free);

    if (program == NULL)
        program = g_find_program_in_path("mysqldump");
    if (program == NULL)
        return refuse_missing("mysqldump", error);
    g_ptr_array_add(argv, g_strdup(program));
    g_ptr_array_add(argv, g_strdup_printf("--result-file=%s", path));
    g_ptr_array_add(argv, g_strdup("--single-transaction"));
    g_ptr_array_add(argv, g_strdup("--routines"));
    g_ptr_array_add(argv, g_strdup("--triggers"));
    g_ptr_array_add(argv, g_strdup("--events"));
    if (!add_mysql_target(argv, bare, secret, &options, error)) {
        mig_error_adopt(error, MIG_ERROR_USAGE);
        return false;
    }
    g_ptr_array_add(argv, NULL);

    const MigSpawn dump = {.argv = (const char *const *)argv->pdata, .secret = options};
    return run_dump(&dump, path, error);
}

bool
mig_backup_make(MigSession *session, const char *path, GError **error)
{
    const MigServer *server = mig_session_server(session);
    const char *url = session->invocation->settings->database;
    int64_t start = g_get_monotonic_time();
    bool made = false;

    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "--backup: %s is there already, and is not overwritten; nothing was changed",
                    path);
        return false;
    }
    if (server->engine == MIG_ENGINE_SQLITE)
        made = mig_target_backup(session->target, path, error);
    else if (server->engine == MIG_ENGINE_POSTGRES)
        made = dump_postgres(url, session->password, path, error);
    else
        made =
            dump_mysql(url, session->password, path, server->engine == MIG_ENGINE_MARIADB, error);
    if (made && !session->report.quiet) {
        g_autofree char *time = mig_duration_format((g_get_monotonic_time() - start) / 1000);
        fprintf(session->report.err, "backup: %s (%s)\n", path, time);
    }
    return made;
}
