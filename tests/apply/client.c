/* SPDX-License-Identifier: MIT */
/* The engines' own clients: psql, sqlite3, mariadb or mysql. */
#include "apply/client.h"

#include <stdint.h>
#include <string.h>

static void
add(GPtrArray *arguments, char *argument)
{
    g_ptr_array_add(arguments, argument);
}

static void
add_mysql(GPtrArray *arguments, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GUri) uri = g_uri_parse(
        url, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY,
        &error);
    g_assert_no_error(error);
    g_autoptr(GHashTable) query =
        g_uri_get_query(uri) != NULL
            ? g_uri_parse_params(g_uri_get_query(uri), -1, "&", G_URI_PARAMS_NONE, &error)
            : NULL;
    g_autofree char *mariadb = g_find_program_in_path("mariadb");

    add(arguments, g_strdup(mariadb != NULL ? "mariadb" : "mysql"));
    add(arguments, g_strdup("--no-defaults"));
    add(arguments, g_strdup("--default-character-set=utf8mb4"));
    add(arguments, g_strdup_printf("--user=%s", g_uri_get_user(uri)));
    if (g_uri_get_password(uri) != NULL)
        add(arguments, g_strdup_printf("--password=%s", g_uri_get_password(uri)));
    if (query != NULL && g_hash_table_contains(query, "socket"))
        add(arguments,
            g_strdup_printf("--socket=%s", (char *)g_hash_table_lookup(query, "socket")));
    else
        add(arguments, g_strdup_printf("--host=%s", g_uri_get_host(uri)));
    if (g_uri_get_port(uri) > 0)
        add(arguments, g_strdup_printf("--port=%d", g_uri_get_port(uri)));
    add(arguments, g_strdup(g_uri_get_path(uri) + 1));
}

static GPtrArray *
arguments_for(const MigTestDatabase *database)
{
    GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);

    if (strcmp(database->engine, "sqlite") == 0) {
        add(arguments, g_strdup("sqlite3"));
        add(arguments, g_strdup("-bail"));
        add(arguments, g_strdup(database->url + strlen("sqlite:")));
    } else if (strcmp(database->engine, "postgres") == 0) {
        add(arguments, g_strdup("psql"));
        add(arguments, g_strdup("-Xq"));
        add(arguments, g_strdup("-v"));
        add(arguments, g_strdup("ON_ERROR_STOP=1"));
        add(arguments, g_strdup(database->url));
    } else {
        add_mysql(arguments, database->url);
    }
    g_ptr_array_add(arguments, NULL);
    return arguments;
}

bool
mig_client_run(const MigTestDatabase *database, const char *sql)
{
    g_autoptr(GPtrArray) arguments = arguments_for(database);
    g_autofree char *path = g_build_filename(database->folder, "script.sql", NULL);
    g_autofree char *said = NULL;
    g_autoptr(GError) error = NULL;
    int status = 0;

    g_file_set_contents(path, sql, -1, &error);
    g_assert_no_error(error);
    /* A shell opens the file: GLib 2.74 can't give a child another standard input by name. */
    g_autoptr(GPtrArray) command = g_ptr_array_new();
    g_ptr_array_add(command, (gpointer)(uintptr_t) "sh");
    g_ptr_array_add(command, (gpointer)(uintptr_t) "-c");
    g_ptr_array_add(command, (gpointer)(uintptr_t) "exec \"$@\" < script.sql");
    g_ptr_array_add(command, (gpointer)(uintptr_t) "sh");
    for (guint i = 0; i < arguments->len; i++)
        g_ptr_array_add(command, g_ptr_array_index(arguments, i));
    g_spawn_sync(database->folder, (char **)command->pdata, NULL,
                 G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &said, &status,
                 &error);
    g_assert_no_error(error);
    if (status != 0)
        g_test_message("%s\n%s", said, sql);
    return status == 0;
}
