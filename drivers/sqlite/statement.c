/* SPDX-License-Identifier: MIT */
/* One statement: prepared, stepped to its end, its rows as text; and several in a row. */
#include "sqlite.h"

#include <string.h>

/* The history's statements and the transaction's are some ten. */
#define KEPT_STATEMENTS 32

static const char space[] = " \t\r\n\f;";

/* Whether nothing but white space and comments is left. */
static bool
is_blank(MigConnection *connection, const char *rest, size_t length)
{
    sqlite3_stmt *more = NULL;

    if (strspn(rest, space) >= length)
        return true;
    int code = sqlite3_prepare_v3(connection->db, rest, (int)length, 0, &more, NULL);
    bool blank = code == SQLITE_OK && more == NULL;
    sqlite3_finalize(more);
    return blank;
}

/* *out_statement is NULL where there is only a comment. */
static bool
prepare(MigConnection *connection, const char *sql, size_t length, unsigned flags,
        sqlite3_stmt **out_statement, GError **error)
{
    sqlite3_stmt *statement = NULL;
    const char *rest = sql;

    connection->pragma = false;
    if (length >= (size_t)sqlite3_limit(connection->db, SQLITE_LIMIT_SQL_LENGTH, -1)) {
        lite_error_set_class(error, MIG_SQL_OTHER, "SQLITE_TOOBIG",
                             "the statement is longer than SQLite's SQLITE_MAX_SQL_LENGTH");
        return false;
    }

    /* The NUL is counted in, which saves SQLite a copy. */
    int code = sqlite3_prepare_v3(connection->db, sql, (int)length + 1, flags, &statement, &rest);
    if (code == SQLITE_AUTH && lite_remember(connection))
        code = sqlite3_prepare_v3(connection->db, sql, (int)length + 1, flags, &statement, &rest);
    if (code != SQLITE_OK) {
        lite_error_set(error, connection, code);
        return false;
    }
    if (!is_blank(connection, rest, length - (size_t)(rest - sql))) {
        sqlite3_finalize(statement);
        g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED,
                    "internal error: a second statement follows at byte %zu; nothing was executed",
                    (size_t)(rest - sql));
        return false;
    }
    if (lite_guarded(connection) && !connection->internal && !sqlite3_stmt_readonly(statement)) {
        sqlite3_finalize(statement);
        lite_error_set_class(error, MIG_SQL_READ_ONLY, "SQLITE_READONLY",
                             "the statement would change the database, and only reads are "
                             "allowed here");
        return false;
    }
    *out_statement = statement;
    return true;
}

/* What the guard has let pass once is not shown to it again, so a statement that is kept from
 * before is not used while only reads are allowed. */
static sqlite3_stmt *
find_kept(MigConnection *connection, const char *sql)
{
    if (lite_guarded(connection) && !connection->internal)
        return NULL;
    return g_hash_table_lookup(connection->statements, sql);
}

static void
keep(MigConnection *connection, const char *sql, sqlite3_stmt *statement)
{
    if (g_hash_table_size(connection->statements) >= KEPT_STATEMENTS)
        g_hash_table_remove_all(connection->statements);
    g_hash_table_replace(connection->statements, g_strdup(sql), statement);
}

static char *
blob_text(sqlite3_stmt *statement, int column)
{
    const unsigned char *bytes = sqlite3_column_blob(statement, column);
    int length = sqlite3_column_bytes(statement, column);
    GString *text = g_string_sized_new((size_t)length * 2 + 3);

    g_string_append(text, "X'");
    for (int i = 0; i < length; i++)
        g_string_append_printf(text, "%02X", bytes[i]);
    g_string_append_c(text, '\'');
    return g_string_free(text, FALSE);
}

typedef struct {
    int n;
    const char **names;  /* (owned) borrowed strings */
    const char **values; /* (owned) borrowed strings */
    char **blobs;        /* (owned) owned strings, where a value is one */
} Columns;

static void
clear_columns(Columns *columns)
{
    for (int i = 0; i < columns->n; i++)
        g_free(columns->blobs[i]);
    g_free(columns->names);
    g_free(columns->values);
    g_free(columns->blobs);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Columns, clear_columns)

static void
start_columns(Columns *columns, sqlite3_stmt *statement)
{
    columns->n = sqlite3_column_count(statement);
    columns->names = g_new0(const char *, columns->n + 1);
    columns->values = g_new0(const char *, columns->n + 1);
    columns->blobs = g_new0(char *, columns->n + 1);
    for (int i = 0; i < columns->n; i++)
        columns->names[i] = sqlite3_column_name(statement, i);
}

static bool
show_row(Columns *columns, sqlite3_stmt *statement, MigRowFunc row, gpointer data)
{
    for (int i = 0; i < columns->n; i++) {
        g_clear_pointer(&columns->blobs[i], g_free);
        if (sqlite3_column_type(statement, i) == SQLITE_BLOB)
            columns->values[i] = columns->blobs[i] = blob_text(statement, i);
        else
            columns->values[i] = (const char *)sqlite3_column_text(statement, i);
    }
    const MigRow shown = {
        .n_columns = (size_t)columns->n, .names = columns->names, .values = columns->values};
    return row(&shown, data);
}

/* Executes to the end, or until no more rows are wanted; an error is set, then. */
static bool
step(MigConnection *connection, sqlite3_stmt *statement, MigRowFunc row, gpointer data,
     GError **error)
{
    g_auto(Columns) columns = {0};
    int code = sqlite3_step(statement);

    /* The first step may compile the statement anew, and change what its columns are. */
    if (code == SQLITE_ROW && row != NULL)
        start_columns(&columns, statement);
    while (code == SQLITE_ROW) {
        if (row != NULL && !show_row(&columns, statement, row, data))
            return true;
        code = sqlite3_step(statement);
    }
    if (code == SQLITE_DONE)
        return true;
    lite_error_set(error, connection, code);
    return false;
}

static bool
bind(MigConnection *connection, sqlite3_stmt *statement, const MigCall *call, GError **error)
{
    int wanted = sqlite3_bind_parameter_count(statement);

    if (wanted != (int)call->n_params) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED,
                    "internal error: a statement with %d parameters was given %zu", wanted,
                    call->n_params);
        return false;
    }
    for (size_t i = 0; i < call->n_params; i++) {
        const char *value = call->params[i];
        int code = value == NULL ? sqlite3_bind_null(statement, (int)i + 1)
                                 : sqlite3_bind_text64(statement, (int)i + 1, value, strlen(value),
                                                       SQLITE_STATIC, SQLITE_UTF8);
        if (code != SQLITE_OK) {
            lite_error_set(error, connection, code);
            return false;
        }
    }
    return true;
}

static bool
execute(MigConnection *connection, sqlite3_stmt *statement, const MigCall *call, MigRowFunc row,
        gpointer data, GError **error)
{
    if (statement == NULL)
        return true;

    bool done =
        bind(connection, statement, call, error) && step(connection, statement, row, data, error);

    /* A statement that isn't reset holds its locks; parameters are the caller's. */
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return done;
}

bool
lite_exec(MigConnection *connection, const char *sql, size_t length, GError **error)
{
    sqlite3_stmt *statement = NULL;

    lite_start(connection);
    if (!prepare(connection, sql, length, 0, &statement, error))
        return false;

    bool done = statement == NULL || step(connection, statement, NULL, NULL, error);
    sqlite3_finalize(statement);
    return done;
}

static bool
execute_call(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data,
             GError **error)
{
    sqlite3_stmt *statement = find_kept(connection, call->sql);

    if (statement != NULL)
        return execute(connection, statement, call, row, data, error);
    if (!prepare(connection, call->sql, strlen(call->sql), SQLITE_PREPARE_PERSISTENT, &statement,
                 error))
        return false;

    bool done = execute(connection, statement, call, row, data, error);
    /* Some pragmas take effect when they are prepared, and would do nothing the second time. */
    if (done && statement != NULL && !connection->pragma && !lite_guarded(connection))
        keep(connection, call->sql, statement);
    else
        sqlite3_finalize(statement);
    return done;
}

bool
lite_query(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data,
           GError **error)
{
    lite_start(connection);
    return execute_call(connection, call, row, data, error);
}

bool
lite_batch(MigConnection *connection, const MigCall *calls, size_t n_calls, size_t *out_done,
           GError **error)
{
    size_t done = 0;

    while (done < n_calls && lite_query(connection, &calls[done], NULL, NULL, error))
        done++;
    if (out_done != NULL)
        *out_done = done;
    return done == n_calls;
}

bool
lite_call(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data,
          GError **error)
{
    bool outer = connection->internal;

    connection->internal = true;
    bool done = execute_call(connection, call, row, data, error);
    connection->internal = outer;
    return done;
}

bool
lite_run(MigConnection *connection, const char *sql, MigRowFunc row, gpointer data, GError **error)
{
    const MigCall call = {.sql = sql};

    return lite_call(connection, &call, row, data, error);
}

static bool
take_value(const MigRow *row, gpointer data)
{
    char **value = data;

    *value = g_strdup(row->values[0]);
    return false;
}

char *
lite_value(MigConnection *connection, const char *sql)
{
    char *value = NULL;

    lite_run(connection, sql, take_value, &value, NULL);
    return value;
}
