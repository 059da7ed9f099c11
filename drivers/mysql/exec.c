/* SPDX-License-Identifier: MIT */
/* Statements in the text protocol. */
#include "mysql_driver.h"

#include <string.h>

static void
set_error(GError **error, MigConnection *connection, const char *sql, size_t length)
{
    MYSQL *mysql = connection->mysql;

    mig_my_error_set(error, connection, mysql_errno(mysql), mysql_sqlstate(mysql),
                     mysql_error(mysql), sql, length);
}

/* Row by row from the socket, so that a result's size doesn't matter. */
static bool
read_result(MigConnection *connection, MYSQL_RES *result, MigRowFunc func, gpointer data)
{
    size_t n_columns = mysql_num_fields(result);
    const MYSQL_FIELD *fields = mysql_fetch_fields(result);
    g_autofree const char **names = g_new0(const char *, n_columns + 1);

    for (size_t i = 0; i < n_columns; i++)
        names[i] = fields[i].name;
    for (MYSQL_ROW values = mysql_fetch_row(result); values != NULL;
         values = mysql_fetch_row(result)) {
        const MigRow row = {
            .n_columns = n_columns, .names = names, .values = (const char *const *)values};
        if (func != NULL && !func(&row, data))
            func = NULL;
    }
    return mysql_errno(connection->mysql) == 0;
}

static bool
read_results(MigConnection *connection, MigRowFunc row, gpointer data)
{
    MYSQL *mysql = connection->mysql;

    for (;;) {
        MYSQL_RES *result = mysql_use_result(mysql);
        if (result != NULL) {
            bool good = read_result(connection, result, row, data);
            mysql_free_result(result);
            if (!good)
                return false;
            row = NULL;
        } else if (mysql_errno(mysql) != 0) {
            return false;
        }
        int more = mysql_next_result(mysql);
        if (more != 0)
            return more < 0;
    }
}

bool
mig_my_run(MigConnection *connection, const char *sql, size_t length, MigRowFunc row, gpointer data,
           GError **error)
{
    if (!mig_my_check(connection, error))
        return false;
    if (mysql_real_query(connection->mysql, sql, length) == 0 &&
        read_results(connection, row, data))
        return true;
    set_error(error, connection, sql, length);
    mig_my_settle(connection);
    return false;
}

bool
mig_my_run_text(MigConnection *connection, const char *sql, GError **error)
{
    return mig_my_run(connection, sql, strlen(sql), NULL, NULL, error);
}

bool
mig_my_exec(MigConnection *connection, const char *sql, size_t length, GError **error)
{
    if (!mig_my_prepare(connection, sql, error))
        return false;
    mig_my_note_statement(connection, sql);
    return mig_my_run(connection, sql, length, NULL, NULL, error);
}
