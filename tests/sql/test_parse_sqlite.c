/* SPDX-License-Identifier: MIT */
/* What SQLite's own parser takes ours takes, and what it refuses ours refuses: each fixture's
 * statements, and the same with tokens left out, doubled and put in. */
#include <migrate/change.h>

#include <sqlite3.h>
#include <string.h>

#include "sql/lexer.h"
#include "sql/splitter.h"

/* Tables for the statements to be about: where one is missing SQLite doesn't read on. */
static const char tables[] =
    "CREATE TABLE customer (id INTEGER PRIMARY KEY, name, email, age, boss, phone, a, b);"
    "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id, total, state, placed_at);"
    "CREATE TABLE note (id INTEGER PRIMARY KEY, body); CREATE TABLE price (item, since, cents);"
    "CREATE TABLE t (a, b, c, d, e, f, x, y, id); CREATE TABLE s (a, b, c, d, x, id);"
    "CREATE VIEW open_orders AS SELECT * FROM orders; CREATE TABLE a (x, id);"
    "CREATE TABLE b (x, y, id); CREATE TABLE c (x); CREATE TABLE d (x); CREATE TABLE r (x, a);"
    "CREATE TABLE q (d, b, x); CREATE TABLE \"Order Line\" (\"line no\", text);";

static const char *const inserted[] = {"(",  ")",  ",",     "NOT",    "NULL", "1",       "a", "'s'",
                                       "AS", "ON", "KEY",   "SELECT", ".",    "SET",     "*", "=",
                                       "IF", "-",  "TABLE", "\"q\"",  "END",  "DEFAULT", "?", "||"};

typedef enum { SERVER_OK, SERVER_SYNTAX, SERVER_OTHER } Server;

static Server
ask_sqlite(sqlite3 *db, const char *sql, size_t length)
{
    sqlite3_stmt *statement = NULL;
    const char *rest = NULL;
    int result = sqlite3_prepare_v2(db, sql, (int)length, &statement, &rest);

    sqlite3_finalize(statement);
    if (result == SQLITE_OK) {
        /* What follows the first statement hasn't been looked at. */
        return rest == sql + length ? SERVER_OK : SERVER_OTHER;
    }
    const char *message = sqlite3_errmsg(db);
    bool syntax = strstr(message, "syntax error") != NULL ||
                  strstr(message, "incomplete input") != NULL ||
                  strstr(message, "unrecognized token") != NULL;
    return syntax ? SERVER_SYNTAX : SERVER_OTHER;
}

static int
linked_version(void)
{
    int number = sqlite3_libversion_number();

    return number / 1000000 * 10000 + number / 1000 % 1000 * 100 + number % 1000;
}

/* Returns: whether both said the same */
static bool
compare(sqlite3 *db, const char *sql, size_t length)
{
    Server server = ask_sqlite(db, sql, length);
    g_autoptr(MigChanges) changes = mig_parse(sql, length, MIG_ENGINE_SQLITE, 0);
    bool taken = changes->status == MIG_PARSE_OK;

    /* A newer SQLite than this one may say something else. */
    if (server == SERVER_OTHER || changes->needs_version > linked_version())
        return true;
    if (taken == (server == SERVER_OK))
        return true;
    g_test_message("%.*s", (int)length, sql);
    g_test_message("    SQLite: %s", server == SERVER_OK ? "taken" : sqlite3_errmsg(db));
    g_test_message("    migrate: %s", taken ? "taken" : changes->message);
    return false;
}

static GArray *
read_tokens(const char *sql, size_t length)
{
    GArray *tokens = g_array_new(FALSE, FALSE, sizeof(MigToken));
    MigLexer lexer;
    MigToken token;

    mig_lexer_init(&lexer, sql, length, MIG_ENGINE_SQLITE);
    while (mig_lexer_next(&lexer, &token))
        g_array_append_val(tokens, token);
    return tokens;
}

/* The statement with token @at left out (0), doubled (1), or another put before it (2 and more). */
static void
mutate(GString *out, const char *sql, const GArray *tokens, guint at, guint how)
{
    g_string_truncate(out, 0);
    for (guint i = 0; i < tokens->len; i++) {
        const MigToken *token = &g_array_index(tokens, MigToken, i);
        guint times = i != at ? 1 : how == 0 ? 0 : how == 1 ? 2 : 1;

        if (i == at && how >= 2)
            g_string_append_printf(out, "%s ", inserted[how - 2]);
        for (guint j = 0; j < times; j++) {
            g_string_append_len(out, sql + token->offset, (gssize)token->length);
            g_string_append_c(out, ' ');
        }
    }
}

static guint
check_statement(sqlite3 *db, const char *sql, size_t length)
{
    g_autoptr(GArray) tokens = read_tokens(sql, length);
    g_autoptr(GString) mutated = g_string_new(NULL);
    guint n_wrong = !compare(db, sql, length);

    for (guint at = 0; at < tokens->len; at++) {
        for (guint how = 0; how < 2 + G_N_ELEMENTS(inserted); how++) {
            mutate(mutated, sql, tokens, at, how);
            n_wrong += !compare(db, mutated->str, mutated->len);
        }
    }
    return n_wrong;
}

static void
check_file(gconstpointer data)
{
    g_autofree char *text = NULL;
    size_t length = 0;
    g_autoptr(GError) error = NULL;
    MigSplitError split_error = {0};
    sqlite3 *db = NULL;

    g_file_get_contents(data, &text, &length, &error);
    g_assert_no_error(error);
    g_autoptr(MigSplit) split = mig_split(text, length, MIG_ENGINE_SQLITE, 1, &split_error);
    g_assert_nonnull(split);
    g_assert_cmpint(sqlite3_open(":memory:", &db), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(db, tables, NULL, NULL, NULL), ==, SQLITE_OK);

    guint n_wrong = 0;
    for (guint i = 0; i < split->statements->len; i++) {
        const MigStatement *statement = &g_array_index(split->statements, MigStatement, i);

        n_wrong += check_statement(db, text + statement->offset, statement->length);
    }
    sqlite3_close(db);
    if (n_wrong > 0)
        g_test_fail();
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);

    g_autofree char *folder = g_build_filename(g_getenv("MIGRATE_TEST_PARSE"), "sqlite", NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        if (!g_str_has_suffix(name, ".sql"))
            continue;
        g_autofree char *test = g_strconcat("/parse/same-as-sqlite/", name, NULL);
        g_test_add_data_func_full(test, g_build_filename(folder, name, NULL), check_file, g_free);
    }
    return g_test_run();
}
