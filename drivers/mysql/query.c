/* SPDX-License-Identifier: MIT */
/* Statements with parameters, prepared on the server and kept. */
#include "mysql_driver.h"

#include <string.h>

#define MAX_STATEMENTS 32 /* the history has a dozen; more would only fill the server's memory */

/* MySQL 8 has done away with my_bool. */
#if !defined(MARIADB_PACKAGE_VERSION) && MYSQL_VERSION_ID >= 80000
typedef bool MyBool;
#else
typedef my_bool MyBool;
#endif

static bool
fail(GError **error, MigConnection *connection, MYSQL_STMT *statement, const char *sql)
{
    mig_my_error_set(error, connection, mysql_stmt_errno(statement), mysql_stmt_sqlstate(statement),
                     mysql_stmt_error(statement), sql, strlen(sql));
    return false;
}

void
mig_my_forget_statements(MigConnection *connection)
{
    g_hash_table_remove_all(connection->statements);
}

static MYSQL_STMT *
prepare(MigConnection *connection, const char *sql, GError **error)
{
    MYSQL_STMT *statement = g_hash_table_lookup(connection->statements, sql);

    if (statement != NULL)
        return statement;
    if (g_hash_table_size(connection->statements) >= MAX_STATEMENTS)
        mig_my_forget_statements(connection);

    statement = mysql_stmt_init(connection->mysql);
    if (statement == NULL) {
        g_set_error(error, MIG_ERROR, MIG_ERROR_FAILED, "the client library has no memory");
        return NULL;
    }
    const MyBool yes = 1;
    mysql_stmt_attr_set(statement, STMT_ATTR_UPDATE_MAX_LENGTH, &yes);
    if (mysql_stmt_prepare(statement, sql, strlen(sql)) != 0) {
        fail(error, connection, statement, sql);
        mysql_stmt_close(statement);
        return NULL;
    }
    g_hash_table_insert(connection->statements, g_strdup(sql), statement);
    return statement;
}

/*
 * Everything is text but a LIMIT, which takes an integer and nothing that looks like one.
 * Manual: MySQL 8.4, "PREPARE Statement".
 */
static bool
execute(MigConnection *connection, MYSQL_STMT *statement, const MigCall *call, GError **error)
{
    g_autofree MYSQL_BIND *binds = g_new0(MYSQL_BIND, call->n_params + 1);
    long long limit = 0;

    if (mysql_stmt_param_count(statement) != call->n_params) {
        mig_my_error_set(error, connection, 1210, "HY000",
                         "the statement's placeholders are not as many as its parameters",
                         call->sql, 0);
        return false;
    }
    for (size_t i = 0; i < call->n_params; i++) {
        binds[i].buffer_type = MYSQL_TYPE_NULL;
        if (call->params[i] == NULL)
            continue;
        binds[i].buffer_type = MYSQL_TYPE_STRING;
        binds[i].buffer = (char *)call->params[i];
        binds[i].buffer_length = strlen(call->params[i]);
    }
    if (call->n_params > 0 && g_str_has_suffix(call->sql, "LIMIT ?")) {
        MYSQL_BIND *last = &binds[call->n_params - 1];
        limit = g_ascii_strtoll(last->buffer != NULL ? last->buffer : "0", NULL, 10);
        *last = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &limit};
    }
    if (call->n_params > 0 && mysql_stmt_bind_param(statement, binds) != 0)
        return fail(error, connection, statement, call->sql);
    return mysql_stmt_execute(statement) == 0 || fail(error, connection, statement, call->sql);
}

typedef struct {
    size_t n_columns;
    MYSQL_BIND *binds;
    unsigned long *lengths;
    MyBool *nulls;
    const char **names;
    const char **values;
} Columns;

static void
columns_clear(Columns *columns)
{
    for (size_t i = 0; columns->binds != NULL && i < columns->n_columns; i++)
        g_free(columns->binds[i].buffer);
    g_free(columns->binds);
    g_free(columns->lengths);
    g_free(columns->nulls);
    g_free(columns->names);
    g_free(columns->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Columns, columns_clear)

/* Numbers come in binary and are written out into at most this many bytes. */
#define NUMBER_BYTES 64

static void
columns_init(Columns *columns, MYSQL_RES *metadata)
{
    const MYSQL_FIELD *fields = mysql_fetch_fields(metadata);
    size_t n = mysql_num_fields(metadata);

    *columns = (Columns){.n_columns = n,
                         .binds = g_new0(MYSQL_BIND, n + 1),
                         .lengths = g_new0(unsigned long, n + 1),
                         .nulls = g_new0(MyBool, n + 1),
                         .names = g_new0(const char *, n + 1),
                         .values = g_new0(const char *, n + 1)};
    for (size_t i = 0; i < n; i++) {
        size_t size = MAX(fields[i].max_length, NUMBER_BYTES) + 1;
        columns->names[i] = fields[i].name;
        columns->binds[i] = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING,
                                         .buffer = g_malloc0(size),
                                         .buffer_length = size - 1,
                                         .length = &columns->lengths[i],
                                         .is_null = &columns->nulls[i]};
    }
}

static bool
fetch_rows(MigConnection *connection, MYSQL_STMT *statement, MYSQL_RES *metadata, MigRowFunc func,
           gpointer data, const char *sql, GError **error)
{
    g_auto(Columns) columns = {0};

    columns_init(&columns, metadata);
    if (mysql_stmt_bind_result(statement, columns.binds) != 0)
        return fail(error, connection, statement, sql);

    for (int status = mysql_stmt_fetch(statement); status != MYSQL_NO_DATA;
         status = mysql_stmt_fetch(statement)) {
        if (status == 1)
            return fail(error, connection, statement, sql);
        for (size_t i = 0; i < columns.n_columns; i++) {
            char *buffer = columns.binds[i].buffer;
            buffer[MIN(columns.lengths[i], columns.binds[i].buffer_length)] = '\0';
            columns.values[i] = columns.nulls[i] ? NULL : buffer;
        }
        const MigRow row = {
            .n_columns = columns.n_columns, .names = columns.names, .values = columns.values};
        if (!func(&row, data))
            break;
    }
    return true;
}

bool
mig_my_query_plain(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data,
                   GError **error)
{
    if (!mig_my_check(connection, error))
        return false;

    MYSQL_STMT *statement = prepare(connection, call->sql, error);
    if (statement == NULL || !execute(connection, statement, call, error)) {
        mig_my_settle(connection);
        return false;
    }

    bool good = true;
    MYSQL_RES *metadata = mysql_stmt_result_metadata(statement);
    if (metadata != NULL) {
        /* max_length is there once the result has been read; it is the history's, and small. */
        if (mysql_stmt_store_result(statement) != 0)
            good = fail(error, connection, statement, call->sql);
        mysql_free_result(metadata);
        metadata = good ? mysql_stmt_result_metadata(statement) : NULL;
    }
    if (metadata != NULL) {
        if (row != NULL)
            good = fetch_rows(connection, statement, metadata, row, data, call->sql, error);
        mysql_free_result(metadata);
    }
    mysql_stmt_free_result(statement);
    if (!good)
        mig_my_settle(connection);
    return good;
}

static bool
run_call(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data,
         GError **error)
{
    /* As text where it can be: not every statement can be prepared, and values of the binary
     * protocol would be written out by the client library, not by the server. */
    if (call->n_params == 0)
        return mig_my_run(connection, call->sql, strlen(call->sql), row, data, error);
    return mig_my_query_plain(connection, call, row, data, error);
}

bool
mig_my_query(MigConnection *connection, const MigCall *call, MigRowFunc row, gpointer data,
             GError **error)
{
    return mig_my_prepare(connection, call->sql, error) &&
           run_call(connection, call, row, data, error);
}

bool
mig_my_batch(MigConnection *connection, const MigCall *calls, size_t n_calls, size_t *out_done,
             GError **error)
{
    size_t done = 0;
    bool good = true;

    while (good && done < n_calls) {
        good = mig_my_prepare(connection, calls[done].sql, error) &&
               run_call(connection, &calls[done], NULL, NULL, error);
        done += good ? 1 : 0;
    }
    if (out_done != NULL)
        *out_done = done;
    return good;
}
