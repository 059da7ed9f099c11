/* SPDX-License-Identifier: MIT */
/* What a session was when it began, and how it is put back. */
#include "mysql_driver.h"

#include <string.h>

/*
 * What a dump or a careless migration sets, and the next one trips over. All are there from MySQL
 * 5.7 and MariaDB 10.2 on. The order is that in which they are put back: a collation brings its
 * character set, so it comes after that.
 */
static const struct {
    const char *name;
    bool number;
} watched[] = {
    {"autocommit", true},
    {"sql_mode", false},
    {"foreign_key_checks", true},
    {"unique_checks", true},
    {"sql_notes", true},
    {"sql_log_bin", true},
    {"sql_safe_updates", true},
    {"sql_select_limit", true},
    {"group_concat_max_len", true},
    {"time_zone", false},
    {"lc_time_names", false},
    {"default_storage_engine", false},
    {"character_set_client", false},
    {"character_set_results", false},
    {"character_set_connection", false},
    {"collation_connection", false},
    {"isolation", false}, /* its name depends on the server */
    {"read_only", true},  /* likewise */
};

/* Columns before those of `watched`, and behind them. */
enum {
    COLUMN_DATABASE,
    COLUMN_VERSION,
    COLUMN_ROLE,
    COLUMN_WATCHED,
    COLUMN_LOCK_WAIT = COLUMN_WATCHED + G_N_ELEMENTS(watched),
    COLUMN_INNODB_WAIT,
    COLUMN_STATEMENT_TIME,
    COLUMN_CONNECTION,
    N_COLUMNS,
};

char *
mig_my_text(const char *text)
{
    if (text == NULL)
        return g_strdup("NULL");

    g_auto(GStrv) parts = g_strsplit(text, "'", -1);
    g_autofree char *doubled = g_strjoinv("''", parts);
    return g_strdup_printf("'%s'", doubled);
}

static bool
is_maria(const MigConnection *connection)
{
    return strstr(mysql_get_server_info(connection->mysql), "MariaDB") != NULL;
}

/* A variable's name on this server, without its scope. */
static const char *
variable_name(const MigConnection *connection, size_t index)
{
    unsigned long version = mysql_get_server_version(connection->mysql);
    /* MySQL 5.7.20 and MariaDB 11.1 have renamed the two; until then, these were the only names. */
    bool old = is_maria(connection) ? version < 110100 : version < 50720;

    if (g_str_equal(watched[index].name, "isolation"))
        return old ? "tx_isolation" : "transaction_isolation";
    if (g_str_equal(watched[index].name, "read_only"))
        return old ? "tx_read_only" : "transaction_read_only";
    return watched[index].name;
}

static char *
make_query(const MigConnection *connection)
{
    bool maria = is_maria(connection);
    bool roles = maria || mysql_get_server_version(connection->mysql) >= 80000;
    GString *sql = g_string_new("SELECT DATABASE(), VERSION(), ");

    g_string_append(sql, roles ? "CURRENT_ROLE()" : "NULL");
    for (size_t i = 0; i < G_N_ELEMENTS(watched); i++)
        g_string_append_printf(sql, ", @@SESSION.%s", variable_name(connection, i));
    g_string_append_printf(sql,
                           ", @@SESSION.lock_wait_timeout, @@SESSION.innodb_lock_wait_timeout"
                           ", @@SESSION.%s, CONNECTION_ID() + 0",
                           maria ? "max_statement_time" : "max_execution_time");
    return g_string_free(sql, FALSE);
}

/* Values as SQL has them, to be compared and to be set. */
static bool
keep_values(const MigRow *row, gpointer data)
{
    char ***values = data;

    if (row->n_columns != N_COLUMNS)
        return false;
    g_strfreev(*values);
    *values = g_new0(char *, N_COLUMNS + 1);
    for (size_t i = 0; i < N_COLUMNS; i++) {
        const char *value = row->values[i];
        bool number =
            i >= COLUMN_WATCHED && (i >= COLUMN_LOCK_WAIT || watched[i - COLUMN_WATCHED].number);
        (*values)[i] = number && value != NULL ? g_strdup(value) : mig_my_text(value);
    }
    return true;
}

static bool
read_values(MigConnection *connection, char ***out_values, GError **error)
{
    g_autofree char *sql = make_query(connection);

    if (!mig_my_run(connection, sql, strlen(sql), keep_values, out_values, error))
        return false;
    if (*out_values != NULL)
        return true;
    g_set_error(error, MIG_ERROR, MIG_ERROR_CONNECTION,
                "the server didn't say how the session is set");
    return false;
}

static char *
unquote(const char *text)
{
    if (*text != '\'')
        return NULL;

    g_autofree char *inner = g_strndup(text + 1, strlen(text) - 2);
    g_auto(GStrv) parts = g_strsplit(inner, "''", -1);
    return g_strjoinv("'", parts);
}

/* "10.11.6-MariaDB-0+deb12u1", "8.0.36-0ubuntu0.22.04.1", "5.5.5-10.4.1-MariaDB" from old ones. */
static int
parse_version(const char *text)
{
    int parts[3] = {0, 0, 0};

    if (g_str_has_prefix(text, "5.5.5-"))
        text += strlen("5.5.5-");
    for (size_t i = 0; i < G_N_ELEMENTS(parts) && g_ascii_isdigit(*text); i++) {
        char *end = NULL;
        parts[i] = (int)MIN(g_ascii_strtoull(text, &end, 10), 99);
        text = *end == '.' ? end + 1 : "";
    }
    return parts[0] * 10000 + parts[1] * 100 + parts[2];
}

bool
mig_my_remember(MigConnection *connection, GError **error)
{
    if (!read_values(connection, &connection->variables, error))
        return false;

    MigServer *server = &connection->server;
    server->version_text = unquote(connection->variables[COLUMN_VERSION]);
    server->database = unquote(connection->variables[COLUMN_DATABASE]);
    server->engine = is_maria(connection) ? MIG_ENGINE_MARIADB : MIG_ENGINE_MYSQL;
    server->version = parse_version(server->version_text);
    connection->behind = g_ascii_strtoull(connection->variables[COLUMN_CONNECTION], NULL, 10);
    return true;
}

char *
mig_my_default_schema(MigConnection *connection, G_GNUC_UNUSED GError **error)
{
    return g_strdup(connection->server.database);
}

static void
add_name(GString *names, const char *name)
{
    if (names->len > 0)
        g_string_append(names, ", ");
    g_string_append(names, name);
}

/* What only statements of their own can undo. */
static bool
leave_transaction(MigConnection *connection, GString *changed, GError **error)
{
    if (mig_my_transaction(connection) == MIG_TXN_OPEN) {
        if (connection->read_only != MY_READ_ONLY_SESSION)
            add_name(changed, "an open transaction");
        if (!mig_my_rollback(connection, error))
            return false;
    }
    connection->read_only = MY_READ_ONLY_OFF;
    if (!connection->tables_locked)
        return true;
    connection->tables_locked = false;
    add_name(changed, "LOCK TABLES");
    return mig_my_run_text(connection, "UNLOCK TABLES", error);
}

static bool
put_back_role(MigConnection *connection, char **now, GString *changed, GError **error)
{
    const char *then = connection->variables[COLUMN_ROLE];

    if (g_str_equal(now[COLUMN_ROLE], then))
        return true;
    add_name(changed, "role");

    /* MySQL writes roles, or NONE, as SET ROLE reads them; MariaDB one bare name, or NULL. */
    g_autofree char *name = unquote(then);
    bool maria = connection->server.engine == MIG_ENGINE_MARIADB;
    g_autofree char *quoted = maria && name != NULL ? mig_my_quote(connection, name) : NULL;
    g_autofree char *sql = g_strdup_printf("SET ROLE %s", quoted != NULL ? quoted
                                                          : name != NULL ? name
                                                                         : "NONE");
    return mig_my_run_text(connection, sql, error);
}

/* A name without a database was of the one that was in use then: this one, or the one before. */
static bool
drop_temporary(MigConnection *connection, GError **error)
{
    g_autoptr(GString) sql = g_string_new("DROP TEMPORARY TABLE IF EXISTS ");
    GHashTableIter iter;
    gpointer name = NULL;
    bool first = true;

    if (g_hash_table_size(connection->temporary) == 0)
        return true;
    g_hash_table_iter_init(&iter, connection->temporary);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        g_string_append_printf(sql, "%s%s", first ? "" : ", ", (const char *)name);
        first = false;
    }
    return mig_my_run_text(connection, sql->str, error);
}

static bool
put_back_database(MigConnection *connection, char **now, GString *changed, GError **error)
{
    if (g_str_equal(now[COLUMN_DATABASE], connection->variables[COLUMN_DATABASE]))
        return true;

    /* It may be one where nothing can be made nor dropped, such as information_schema. */
    (void)drop_temporary(connection, NULL);
    add_name(changed, "database");
    g_autofree char *name = mig_my_quote(connection, connection->server.database);
    g_autofree char *sql = g_strdup_printf("USE %s", name);
    return mig_my_run_text(connection, sql, error);
}

static bool
put_back_variables(MigConnection *connection, char **now, GString *changed, GError **error)
{
    g_autoptr(GString) sql = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(watched); i++) {
        const char *name = variable_name(connection, i);
        const char *then = connection->variables[COLUMN_WATCHED + i];

        if (g_str_equal(now[COLUMN_WATCHED + i], then))
            continue;
        add_name(changed, name);
        g_string_append_printf(sql, "%s SESSION %s = %s", sql->len == 0 ? "SET" : ",", name, then);
    }
    return sql->len == 0 || mig_my_run_text(connection, sql->str, error);
}

/* A limit that a migration has changed is set again with the next statement. */
static void
check_limits(MigConnection *connection, char **now, GString *changed)
{
    const MyLimits *session = &connection->session;

    if (session->lock_ms == MY_LIMIT_UNKNOWN)
        return;

    MySettings told = mig_my_settings(connection, session);
    double unit = connection->server.engine == MIG_ENGINE_MARIADB ? 1000 : 1;
    int64_t statement_ms = (int64_t)(g_ascii_strtod(now[COLUMN_STATEMENT_TIME], NULL) * unit + 0.5);
    bool lock_changed = g_ascii_strtoll(now[COLUMN_LOCK_WAIT], NULL, 10) != told.lock_wait_s ||
                        g_ascii_strtoll(now[COLUMN_INNODB_WAIT], NULL, 10) != told.innodb_wait_s;

    if (lock_changed)
        add_name(changed, "lock_wait_timeout");
    if (statement_ms != told.statement_ms)
        add_name(changed, "statement time-out");
    if (lock_changed || statement_ms != told.statement_ms)
        connection->session = (MyLimits){MY_LIMIT_UNKNOWN, MY_LIMIT_UNKNOWN};
}

/*
 * The protocol's own COM_RESET_CONNECTION would do, but for the runners' lock, which it would give
 * back. One question where there is nothing to put back. User variables stay, and temporary tables
 * that a procedure has made: no server lists them for us.
 */
bool
mig_my_reset(MigConnection *connection, char **out_changed, GError **error)
{
    g_autoptr(GString) changed = g_string_new(NULL);
    g_auto(GStrv) now = NULL;

    if (!mig_my_check(connection, error) || !leave_transaction(connection, changed, error) ||
        !read_values(connection, &now, error) ||
        !put_back_variables(connection, now, changed, error) ||
        !put_back_role(connection, now, changed, error) ||
        !put_back_database(connection, now, changed, error) || !drop_temporary(connection, error))
        return false;

    if (g_hash_table_size(connection->temporary) > 0)
        add_name(changed, "temporary tables");
    g_hash_table_remove_all(connection->temporary);
    check_limits(connection, now, changed);
    if (out_changed != NULL)
        *out_changed = changed->len > 0 ? g_strdup(changed->str) : NULL;
    return true;
}
