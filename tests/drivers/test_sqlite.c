/* SPDX-License-Identifier: MIT */
/* The SQLite driver keeps every promise, and some that only make sense for files. */
#include "base/error.h"
#include "drivers/promise.h"
#include "drivers/subject_sqlite.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
folder_of(MigCase *c)
{
    return g_path_get_dirname(strchr(c->url, ':') + 1);
}

static MigConnection *
open_url(MigCase *c, const char *url, bool create, GError **error)
{
    const MigOpenOptions options = {.create = create};

    return c->driver->open(url, &options, error);
}

static void
check_urls(MigCase *c)
{
    /* "@" stands for the case's folder, which is also where it stands while this runs. */
    static const struct {
        const char *url;
        const char *file; /* in the folder; NULL: none is made */
    } cases[] = {
        {"sqlite:@/a.db", "a.db"},
        {"sqlite://@/b.db", "b.db"},
        {"SQLite3:c.db", "c.db"},
        {"sqlite://d.db", "d.db"},
        {"sqlite:with%20space.db", "with space.db"},
        {"sqlite:a#b.db", "a#b.db"},
        {"sqlite:100%.db", "100%.db"},
        {"sqlite:what%3F.db", "what?.db"},
        {"sqlite:e.db?mode=rwc&cache=private", "e.db"},
        {"sqlite:žluť.db", "žluť.db"},
        {"sqlite::memory:", NULL},
        {"sqlite://:memory:", NULL},
        {"sqlite:f.db?mode=memory", NULL},
    };
    g_autofree char *folder = folder_of(c);
    g_autofree char *before = g_get_current_dir();

    g_assert_cmpint(g_chdir(folder), ==, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) url = g_string_new(cases[i].url);
        g_autoptr(GError) error = NULL;
        g_string_replace(url, "@", folder, 0);
        MigConnection *connection = open_url(c, url->str, true, &error);
        g_assert_no_error(error);
        mig_case_run(c, connection, "CREATE TABLE made (id integer)");
        c->driver->close(connection);
        if (cases[i].file != NULL)
            g_assert_true(g_file_test(cases[i].file, G_FILE_TEST_IS_REGULAR));
    }
    g_assert_false(g_file_test("f.db", G_FILE_TEST_EXISTS));
    g_assert_false(g_file_test(":memory:", G_FILE_TEST_EXISTS));
    g_assert_cmpint(g_chdir(before), ==, 0);
}

static void
check_creates_nothing(MigCase *c)
{
    static const char *const parameters[] = {"", "?mode=rwc", "?mode=rw", "?mode=ro"};
    g_autofree char *folder = folder_of(c);
    g_autofree char *path = g_build_filename(folder, "absent.db", NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(parameters); i++) {
        g_autofree char *url = g_strconcat("sqlite:", path, parameters[i], NULL);
        g_autoptr(GError) error = NULL;
        g_assert_null(open_url(c, url, false, &error));
        g_assert_error(error, MIG_ERROR, MIG_ERROR_CONNECTION);
        mig_assert_class(error, MIG_SQL_UNDEFINED_TABLE);
        g_assert_nonnull(strstr(error->message, "no such file"));
        g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    }
}

static void
check_foreign_file(MigCase *c)
{
    g_autofree char *folder = folder_of(c);
    g_autofree char *path = g_build_filename(folder, "notes.txt", NULL);
    g_autofree char *url = g_strconcat("sqlite:", path, NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_true(g_file_set_contents(path, "some notes, and nothing else\n", -1, NULL));
    g_assert_null(open_url(c, url, true, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_CONNECTION);
    g_assert_nonnull(strstr(error->message, "not an SQLite database"));
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "some notes, and nothing else\n");
}

static void
check_opened_for_reading(MigCase *c)
{
    const MigOpenOptions options = {.read_only = true, .create = true};
    g_autofree char *with_mode = g_strconcat(c->url, "?mode=ro", NULL);
    const char *const urls[] = {c->url, with_mode};

    mig_case_table(c);
    for (size_t i = 0; i < G_N_ELEMENTS(urls); i++) {
        g_autoptr(GError) error = NULL;
        MigConnection *reader = i == 0 ? c->driver->open(urls[i], &options, &error)
                                       : open_url(c, urls[i], true, &error);
        g_assert_no_error(error);
        g_autofree char *value = mig_case_value(c, reader, "SELECT t FROM kept");
        g_assert_cmpstr(value, ==, "one");
        g_autoptr(GError) refused = mig_case_refused(c, reader, "DELETE FROM kept");
        mig_assert_class(refused, MIG_SQL_READ_ONLY);
        c->driver->close(reader);
    }
}

static void
check_one_statement(MigCase *c)
{
    static const char *const single[] = {
        "DELETE FROM kept;",
        "DELETE FROM kept ; -- done",
        "DELETE FROM kept /* ; */ ;;\n\t ;",
        "-- nothing",
        "",
    };
    static const char *const several[] = {
        "DELETE FROM kept; DELETE FROM kept",
        "DELETE FROM kept; DROP",
        "DELETE FROM kept; /* */ SELEC",
    };

    mig_case_table(c);
    for (size_t i = 0; i < G_N_ELEMENTS(several); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(c->driver->exec(c->first, several[i], strlen(several[i]), &error));
        g_assert_error(error, MIG_ERROR, MIG_ERROR_FAILED);
        g_autofree char *kept = mig_case_kept(c);
        g_assert_cmpstr(kept, ==, "1");
    }
    for (size_t i = 0; i < G_N_ELEMENTS(single); i++)
        mig_case_run(c, c->first, single[i]);
}

static void
check_codes(MigCase *c)
{
    static const struct {
        const char *sql;
        const char *code;
        MigSqlClass class;
    } cases[] = {
        {"INSERT INTO kept VALUES (1, 'x')", "SQLITE_CONSTRAINT_PRIMARYKEY", MIG_SQL_OTHER},
        {"INSERT INTO child VALUES (9)", "SQLITE_CONSTRAINT_FOREIGNKEY", MIG_SQL_OTHER},
        {"INSERT INTO child VALUES (NULL)", "SQLITE_CONSTRAINT_NOTNULL", MIG_SQL_OTHER},
        {"VACUUM", "SQLITE_ERROR", MIG_SQL_IN_TRANSACTION},
        {"PRAGMA synchronous = off", "SQLITE_ERROR", MIG_SQL_IN_TRANSACTION},
        {"PRAGMA journal_mode = wal", "SQLITE_ERROR", MIG_SQL_IN_TRANSACTION},
        {"BEGIN", "SQLITE_ERROR", MIG_SQL_IN_TRANSACTION},
        {"SELECT 'open", "SQLITE_ERROR", MIG_SQL_SYNTAX},
        {"SELECT * FROM elsewhere.kept", "SQLITE_ERROR", MIG_SQL_UNDEFINED_TABLE},
        {"CREATE INDEX kept_t ON kept (id)", "SQLITE_ERROR", MIG_SQL_DUPLICATE_OBJECT},
    };
    g_autoptr(GError) begun = NULL;

    mig_case_table(c);
    mig_case_run(c, c->first, "CREATE INDEX kept_t ON kept (t)");
    mig_case_run(c, c->first, "CREATE TABLE child (id integer NOT NULL REFERENCES kept)");
    mig_case_run(c, c->first, "PRAGMA foreign_keys = on");
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &begun));
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = mig_case_refused(c, c->first, cases[i].sql);
        const MigSqlError *said = mig_error_get_sql(error);
        g_test_message("%s: %s", cases[i].sql, said->message);
        g_assert_cmpstr(said->code, ==, cases[i].code);
        mig_assert_class(error, cases[i].class);
    }
}

static void
check_values(MigCase *c)
{
    g_autoptr(GPtrArray) rows = mig_case_values(
        c, c->first, "SELECT X'00ff41', X'', 1.5, -9223372036854775808, 'a''b', NULL", NULL, 0);

    g_assert_cmpstr(g_ptr_array_index(rows, 0), ==,
                    "X'00FF41'|X''|1.5|-9223372036854775808|a'b|NULL");
}

/* A setting, changed and put back; what is kept in the file stays changed. */
static void
check_reset_settings(MigCase *c)
{
    static const struct {
        const char *change;
        const char *probe;
        bool stays;
    } cases[] = {
        {"PRAGMA foreign_keys = on", "PRAGMA foreign_keys", false},
        {"PRAGMA query_only = on", "PRAGMA query_only", false},
        {"PRAGMA case_sensitive_like = on", "SELECT 'a' LIKE 'A'", false},
        {"PRAGMA recursive_triggers = on", "PRAGMA recursive_triggers", false},
        {"PRAGMA ignore_check_constraints = on", "PRAGMA ignore_check_constraints", false},
        {"PRAGMA legacy_alter_table = on", "PRAGMA legacy_alter_table", false},
        {"PRAGMA writable_schema = on", "PRAGMA writable_schema", false},
        {"PRAGMA main . synchronous = off", "PRAGMA synchronous", false},
        {"pragma SYNCHRONOUS(0)", "PRAGMA synchronous", false},
        {"PRAGMA busy_timeout = 5000", "PRAGMA busy_timeout", false},
        {"PRAGMA cache_size = 17", "PRAGMA cache_size", false},
        {"PRAGMA temp_store = memory", "PRAGMA temp_store", false},
        {"PRAGMA locking_mode = exclusive", "PRAGMA locking_mode", false},
        {"PRAGMA journal_mode = memory", "PRAGMA journal_mode", false},
        {"PRAGMA trusted_schema = off", "PRAGMA trusted_schema", false},
        {"PRAGMA user_version = 7", "PRAGMA user_version", true},
        {"PRAGMA journal_mode = wal", "PRAGMA journal_mode", true},
    };

    mig_case_table(c);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *changed = NULL;
        g_autoptr(GError) error = NULL;
        g_autofree char *before = mig_case_value(c, c->first, cases[i].probe);

        g_test_message("%s", cases[i].change);
        mig_case_run(c, c->first, cases[i].change);
        g_autofree char *meanwhile = mig_case_value(c, c->first, cases[i].probe);
        g_assert_cmpstr(meanwhile, !=, before);
        g_assert_true(c->driver->reset(c->first, &changed, &error));
        g_assert_no_error(error);
        g_autofree char *after = mig_case_value(c, c->first, cases[i].probe);
        g_assert_cmpstr(after, ==, cases[i].stays ? meanwhile : before);
        g_assert_true((changed == NULL) == cases[i].stays);
    }
}

static void
check_reset_objects(MigCase *c)
{
    static const char *const left[] = {
        "ATTACH DATABASE ':memory:' AS \"odd \"\" name\"",
        "CREATE TEMP TABLE passing (id integer PRIMARY KEY AUTOINCREMENT)",
        "CREATE TEMP VIEW seen AS SELECT id FROM kept",
        "CREATE TEMP TRIGGER fired AFTER INSERT ON main.kept BEGIN DELETE FROM passing; END",
        "INSERT INTO passing VALUES (1)",
        "CREATE VIRTUAL TABLE temp.boxes USING rtree (id, a, b)",
    };
    g_autofree char *changed = NULL;
    g_autoptr(GError) error = NULL;

    mig_case_table(c);
    for (size_t i = 0; i < G_N_ELEMENTS(left); i++)
        mig_case_run(c, c->first, left[i]);
    g_assert_true(c->driver->reset(c->first, &changed, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(changed, ==,
                    "attached database odd \" name, temporary view seen, temporary trigger fired, "
                    "temporary table boxes, temporary table passing");
    g_autofree char *rest = mig_case_value(
        c, c->first, "SELECT count(*) FROM sqlite_temp_master WHERE name NOT LIKE 'sqlite%'");
    g_assert_cmpstr(rest, ==, "0");
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
}

static bool
take(MigCase *c, MigConnection *connection, const char *name)
{
    g_autoptr(GError) error = NULL;
    bool taken = false;

    c->driver->try_lock(connection, name, &taken, NULL, &error);
    g_assert_no_error(error);
    return taken;
}

/* Closing a descriptor drops a process's POSIX locks: SQLite's must survive what our lock does. */
static void
check_undisturbed(MigCase *c, const char *mode)
{
    static const char write[] = "INSERT INTO kept VALUES (9, 'elsewhere')";
    g_autofree char *pragma = g_strconcat("PRAGMA journal_mode = ", mode, NULL);
    g_autoptr(GError) error = NULL;

    mig_case_run(c, c->first, pragma);
    mig_case_table(c);
    MigConnection *other = mig_case_other(c);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    g_assert_false(mig_case_elsewhere(c, write));

    g_assert_true(take(c, other, "history"));
    g_assert_false(take(c, c->first, "history"));
    g_assert_false(mig_case_elsewhere(c, write));
    g_assert_true(c->driver->unlock(other, "history", &error));
    g_assert_false(mig_case_elsewhere(c, write));
    g_assert_true(take(c, c->first, "history"));
    c->driver->close(g_steal_pointer(&c->other));
    g_assert_false(mig_case_elsewhere(c, write));

    g_assert_true(c->driver->commit(c->first, &error));
    g_assert_true(mig_case_elsewhere(c, write));
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1,2,9");
    g_autofree char *intact = mig_case_value(c, c->first, "PRAGMA integrity_check");
    g_assert_cmpstr(intact, ==, "ok");
}

static void
check_undisturbed_rollback(MigCase *c)
{
    check_undisturbed(c, "delete");
}

static void
check_undisturbed_wal(MigCase *c)
{
    check_undisturbed(c, "wal");
}

static void
check_lock_replaced(MigCase *c)
{
    g_autofree char *folder = folder_of(c);
    g_autofree char *path = g_build_filename(folder, "test.db", NULL);
    g_autofree char *moved = g_build_filename(folder, "moved.db", NULL);
    g_autoptr(GError) error = NULL;
    bool ours = false;

    /* A file that was moved away is not the one that the next runner locks. */
    g_assert_true(take(c, c->first, "history"));
    g_assert_true(c->driver->locked(c->first, "history", &ours, &error));
    g_assert_true(ours);
    g_assert_cmpint(g_rename(path, moved), ==, 0);
    g_assert_true(c->driver->locked(c->first, "history", &ours, &error));
    g_assert_false(ours);
}

static void
check_lock_in_memory(MigCase *c)
{
    g_autoptr(GError) error = NULL;
    MigConnection *first = open_url(c, "sqlite::memory:", true, &error);
    MigConnection *second = open_url(c, "sqlite::memory:", true, &error);

    g_assert_true(take(c, first, "history"));
    g_assert_true(take(c, second, "history"));
    c->driver->close(first);
    c->driver->close(second);
}

static void
check_functions_read_only(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    /* A query that writes behind its back, through the tables of a full-text index. */
    mig_case_table(c);
    mig_case_run(c, c->first, "CREATE VIRTUAL TABLE texts USING fts5 (t)");
    mig_case_run(c, c->first, "INSERT INTO texts VALUES ('some words')");
    g_assert_true(c->driver->read_only(c->first, true, &error));
    g_autoptr(GError) refused =
        mig_case_refused(c, c->first, "INSERT INTO texts (texts) VALUES ('rebuild')");
    mig_assert_class(refused, MIG_SQL_READ_ONLY);
    g_autofree char *found =
        mig_case_value(c, c->first, "SELECT count(*) FROM texts WHERE texts MATCH 'words'");
    g_assert_cmpstr(found, ==, "1");
    g_autofree char *checked = mig_case_value(c, c->first, "PRAGMA integrity_check(10)");
    g_assert_cmpstr(checked, ==, "ok");
    g_autofree char *columns =
        mig_case_value(c, c->first, "SELECT count(*) FROM pragma_table_info('kept')");
    g_assert_cmpstr(columns, ==, "2");
    g_assert_true(c->driver->read_only(c->first, false, &error));
}

static const MigPromise own[] = {
    {"urls-name-files-as-their-authors-mean", check_urls, NULL},
    {"a-file-is-only-made-when-asked-for", check_creates_nothing, NULL},
    {"a-file-that-is-no-database-is-refused-and-left-alone", check_foreign_file, NULL},
    {"a-file-is-opened-for-reading", check_opened_for_reading, NULL},
    {"exec-refuses-a-second-statement-and-executes-none", check_one_statement, NULL},
    {"errors-have-extended-codes", check_codes, NULL},
    {"values-are-text-and-blobs-are-literals", check_values, NULL},
    {"reset-puts-every-session-setting-back", check_reset_settings, NULL},
    {"reset-detaches-and-drops-what-was-left", check_reset_objects, NULL},
    {"lock-leaves-sqlite-s-own-locks-alone", check_undisturbed_rollback, NULL},
    {"lock-leaves-sqlite-s-own-locks-alone-in-wal-mode", check_undisturbed_wal, NULL},
    {"lock-of-a-file-that-was-moved-away-is-not-ours", check_lock_replaced, NULL},
    {"lock-in-memory-is-always-had", check_lock_in_memory, NULL},
    {"read-only-lets-queries-and-checks-pass", check_functions_read_only, NULL},
    {NULL, NULL, NULL},
};

int
main(int argc, char **argv)
{
    MigSubject subject = mig_sqlite_subject;

    subject.own = own;
    return mig_contract_run(argc, argv, &subject);
}
