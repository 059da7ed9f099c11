/* SPDX-License-Identifier: MIT */
/* The program run with a fault at its nth call to the database, and what is left of its work. */
#include "apply/walk.h"

#include "apply/walk_files.h"
#include "history/table.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* A row for each key that the file names. */
static void
fill_tally(const MigWalk *walk, const char *text)
{
    g_autoptr(GString) sql = g_string_new(NULL);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (const char *at = text; (at = strstr(at, "name = '")) != NULL;) {
        at += strlen("name = '");
        char *key = g_strndup(at, strcspn(at, "'"));
        /* VERIFY looks at one that is counted. */
        if (g_hash_table_add(seen, key))
            g_string_append_printf(sql, "%s('%s', 0)", sql->len > 0 ? ", " : "", key);
    }
    g_string_prepend(sql, "INSERT INTO tally VALUES ");
    mig_walk_exec(walk, sql->str);
}

void
mig_walk_write(const MigWalk *walk, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(walk->migrations, name, NULL);
    bool known = g_file_test(path, G_FILE_TEST_EXISTS);
    g_autoptr(GError) error = NULL;

    g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
    if (!known)
        fill_tally(walk, text);
}

char *
mig_walk_read(const MigWalk *walk, const char *name)
{
    g_autofree char *path = g_build_filename(walk->migrations, name, NULL);
    char *text = NULL;
    g_autoptr(GError) error = NULL;

    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    return text;
}

/* @database: (owned) */
static MigWalk *
make(MigTestDatabase *database)
{
    MigWalk *walk = g_new0(MigWalk, 1);

    walk->database = database;
    walk->migrations = g_build_filename(database->folder, "migrations", NULL);
    walk->log = g_build_filename(database->folder, "calls", NULL);
    g_assert_cmpint(g_mkdir(walk->migrations, 0700), ==, 0);
    return walk;
}

static void
connect_to(MigWalk *walk)
{
    const MigTargetOptions options = {.url = walk->database->url, .create = true};
    g_autoptr(GError) error = NULL;

    walk->target = mig_target_open(&options, &error);
    g_assert_no_error(error);
}

MigWalk *
mig_walk_new(void)
{
    MigWalk *walk = make(mig_test_database_new());
    const MigWalkFiles *files = mig_walk_files();

    connect_to(walk);
    mig_walk_exec(walk, "CREATE TABLE tally (name varchar(20) PRIMARY KEY, n int)");
    for (size_t i = 0; i < files->n_files; i++)
        mig_walk_write(walk, files->files[i].name, files->files[i].text);
    return walk;
}

static bool
is_sqlite(const MigWalk *walk)
{
    return strcmp(walk->database->engine, "sqlite") == 0;
}

static void
copy_migrations(const MigWalk *walk, const MigWalk *start)
{
    g_autoptr(GDir) files = g_dir_open(start->migrations, 0, NULL);
    g_autoptr(GError) error = NULL;

    for (const char *name; (name = g_dir_read_name(files)) != NULL;) {
        g_autofree char *text = mig_walk_read(start, name);
        g_autofree char *path = g_build_filename(walk->migrations, name, NULL);
        g_file_set_contents(path, text, -1, &error);
        g_assert_no_error(error);
    }
}

void
mig_walk_restart(MigWalk *walk, const MigWalk *start, const MigImage *image)
{
    if (is_sqlite(walk))
        g_clear_pointer(&walk->target, mig_target_close);
    mig_image_restore(image, walk->database, walk->target);
    if (is_sqlite(walk))
        connect_to(walk);
    copy_migrations(walk, start);
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

static GStrv
make_environment(const MigWalk *walk, unsigned at, const char *kind)
{
    GStrv environment = g_environ_setenv(g_get_environ(), "MIGRATE_FAULT_LOG", walk->log, TRUE);

    if (at > 0) {
        g_autofree char *number = g_strdup_printf("%u", at);
        environment = g_environ_setenv(environment, "MIGRATE_FAULT_AT", number, TRUE);
        return g_environ_setenv(environment, "MIGRATE_FAULT_KIND", kind, TRUE);
    }

    /* Looking for leaks takes a third of the time, and other tests run without a fault. */
    const char *options = g_environ_getenv(environment, "ASAN_OPTIONS");
    g_autofree char *more = g_strconcat(options != NULL ? options : "", ":detect_leaks=0", NULL);
    return g_environ_setenv(environment, "ASAN_OPTIONS", more, TRUE);
}

int
mig_walk_run(MigWalk *walk, const char *command, unsigned at, const char *kind)
{
    g_autoptr(GPtrArray) arguments = make_arguments(walk, command);
    g_auto(GStrv) environment = make_environment(walk, at, kind);
    g_autoptr(GError) error = NULL;
    int status = 0;

    g_unlink(walk->log);
    g_clear_pointer(&walk->output, g_free);
    /* With open descriptors and without a directory it is posix_spawn(), which doesn't copy the page
     * tables of a process with sanitizers. */
    g_spawn_sync(NULL, (char **)arguments->pdata, environment,
                 G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_LEAVE_DESCRIPTORS_OPEN, NULL, NULL, NULL,
                 &walk->output, &status, &error);
    g_assert_no_error(error);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

char **
mig_walk_calls(const MigWalk *walk)
{
    g_autofree char *text = NULL;
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();

    if (!g_file_get_contents(walk->log, &text, NULL, NULL))
        return g_strv_builder_end(names);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
        g_strv_builder_add(names, strchr(lines[i], ' ') + 1);
    return g_strv_builder_end(names);
}

static MigHistoryTable *
open_table(const MigWalk *walk)
{
    g_autoptr(GError) error = NULL;
    MigHistoryTable *table = mig_history_table_new(walk->target, NULL, "migrate_history", &error);

    g_assert_no_error(error);
    return table;
}

MigHistory *
mig_walk_history(const MigWalk *walk)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MigHistoryTable) table = open_table(walk);
    MigHistory *history = mig_history_read(table, &error);

    g_assert_no_error(error);
    return history;
}

static bool
add_tally(const MigRow *row, gpointer data)
{
    const char *name = row->values[0];
    int version = g_ascii_digit_value(name[1]);
    int statement = g_ascii_digit_value(name[3]);
    MigTallies *tallies = data;
    int *times = name[0] == 'u' ? tallies->up[version] : tallies->down[version];

    times[statement] = (int)strtol(row->values[1], NULL, 10);
    return true;
}

MigTallies
mig_walk_tallies(const MigWalk *walk)
{
    const MigCall call = {.sql = "SELECT name, n FROM tally"};
    g_autoptr(GError) error = NULL;
    MigTallies tallies;

    for (int i = 0; i <= MIG_WALK_VERSIONS; i++) {
        for (int j = 0; j <= MIG_WALK_STATEMENTS; j++)
            tallies.up[i][j] = tallies.down[i][j] = -1;
    }
    mig_target_query(walk->target, &call, add_tally, &tallies, &error);
    g_assert_no_error(error);
    return tallies;
}

void
mig_walk_exec(const MigWalk *walk, const char *sql)
{
    g_autoptr(GError) error = NULL;

    mig_target_exec_text(walk->target, sql, &error);
    g_assert_no_error(error);
}

void
mig_walk_doubt(const MigWalk *walk, const char *version)
{
    MigTallies tallies = mig_walk_tallies(walk);
    g_autoptr(MigHistoryTable) table = open_table(walk);
    g_autoptr(MigBatch) batch = mig_batch_new();
    g_autoptr(GError) error = NULL;
    size_t doing = MIG_WALK_STATEMENTS;

    while (tallies.up[g_ascii_digit_value(version[0])][doing] < 0)
        doing--;
    mig_history_table_move(table, batch, version, MIG_STATE_RUNNING, doing - 1, doing);
    mig_history_table_write(table, batch, &error);
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

char *
mig_walk_show(const MigWalk *walk, const char *sql)
{
    const MigCall call = {.sql = sql};
    GString *out = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    mig_target_query(walk->target, &call, add_row, out, &error);
    g_assert_no_error(error);
    return g_string_free(out, FALSE);
}
