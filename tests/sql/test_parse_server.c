/* SPDX-License-Identifier: MIT */
/* What we call a syntax error the server does, too, and nothing else: its fixtures are prepared. */
#include <mysql.h>
#include <string.h>

#include <migrate/change.h>

#include "sql/splitter.h"
#include "support/server.h"

#define ER_PARSE 1064

typedef struct {
    MYSQL *connection; /* (owned) */
    MigEngine engine;
    int version;
} Server;

static void
clear_server(Server *server)
{
    g_clear_pointer(&server->connection, mysql_close);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Server, clear_server)

static void
connect_to(Server *server, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_HAS_PASSWORD, &error);
    g_assert_no_error(error);

    const char *query = g_uri_get_query(uri) != NULL ? g_uri_get_query(uri) : "";
    g_autoptr(GHashTable) options = g_uri_parse_params(query, -1, "&", G_URI_PARAMS_NONE, &error);
    g_assert_no_error(error);

    server->connection = mysql_init(NULL);
    mysql_options(server->connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    /* Nothing is executed, so that no database of our own is needed. */
    if (mysql_real_connect(server->connection, g_uri_get_host(uri), g_uri_get_user(uri),
                           g_uri_get_password(uri), "mysql",
                           g_uri_get_port(uri) > 0 ? (unsigned)g_uri_get_port(uri) : 0,
                           g_hash_table_lookup(options, "socket"), 0) == NULL)
        g_error("%s", mysql_error(server->connection));

    const char *version = mysql_get_server_info(server->connection);
    bool mariadb = strstr(version, "MariaDB") != NULL;
    /* Old ones put a prefix before it for the sake of replicas. */
    if (mariadb && g_str_has_prefix(version, "5.5.5-"))
        version += strlen("5.5.5-");
    server->engine = mariadb ? MIG_ENGINE_MARIADB : MIG_ENGINE_MYSQL;
    server->version = mig_engine_version_parse(server->engine, version);
}

/* "-- sql_mode: ORACLE" in a file's first line is set before its statements are prepared. */
static void
set_mode(const Server *server, const char *text)
{
    static const char label[] = "-- sql_mode: ";
    g_autofree char *mode = NULL;

    if (g_str_has_prefix(text, label))
        mode = g_strndup(text + strlen(label), strcspn(text + strlen(label), "\n"));
    g_autofree char *sql = g_strdup_printf("SET SESSION sql_mode = '%s'", mode != NULL ? mode : "");
    if (mysql_query(server->connection, sql) != 0)
        g_error("%s: %s", sql, mysql_error(server->connection));
}

static bool
server_takes(const Server *server, const char *sql, size_t length)
{
    MYSQL_STMT *statement = mysql_stmt_init(server->connection);
    bool taken =
        mysql_stmt_prepare(statement, sql, length) == 0 || mysql_stmt_errno(statement) != ER_PARSE;

    mysql_stmt_close(statement);
    return taken;
}

static void
check_statement(const Server *server, const char *sql, size_t length)
{
    g_autoptr(MigChanges) changes = mig_parse(sql, length, server->engine, server->version);
    bool takes = server_takes(server, sql, length);
    bool newer = changes->needs_version > server->version;

    if (takes && changes->status == MIG_PARSE_SYNTAX) {
        g_test_message("the server takes what is refused (%s): %.*s", changes->message, (int)length,
                       sql);
        g_test_fail();
    } else if (!takes && changes->status == MIG_PARSE_OK && !newer) {
        g_test_message("the server refuses what is taken: %.*s", (int)length, sql);
        g_test_fail();
    } else if (takes && newer) {
        g_test_message("the server takes what is said to need %d: %.*s", changes->needs_version,
                       (int)length, sql);
        g_test_fail();
    }
}

static void
check_file(gconstpointer data)
{
    const char *path = data;
    const char *url = mig_server_url("mysql");

    if (url == NULL) {
        mig_server_missing("mysql", "MIGRATE_TEST_MYSQL is missing");
        return;
    }

    g_auto(Server) server = {0};
    g_autofree char *text = NULL;
    size_t length = 0;
    g_autoptr(GError) error = NULL;

    connect_to(&server, url);
    g_autofree char *folder = g_path_get_dirname(path);
    if (!g_str_has_suffix(folder, mig_engine_name(server.engine))) {
        g_test_skip("for another engine");
        return;
    }
    g_file_get_contents(path, &text, &length, &error);
    g_assert_no_error(error);
    set_mode(&server, text);

    MigSplitError split_error = {0};
    g_autoptr(MigSplit) split = mig_split(text, length, server.engine, 1, &split_error);
    g_assert_nonnull(split);
    for (guint i = 0; i < split->statements->len; i++) {
        const MigStatement *statement = &g_array_index(split->statements, MigStatement, i);
        check_statement(&server, text + statement->offset, statement->length);
    }
}

static void
add_folder(const char *root, const char *engine)
{
    g_autofree char *folder = g_build_filename(root, engine, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &error);
    g_assert_no_error(error);

    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        if (!g_str_has_suffix(name, ".sql"))
            continue;
        g_autofree char *test = g_strconcat("/parse/server/", engine, "/", name, NULL);
        g_test_add_data_func_full(test, g_build_filename(folder, name, NULL), check_file, g_free);
    }
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);

    const char *root = g_getenv("MIGRATE_TEST_PARSE");
    g_assert_nonnull(root);
    add_folder(root, "mysql");
    add_folder(root, "mariadb");
    return g_test_run();
}
