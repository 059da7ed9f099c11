/* SPDX-License-Identifier: MIT */
/* The program run with a fault at its nth call to the database, and what is left of its work. */
#include "apply/walk.h"

#include "history/table.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define COUNT(key) "UPDATE tally SET n = n + 1 WHERE name = '" key "';\n"
#define UP "-- ===== UP =====\n"
#define DOWN "-- ===== DOWN =====\n"
#define VERIFY "-- ===== VERIFY =====\n"

typedef struct {
    const char *name;
    const char *text;
} File;

/* The first is one transaction; the others have what the engine can't put in one. */
static const File sqlite_files[] = {
    {"1_a.sql", UP COUNT("u1.1") "CREATE TABLE a (id int);\n" COUNT("u1.3")
                    DOWN COUNT("d1.1") "DROP TABLE a;\n" VERIFY "SELECT count(*) = 0 FROM a;\n"},
    {"2_b.sql", UP COUNT("u2.1") "VACUUM;\n" COUNT("u2.3") COUNT("u2.4") DOWN COUNT(
                    "d2.1") "VACUUM;\n" COUNT("d2.3") VERIFY "SELECT n > 0 FROM tally WHERE "
                                                             "name = 'u2.4';\n"},
    {"3_c.sql",
     "-- Transaction: none\n\n" UP "CREATE TABLE c (id int);\n" COUNT(
         "u3.2") "ALTER TABLE c ADD COLUMN b int;\n" DOWN COUNT("d3.1") "DROP TABLE c;\n"},
    {"4_d.sql", UP "PRAGMA foreign_keys = OFF;\nBEGIN;\n" COUNT(
                    "u4.3") "CREATE TABLE d (id int);\n"
                            "COMMIT;\n" COUNT("u4.6") DOWN COUNT("d4."
                                                                 "1") "DROP TABLE d;\n"},
};

static const File postgres_files[] = {
    {"1_a.sql", UP COUNT("u1.1") "CREATE TABLE a (id int);\n" COUNT("u1.3")
                    DOWN COUNT("d1.1") "DROP TABLE a;\n" VERIFY "SELECT count(*) = 0 FROM a;\n"},
    {"2_b.sql", UP COUNT("u2.1") "CREATE INDEX CONCURRENTLY a_id ON a (id);\n" COUNT("u2.3")
                    COUNT("u2.4") DOWN COUNT("d2.1") "DROP INDEX CONCURRENTLY a_id;\n" COUNT("d2.3")
                        VERIFY "SELECT n > 0 FROM tally WHERE name = 'u2.4';\n"},
    {"3_c.sql",
     "-- Transaction: none\n\n" UP "CREATE TABLE c (id int);\n" COUNT(
         "u3.2") "ALTER TABLE c ADD COLUMN b int;\n" DOWN COUNT("d3.1") "DROP TABLE c;\n"},
    {"4_d.sql", UP "SET search_path TO public;\nBEGIN;\n" COUNT(
                    "u4.3") "CREATE TABLE d (id int);\n"
                            "COMMIT;\n" COUNT("u4.6") DOWN COUNT("d4."
                                                                 "1") "DROP TABLE d;\n"},
};

static const File mysql_files[] = {
    {"1_a.sql", UP COUNT("u1.1") "CREATE TABLE a (id int);\n" COUNT("u1.3")
                    DOWN COUNT("d1.1") "DROP TABLE a;\n" VERIFY "SELECT count(*) = 0 FROM a;\n"},
    {"2_b.sql", UP "ALTER TABLE a ADD COLUMN b int;\n" COUNT("u2.2") COUNT("u2.3")
                    DOWN COUNT("d2.1") "ALTER TABLE a DROP COLUMN b;\n" COUNT("d2.3")},
    {"3_c.sql",
     UP "SET @x = 1;\nBEGIN;\n" COUNT("u3.3") COUNT("u3.4") "COMMIT;\n" DOWN COUNT("d3.1")},
    {"4_d.sql", UP "BEGIN;\n" COUNT("u4.2") "CREATE TABLE d (id int);\n" COUNT(
                    "u4.4") "COMMIT;\n" DOWN COUNT("d4.1") "DROP TABLE d;\n"},
    {"5_e.sql", "-- Transaction: none\n\n" UP COUNT("u5.1") "CREATE TABLE e (id int);\n" DOWN COUNT(
                    "d5.1") "DROP TABLE e;\n"},
    {"6_f.sql", UP "LOCK TABLES tally WRITE;\n" COUNT("u6.2")
                    COUNT("u6.3") "UNLOCK TABLES;\n" COUNT("u6.5") DOWN COUNT("d6.1")},
};

static const struct {
    const char *engine;
    const File *files;
    size_t n_files;
    const char *schema;
} engines[] = {
    {"sqlite", sqlite_files, G_N_ELEMENTS(sqlite_files),
     "SELECT name, sql FROM sqlite_master WHERE tbl_name NOT LIKE 'migrate_history%' AND"
     " tbl_name <> 'tally' ORDER BY name"},
    {"postgres", postgres_files, G_N_ELEMENTS(postgres_files),
     "SELECT c.relname, string_agg(a.attname, ',' ORDER BY a.attnum), bool_and(i.indisvalid)"
     " FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0"
     " LEFT JOIN pg_index AS i ON i.indexrelid = c.oid"
     " WHERE c.relnamespace = 'public'::regnamespace AND c.relname !~ '^(migrate_history|tally)'"
     " GROUP BY c.relname ORDER BY c.relname"},
    {"mysql", mysql_files, G_N_ELEMENTS(mysql_files),
     "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema ="
     " database() AND table_name NOT LIKE 'migrate_history%' AND table_name <> 'tally'"
     " ORDER BY table_name, ordinal_position"},
};

static size_t
engine_index(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(engines); i++) {
        if (strcmp(engines[i].engine, mig_test_engine()) == 0)
            return i;
    }
    g_assert_not_reached();
}

static void
write_file(const char *folder, const File *file)
{
    g_autofree char *path = g_build_filename(folder, file->name, NULL);
    g_autoptr(GError) error = NULL;

    g_file_set_contents(path, file->text, -1, &error);
    g_assert_no_error(error);
}

/* A row for each key that the files name. */
static void
fill_tally(const MigWalk *walk, const char *text)
{
    for (const char *at = text; (at = strstr(at, "name = '")) != NULL;) {
        at += strlen("name = '");
        g_autofree char *key = g_strndup(at, strcspn(at, "'"));
        g_autofree char *sql = g_strdup_printf(
            "INSERT INTO tally SELECT '%s', 0 FROM (SELECT 1 AS one) AS x WHERE NOT EXISTS (SELECT "
            "1 FROM tally WHERE name = '%s')",
            key, key);
        g_autoptr(GError) error = NULL;
        mig_target_exec_text(walk->target, sql, &error);
        g_assert_no_error(error);
    }
}

MigWalk *
mig_walk_new(void)
{
    MigWalk *walk = g_new0(MigWalk, 1);
    size_t engine = engine_index();
    g_autoptr(GError) error = NULL;

    walk->database = mig_test_database_new();
    walk->migrations = g_build_filename(walk->database->folder, "migrations", NULL);
    walk->log = g_build_filename(walk->database->folder, "calls", NULL);
    g_assert_cmpint(g_mkdir(walk->migrations, 0700), ==, 0);

    const MigTargetOptions options = {.url = walk->database->url, .create = true};
    walk->target = mig_target_open(&options, &error);
    g_assert_no_error(error);
    mig_target_exec_text(walk->target, "CREATE TABLE tally (name varchar(20) PRIMARY KEY, n int)",
                         &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < engines[engine].n_files; i++) {
        write_file(walk->migrations, &engines[engine].files[i]);
        fill_tally(walk, engines[engine].files[i].text);
    }
    return walk;
}

void
mig_walk_free(MigWalk *walk)
{
    if (walk == NULL)
        return;

    mig_target_close(walk->target);
    mig_test_database_free(walk->database);
    g_free(walk->migrations);
    g_free(walk->log);
    g_free(walk->output);
    g_free(walk);
}

static GPtrArray *
make_arguments(const MigWalk *walk, const char *command)
{
    GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) words = g_strsplit(command, " ", -1);

    g_ptr_array_add(arguments, g_strdup(g_getenv("MIGRATE")));
    g_ptr_array_add(arguments, g_strdup_printf("--database=faulty+%s", walk->database->url));
    g_ptr_array_add(arguments, g_strdup_printf("--dir=%s", walk->migrations));
    g_ptr_array_add(arguments, g_strdup("--no-progress"));
    for (size_t i = 0; words[i] != NULL; i++)
        g_ptr_array_add(arguments, g_strdup(words[i]));
    g_ptr_array_add(arguments, NULL);
    return arguments;
}

int
mig_walk_run(MigWalk *walk, const char *command, unsigned at, const char *kind)
{
    g_autoptr(GPtrArray) arguments = make_arguments(walk, command);
    g_auto(GStrv) environment = g_get_environ();
    g_autofree char *number = g_strdup_printf("%u", at);
    g_autoptr(GError) error = NULL;
    int status = 0;

    g_unlink(walk->log);
    g_clear_pointer(&walk->output, g_free);
    environment = g_environ_setenv(environment, "MIGRATE_FAULT_LOG", walk->log, TRUE);
    if (at > 0) {
        environment = g_environ_setenv(environment, "MIGRATE_FAULT_AT", number, TRUE);
        environment = g_environ_setenv(environment, "MIGRATE_FAULT_KIND", kind, TRUE);
    }
    g_spawn_sync(walk->database->folder, (char **)arguments->pdata, environment,
                 G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &walk->output, &status, &error);
    g_assert_no_error(error);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

unsigned
mig_walk_calls(const MigWalk *walk)
{
    g_autofree char *text = NULL;
    unsigned n = 0;

    if (!g_file_get_contents(walk->log, &text, NULL, NULL))
        return 0;
    for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++)
        n++;
    return n;
}

static MigTable *
open_table(const MigWalk *walk)
{
    g_autoptr(GError) error = NULL;
    MigTable *table = mig_table_new(walk->target, NULL, "migrate_history", &error);

    g_assert_no_error(error);
    return table;
}

MigHistory *
mig_walk_history(const MigWalk *walk)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MigTable) table = open_table(walk);
    MigHistory *history = mig_history_read(table, &error);

    g_assert_no_error(error);
    return history;
}

static bool
keep_number(const MigRow *row, gpointer data)
{
    int *number = data;

    *number = (int)strtol(row->values[0], NULL, 10);
    return false;
}

int
mig_walk_tally(const MigWalk *walk, char direction, const char *version, int statement)
{
    g_autofree char *sql = g_strdup_printf("SELECT n FROM tally WHERE name = '%c%s.%d'", direction,
                                           version, statement);
    const MigCall call = {.sql = sql};
    g_autoptr(GError) error = NULL;
    int number = -1;

    mig_target_query(walk->target, &call, keep_number, &number, &error);
    g_assert_no_error(error);
    return number;
}

void
mig_walk_doubt(const MigWalk *walk, const char *version)
{
    g_autoptr(MigTable) table = open_table(walk);
    g_autoptr(MigBatch) batch = mig_batch_new();
    g_autoptr(GError) error = NULL;
    size_t doing = 9;

    while (mig_walk_tally(walk, 'u', version, (int)doing) < 0)
        doing--;
    mig_table_move(table, batch, version, MIG_STATE_RUNNING, doing - 1, doing);
    mig_table_write(table, batch, &error);
    g_assert_no_error(error);
}

void
mig_walk_undo(const MigWalk *walk, const char *version)
{
    g_autofree char *sql =
        g_strdup_printf("UPDATE tally SET n = 0 WHERE name LIKE 'u%s.%%'", version);
    g_autoptr(GError) error = NULL;

    mig_target_exec_text(walk->target, sql, &error);
    g_assert_no_error(error);
}

static bool
add_row(const MigRow *row, gpointer data)
{
    for (size_t i = 0; i < row->n_columns; i++)
        g_string_append_printf(data, "%s ", row->values[i] != NULL ? row->values[i] : "NULL");
    g_string_append_c(data, '\n');
    return true;
}

static char *
select_text(const MigWalk *walk, const char *sql)
{
    const MigCall call = {.sql = sql};
    GString *out = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    mig_target_query(walk->target, &call, add_row, out, &error);
    g_assert_no_error(error);
    return g_string_free(out, FALSE);
}

char *
mig_walk_schema(const MigWalk *walk)
{
    return select_text(walk, engines[engine_index()].schema);
}

char *
mig_walk_tallies(const MigWalk *walk)
{
    return select_text(walk, "SELECT name, n FROM tally ORDER BY name");
}
