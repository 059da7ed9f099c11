/* SPDX-License-Identifier: MIT */
/* Our statements one by one leave the database that psql leaves with the same script. */
#include <string.h>
#include <libpq-fe.h>

#include "clients.h"
#include "support/server.h"

static void
fail(PGconn *connection, const MigStatement *statement)
{
    g_error("%u:%u: %s", statement->line, statement->column, PQerrorMessage(connection));
}

static void
send_statement(gpointer connection, const char *text, const MigStatement *statement)
{
    g_autofree char *sql = g_strndup(text + statement->offset, statement->length);
    PGresult *result = PQexec(connection, sql);
    ExecStatusType status = PQresultStatus(result);
    PQclear(result);

    if (statement->copy_data) {
        g_assert_cmpint(status, ==, PGRES_COPY_IN);
        g_assert_cmpint(
            PQputCopyData(connection, text + statement->data_offset, (int)statement->data_length),
            ==, 1);
        g_assert_cmpint(PQputCopyEnd(connection, NULL), ==, 1);
        result = PQgetResult(connection);
        status = PQresultStatus(result);
        PQclear(result);
        g_assert_null(PQgetResult(connection));
    }
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail(connection, statement);
}

/* A connection string as the server's, but for another database. */
static char *
conninfo_for(const char *url, const char *database)
{
    char *message = NULL;
    PQconninfoOption *options = PQconninfoParse(url, &message);
    g_assert_cmpstr(message, ==, NULL);

    GString *conninfo = g_string_new(NULL);
    for (PQconninfoOption *option = options; option->keyword != NULL; option++) {
        bool name = g_str_equal(option->keyword, "dbname");
        if (option->val == NULL && !name)
            continue;
        g_string_append_printf(conninfo, "%s='", option->keyword);
        for (const char *c = name ? database : option->val; *c != '\0'; c++)
            g_string_append_printf(conninfo, *c == '\'' || *c == '\\' ? "\\%c" : "%c", *c);
        g_string_append(conninfo, "' ");
    }
    PQconninfoFree(options);
    return g_string_free(conninfo, FALSE);
}

static void
run_on_server(const char *url, const char *sql)
{
    PGconn *connection = PQconnectdb(url);
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        g_error("%s: %s", sql, PQerrorMessage(connection));
    PQclear(result);
    PQfinish(connection);
}

static char *
make_database(const char *url, const char *suffix)
{
    g_autofree char *name = g_strdup_printf("sql_client_%s_%u", suffix, g_test_rand_int());
    g_autofree char *sql = g_strdup_printf("CREATE DATABASE %s", name);
    for (char *c = name; *c != '\0'; c++)
        g_assert_true(g_ascii_isalnum(*c) || *c == '_');
    run_on_server(url, sql);
    return g_steal_pointer(&name);
}

static void
drop_database(const char *url, const char *name)
{
    g_autofree char *sql = g_strdup_printf("DROP DATABASE %s", name);
    run_on_server(url, sql);
}

static void
send_script(const char *conninfo, const char *text, size_t length)
{
    PGconn *connection = PQconnectdb(conninfo);
    g_assert_cmpint(PQstatus(connection), ==, CONNECTION_OK);
    /* The client shows these, and a test's result is no place for them. */
    PQclear(PQexec(connection, "SET client_min_messages = warning"));
    client_send(text, length, MIG_ENGINE_POSTGRES, send_statement, connection);
    PQfinish(connection);
}

static char *
dump(const char *conninfo)
{
    const char *const argv[] = {"pg_dump", "-d", conninfo, NULL};
    return client_run(argv, NULL);
}

static void
leaves_what_the_client_leaves(gconstpointer data)
{
    const char *path = data;
    const char *url = mig_server_url("postgres");
    g_autofree char *program = g_find_program_in_path("psql");
    if (url == NULL || program == NULL) {
        mig_server_missing("postgres", "MIGRATE_TEST_POSTGRES or psql is missing");
        return;
    }

    g_autofree char *theirs = make_database(url, "theirs");
    g_autofree char *ours = make_database(url, "ours");
    g_autofree char *again = make_database(url, "again");
    g_autofree char *at_theirs = conninfo_for(url, theirs);
    g_autofree char *at_ours = conninfo_for(url, ours);
    g_autofree char *at_again = conninfo_for(url, again);
    const char *const argv[] = {"psql", "-X",      "-q", "-v", "ON_ERROR_STOP=1",
                                "-d",   at_theirs, "-f", path, NULL};

    g_free(client_run(argv, NULL));
    size_t length = 0;
    g_autofree char *text = client_read(path, &length);
    send_script(at_ours, text, length);
    g_autofree char *expected = dump(at_theirs);
    g_autofree char *got = dump(at_ours);
    client_check_same(got, expected);

    /* A dump is a script, too. */
    send_script(at_again, expected, strlen(expected));
    g_autofree char *redumped = dump(at_again);
    client_check_same(redumped, expected);

    drop_database(url, theirs);
    drop_database(url, ours);
    drop_database(url, again);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GPtrArray) cases = client_cases("postgres");
    for (size_t i = 0; i < cases->len; i++) {
        g_autofree char *name = g_path_get_basename(cases->pdata[i]);
        g_autofree char *test = g_strconcat("/client/postgres/", name, NULL);
        g_test_add_data_func(test, cases->pdata[i], leaves_what_the_client_leaves);
    }
    return g_test_run();
}
