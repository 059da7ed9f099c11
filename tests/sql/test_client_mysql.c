/* SPDX-License-Identifier: MIT */
/* Our statements one by one leave the database that mysql leaves with the same script. */
#include <string.h>
#include <mysql.h>

#include "clients.h"
#include "support/server.h"

typedef struct {
    char *user;
    char *password;
    char *host;
    char *socket;
    unsigned port;
} Server;

static void
clear_server(Server *server)
{
    g_free(server->user);
    g_free(server->password);
    g_free(server->host);
    g_free(server->socket);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Server, clear_server)

static void
parse_url(Server *server, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_HAS_PASSWORD, &error);
    g_assert_no_error(error);

    g_autoptr(GHashTable) options =
        g_uri_parse_params(g_uri_get_query(uri) != NULL ? g_uri_get_query(uri) : "", -1, "&",
                           G_URI_PARAMS_NONE, &error);
    g_assert_no_error(error);
    server->user = g_strdup(g_uri_get_user(uri));
    server->password = g_strdup(g_uri_get_password(uri));
    server->host = g_strdup(g_uri_get_host(uri));
    server->socket = g_strdup(g_hash_table_lookup(options, "socket"));
    server->port = g_uri_get_port(uri) > 0 ? (unsigned)g_uri_get_port(uri) : 0;
}

static MYSQL *
connect_to(const Server *server, const char *database)
{
    MYSQL *connection = mysql_init(NULL);
    mysql_options(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (mysql_real_connect(connection, server->host, server->user, server->password, database,
                           server->port, server->socket, 0) == NULL)
        g_error("%s", mysql_error(connection));
    return connection;
}

static void
run(MYSQL *connection, const char *sql, size_t length, const char *place)
{
    if (mysql_real_query(connection, sql, length) != 0)
        g_error("%s: %s: %.*s", place, mysql_error(connection), (int)length, sql);
    MYSQL_RES *result = mysql_store_result(connection);
    if (result != NULL)
        mysql_free_result(result);
    /* One statement is what the server's own parser takes for one. */
    g_assert_false(mysql_more_results(connection));
}

static void
send_statement(gpointer connection, const char *text, const MigStatement *statement)
{
    g_autofree char *place = g_strdup_printf("%u:%u", statement->line, statement->column);
    run(connection, text + statement->offset, statement->length, place);
}

static void
send_script(const Server *server, const char *database, const char *text, size_t length)
{
    MYSQL *connection = connect_to(server, database);
    bool mariadb = strstr(mysql_get_server_info(connection), "MariaDB") != NULL;
    client_send(text, length, mariadb ? MIG_ENGINE_MARIADB : MIG_ENGINE_MYSQL, send_statement,
                connection);
    mysql_close(connection);
}

static char *
make_database(const Server *server, const char *suffix)
{
    char *name = g_strdup_printf("sql_client_%s_%u", suffix, g_test_rand_int());
    g_autofree char *sql = g_strdup_printf("CREATE DATABASE %s CHARACTER SET utf8mb4", name);
    MYSQL *connection = connect_to(server, NULL);
    run(connection, sql, strlen(sql), "server");
    mysql_close(connection);
    return name;
}

static void
drop_database(const Server *server, const char *name)
{
    g_autofree char *sql = g_strdup_printf("DROP DATABASE %s", name);
    MYSQL *connection = connect_to(server, NULL);
    run(connection, sql, strlen(sql), "server");
    mysql_close(connection);
}

/* The options by which a client finds the server, before those of its own. */
static char *
run_client(const Server *server, const char *const *programs, const char *const *options,
           const char *input)
{
    g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func(g_free);
    char *program = g_find_program_in_path(programs[0]);

    g_ptr_array_add(argv, program != NULL ? program : g_find_program_in_path(programs[1]));
    g_ptr_array_add(argv, g_strdup("--no-defaults"));
    g_ptr_array_add(argv, g_strdup("--default-character-set=utf8mb4"));
    if (server->user != NULL)
        g_ptr_array_add(argv, g_strconcat("--user=", server->user, NULL));
    if (server->password != NULL)
        g_ptr_array_add(argv, g_strconcat("--password=", server->password, NULL));
    if (server->host != NULL)
        g_ptr_array_add(argv, g_strconcat("--host=", server->host, NULL));
    if (server->port != 0)
        g_ptr_array_add(argv, g_strdup_printf("--port=%u", server->port));
    if (server->socket != NULL)
        g_ptr_array_add(argv, g_strconcat("--socket=", server->socket, NULL));
    for (size_t i = 0; options[i] != NULL; i++)
        g_ptr_array_add(argv, g_strdup(options[i]));
    g_ptr_array_add(argv, NULL);
    return client_run((const char *const *)argv->pdata, input);
}

static char *
dump(const Server *server, const char *database)
{
    static const char *const programs[] = {"mariadb-dump", "mysqldump"};
    const char *const options[] = {"--routines",      "--triggers", "--events", "--skip-dump-date",
                                   "--skip-comments", database,     NULL};
    return run_client(server, programs, options, NULL);
}

static void
leaves_what_the_client_leaves(gconstpointer data)
{
    static const char *const programs[] = {"mariadb", "mysql"};
    const char *path = data;
    const char *url = mig_server_url("mysql");
    g_autofree char *mariadb = g_find_program_in_path(programs[0]);
    g_autofree char *mysql = g_find_program_in_path(programs[1]);
    if (url == NULL || (mariadb == NULL && mysql == NULL)) {
        mig_server_missing("mysql", "MIGRATE_TEST_MYSQL or the client is missing");
        return;
    }

    g_auto(Server) server = {0};
    parse_url(&server, url);
    g_autofree char *theirs = make_database(&server, "theirs");
    g_autofree char *ours = make_database(&server, "ours");
    g_autofree char *again = make_database(&server, "again");
    g_autofree char *input = client_input(path);
    /* By default the client leaves comments out, also those inside routines. */
    const char *const options[] = {"--comments", theirs, NULL};

    g_free(run_client(&server, programs, options, input));
    size_t length = 0;
    g_autofree char *text = client_read(path, &length);
    send_script(&server, ours, text, length);
    g_autofree char *expected = dump(&server, theirs);
    g_autofree char *got = dump(&server, ours);
    client_check_same(got, expected);

    /* A dump is a script, too. */
    send_script(&server, again, expected, strlen(expected));
    g_autofree char *redumped = dump(&server, again);
    client_check_same(redumped, expected);

    drop_database(&server, theirs);
    drop_database(&server, ours);
    drop_database(&server, again);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GPtrArray) cases = client_cases("mysql");
    for (size_t i = 0; i < cases->len; i++) {
        g_autofree char *name = g_path_get_basename(cases->pdata[i]);
        g_autofree char *test = g_strconcat("/client/mysql/", name, NULL);
        g_test_add_data_func(test, cases->pdata[i], leaves_what_the_client_leaves);
    }
    return g_test_run();
}
