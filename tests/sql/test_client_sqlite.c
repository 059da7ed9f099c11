/* SPDX-License-Identifier: MIT */
/* Our statements one by one leave the database that sqlite3 leaves with the same script. */
#include <string.h>
#include <sqlite3.h>

#include "clients.h"
#include "support/scratch.h"

static void
send_statement(gpointer connection, const char *text, const MigStatement *statement)
{
    g_autofree char *sql = g_strndup(text + statement->offset, statement->length);
    sqlite3_stmt *prepared = NULL;
    const char *rest = NULL;

    if (sqlite3_prepare_v2(connection, sql, -1, &prepared, &rest) != SQLITE_OK)
        g_error("%u:%u: %s: %s", statement->line, statement->column, sqlite3_errmsg(connection),
                sql);
    /* One statement is what SQLite's own parser takes for one. */
    g_assert_cmpstr(rest, ==, "");
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW)
        code = sqlite3_step(prepared);
    if (code != SQLITE_DONE)
        g_error("%u:%u: %s", statement->line, statement->column, sqlite3_errmsg(connection));
    sqlite3_finalize(prepared);
}

static void
send_script(const char *database, const char *text, size_t length)
{
    sqlite3 *connection = NULL;
    g_assert_cmpint(sqlite3_open(database, &connection), ==, SQLITE_OK);
    client_send(text, length, MIG_ENGINE_SQLITE, send_statement, connection);
    g_assert_cmpint(sqlite3_close(connection), ==, SQLITE_OK);
}

static char *
dump(const char *database)
{
    const char *const argv[] = {"sqlite3", "-batch", database, ".dump", "PRAGMA user_version;",
                                NULL};
    return client_run(argv, NULL);
}

static void
leaves_what_the_client_leaves(gconstpointer data)
{
    const char *path = data;
    g_autofree char *program = g_find_program_in_path("sqlite3");
    if (program == NULL) {
        g_test_skip("sqlite3 is not installed");
        return;
    }

    g_autofree char *scratch = mig_scratch_new();
    g_autofree char *theirs = g_build_filename(scratch, "theirs.db", NULL);
    g_autofree char *ours = g_build_filename(scratch, "ours.db", NULL);
    g_autofree char *again = g_build_filename(scratch, "again.db", NULL);
    const char *const argv[] = {"sqlite3", "-batch", "-bail", theirs, NULL};

    g_free(client_run(argv, path));
    size_t length = 0;
    g_autofree char *text = client_read(path, &length);
    send_script(ours, text, length);
    g_autofree char *expected = dump(theirs);
    g_autofree char *got = dump(ours);
    client_check_same(got, expected);

    /* A dump is a script, too. */
    const char *const plain[] = {"sqlite3", "-batch", theirs, ".dump", NULL};
    g_autofree char *script = client_run(plain, NULL);
    send_script(again, script, strlen(script));
    const char *const plain_again[] = {"sqlite3", "-batch", again, ".dump", NULL};
    g_autofree char *redumped = client_run(plain_again, NULL);
    client_check_same(redumped, script);
    mig_scratch_remove(scratch);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GPtrArray) cases = client_cases("sqlite");
    for (size_t i = 0; i < cases->len; i++) {
        g_autofree char *name = g_path_get_basename(cases->pdata[i]);
        g_autofree char *test = g_strconcat("/client/sqlite/", name, NULL);
        g_test_add_data_func(test, cases->pdata[i], leaves_what_the_client_leaves);
    }
    return g_test_run();
}
