/* SPDX-License-Identifier: MIT */
/* Opening and closing a connection, and a second one that cancels what runs on the first. */
#include "mysql_driver.h"

#include <string.h>

/* What the two client libraries don't have in common. */
#if defined(MARIADB_PACKAGE_VERSION) || defined(MARIADB_BASE_VERSION)
static void
set_ssl_mode(MYSQL *mysql, const char *mode)
{
    /* MariaDB's library knows two switches; to verify is, for it, to verify the name, too. */
    bool lenient = g_str_equal(mode, "DISABLED") || g_str_equal(mode, "PREFERRED");
    const my_bool enforce = lenient ? 0 : 1;
    const my_bool verify = g_str_has_prefix(mode, "VERIFY_") ? 1 : 0;

    mysql_options(mysql, MYSQL_OPT_SSL_ENFORCE, &enforce);
    mysql_options(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
}
#else
static void
set_ssl_mode(MYSQL *mysql, const char *mode)
{
    unsigned value = SSL_MODE_PREFERRED;

    if (g_str_equal(mode, "DISABLED"))
        value = SSL_MODE_DISABLED;
    else if (g_str_equal(mode, "REQUIRED"))
        value = SSL_MODE_REQUIRED;
    else if (g_str_equal(mode, "VERIFY_CA"))
        value = SSL_MODE_VERIFY_CA;
    else if (g_str_equal(mode, "VERIFY_IDENTITY"))
        value = SSL_MODE_VERIFY_IDENTITY;
    mysql_options(mysql, MYSQL_OPT_SSL_MODE, &value);
}
#endif

static void
set_options(MYSQL *mysql, const MyAddress *address)
{
    const unsigned no = 0;
    const unsigned tcp = MYSQL_PROTOCOL_TCP;

    if (address->defaults_file != NULL)
        mysql_options(mysql, MYSQL_READ_DEFAULT_FILE, address->defaults_file);
    /* With a group, the library reads its usual files, and [client] in them. */
    mysql_options(mysql, MYSQL_READ_DEFAULT_GROUP,
                  address->defaults_group != NULL ? address->defaults_group : "migrate");
    mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    /* A server must not be able to ask for our files. MySQL 8.4, "Security Considerations for LOAD
     * DATA LOCAL". */
    mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &no);
    if (address->connect_timeout_s > 0)
        mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &address->connect_timeout_s);
    /* "localhost" is the Unix socket to the libraries; who writes a port means TCP. */
    if (address->port > 0 && address->socket == NULL)
        mysql_options(mysql, MYSQL_OPT_PROTOCOL, &tcp);
    if (address->ssl_ca != NULL)
        mysql_options(mysql, MYSQL_OPT_SSL_CA, address->ssl_ca);
    if (address->ssl_cert != NULL)
        mysql_options(mysql, MYSQL_OPT_SSL_CERT, address->ssl_cert);
    if (address->ssl_key != NULL)
        mysql_options(mysql, MYSQL_OPT_SSL_KEY, address->ssl_key);
    if (address->ssl_mode != NULL)
        set_ssl_mode(mysql, address->ssl_mode);
}

static void
report_refusal(GError **error, const MyAddress *address, MYSQL *mysql)
{
    const char *reason = mysql_error(mysql);
    g_autofree char *code = g_strdup_printf("%u (%s)", mysql_errno(mysql), mysql_sqlstate(mysql));
    const char *where = address->host != NULL     ? address->host
                        : address->socket != NULL ? address->socket
                                                  : "localhost";
    g_autofree char *port =
        address->port != 0 ? g_strdup_printf(" port %u", address->port) : g_strdup("");
    g_autofree char *message =
        g_strdup_printf("can't connect to the database \"%s\" on %s%s: %s",
                        address->database != NULL ? address->database : "?", where, port, reason);
    const MigSqlError said = {.class = mig_my_error_class(mysql_errno(mysql), reason),
                              .code = code,
                              .message = message,
                              .offset = -1};

    mig_error_set_sql(error, MIG_ERROR_CONNECTION, &said);
}

/* Multi-statements stay off: one statement is one statement. CALL may answer with several results. */
static MYSQL *
connect_to(const MyAddress *address, const char *database, const char *application, GError **error)
{
    MYSQL *mysql = mysql_init(NULL);

    if (mysql == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_CONNECTION, "the client library has no memory");
        return NULL;
    }
    set_options(mysql, address);
    if (application != NULL)
        mysql_options4(mysql, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", application);
    if (mysql_real_connect(mysql, address->host, address->user, address->password, database,
                           address->port, address->socket, CLIENT_MULTI_RESULTS) != NULL)
        return mysql;
    report_refusal(error, address, mysql);
    mysql_close(mysql);
    return NULL;
}

static bool
check_server(const MigServer *server, GError **error)
{
    bool maria = server->engine == MIG_ENGINE_MARIADB;

    if (server->database == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                    "no database is named, neither by the URL, mysql://user@host/database, nor by "
                    "the option files");
        return false;
    }
    if (server->version >= (maria ? 100200 : 50700))
        return true;
    g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE,
                "the server is %s; migrate needs MySQL 5.7 or MariaDB 10.2, or later",
                server->version_text);
    return false;
}

static void
close_statement(gpointer statement)
{
    mysql_stmt_close(statement);
}

MigConnection *
mig_my_open(const char *url, const MigOpenOptions *options, GError **error)
{
    g_autoptr(MyAddress) address = mig_my_address_parse(url, options, error);

    if (address == NULL)
        return NULL;
    /* The libraries pass over a file that isn't there. */
    if (address->defaults_file != NULL &&
        !g_file_test(address->defaults_file, G_FILE_TEST_IS_REGULAR)) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_USAGE, "there is no option file %s",
                    address->defaults_file);
        return NULL;
    }

    MYSQL *mysql = connect_to(address, address->database, options->application, error);
    if (mysql == NULL)
        return NULL;

    MigConnection *connection = g_new0(MigConnection, 1);
    connection->mysql = mysql;
    connection->address = g_steal_pointer(&address);
    connection->id = mysql_thread_id(mysql);
    connection->wanted = (MyLimits){MY_LIMIT_UNKNOWN, MY_LIMIT_UNKNOWN};
    connection->session = connection->wanted;
    connection->statements =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, close_statement);
    connection->locks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    connection->temporary = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!mig_my_remember(connection, error) || !check_server(&connection->server, error)) {
        mig_my_close(connection);
        return NULL;
    }
    return connection;
}

void
mig_my_close(MigConnection *connection)
{
    if (connection == NULL)
        return;

    g_hash_table_unref(connection->statements);
    mysql_close(connection->mysql);
    g_hash_table_unref(connection->locks);
    g_hash_table_unref(connection->temporary);
    g_strfreev(connection->variables);
    mig_my_address_free(connection->address);
    g_free(connection->server.version_text);
    g_free(connection->server.database);
    g_free(connection);
}

const MigServer *
mig_my_server(MigConnection *connection)
{
    return &connection->server;
}

static gpointer
kill_query(gpointer data)
{
    const MigConnection *connection = data;

    mysql_thread_init();
    MYSQL *mysql = connect_to(connection->address, NULL, "migrate cancel", NULL);
    if (mysql != NULL) {
        g_autofree char *sql = g_strdup_printf("KILL QUERY %lu", connection->id);
        (void)mysql_real_query(mysql, sql, strlen(sql));
        mysql_close(mysql);
    }
    mysql_thread_end();
    return NULL;
}

/*
 * The protocol has no message that stops a statement; another connection has to. It is made in
 * a thread of its own, since the libraries keep state for each thread, which must be taken down
 * again, but not in a thread that uses them for other things.
 */
void
mig_my_cancel(MigConnection *connection)
{
    GThread *thread = g_thread_new("migrate cancel", kill_query, connection);
    (void)g_thread_join(thread);
}
