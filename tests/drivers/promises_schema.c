/* SPDX-License-Identifier: MIT */
/* What a driver tells of the schema, of sizes, of speed, and of what our transaction holds. */
#include "base/error.h"
#include "drivers/promise.h"

#include <string.h>

static void
collect(const char *sql, gpointer data)
{
    g_ptr_array_add(data, g_strdup(sql));
}

static GPtrArray *
ask_schema(MigCase *c, MigConnection *connection)
{
    GPtrArray *told = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    bool done = c->driver->schema(connection, collect, told, &error);

    g_assert_no_error(error);
    g_assert_true(done);
    g_assert_cmpint(c->driver->transaction(connection), ==, MIG_TXN_NONE);
    return told;
}

/* Names of databases differ, and stand in what MySQL says of views. */
static char *
join(const GPtrArray *told, const char *database)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < told->len; i++)
        g_string_append_printf(text, "%s;\n", (const char *)g_ptr_array_index(told, i));
    if (database != NULL)
        g_string_replace(text, database, "here", 0);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static const char *
database_of(const MigCase *c, MigConnection *connection)
{
    return c->driver->server(connection)->database;
}

static bool
has_rich_schema(const MigCase *c)
{
    return c->subject->schema != NULL;
}

/* What is told, executed elsewhere, is told again: nothing is missing, and the order is one that
 * works. */
static void
check_made_again(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; c->subject->schema[i] != NULL; i++)
        mig_case_run(c, c->first, c->subject->schema[i]);
    g_autoptr(GPtrArray) told = ask_schema(c, c->first);
    g_autofree char *text = join(told, database_of(c, c->first));
    for (size_t i = 0; i < c->subject->n_told; i++)
        if (strstr(text, c->subject->told[i]) == NULL)
            g_error("%s is not in what is told:\n%s", c->subject->told[i], text);

    g_autofree char *scratch = c->subject->scratch_new(c->driver, &error);
    g_assert_no_error(error);
    g_autofree char *url = g_strconcat(c->subject->url_prefix, scratch, NULL);
    const MigOpenOptions options = {.application = "migrate test", .create = true};
    MigConnection *copy = c->driver->open(url, &options, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < told->len; i++) {
        const char *sql = g_ptr_array_index(told, i);

        g_test_message("%s", sql);
        mig_case_run(c, copy, sql);
    }
    g_autoptr(GPtrArray) again = ask_schema(c, copy);
    g_autofree char *text_again = join(again, database_of(c, copy));
    c->driver->close(copy);
    c->subject->scratch_drop(c->driver, scratch);
    g_assert_cmpstr(text_again, ==, text);
}

/* Of an empty database there is nothing to tell but settings, and reading needs no right to write. */
static void
check_reads_only(MigCase *c)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) empty = ask_schema(c, c->first);

    for (guint i = 0; i < empty->len; i++)
        g_assert_true(g_str_has_prefix(g_ptr_array_index(empty, i), "SET "));
    mig_case_table(c);
    g_assert_true(c->driver->read_only(c->first, true, &error));
    g_autoptr(GPtrArray) told = g_ptr_array_new_with_free_func(g_free);
    g_assert_true(c->driver->schema(c->first, collect, told, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(told->len, >, empty->len);
    g_assert_true(c->driver->read_only(c->first, false, &error));
    g_assert_no_error(error);
}

typedef struct {
    MigSize kept;
    bool seen;
    bool other;
} Sizes;

static void
note_size(const MigSize *size, gpointer data)
{
    Sizes *sizes = data;

    if (strcmp(size->name, "kept") == 0) {
        sizes->kept = *size;
        sizes->seen = true;
    }
    sizes->other |= strcmp(size->name, "unused") == 0;
}

static void
fill(MigCase *c)
{
    g_autoptr(GString) insert = g_string_new("INSERT INTO kept VALUES (2, 'two')");
    bool mysql = strcmp(c->subject->engine, "mysql") == 0;

    for (unsigned i = 3; i <= 2000; i++)
        g_string_append_printf(insert, ", (%u, 'some text that takes a place of its own %u')", i,
                               i);
    mig_case_run(c, c->first, insert->str);
    mig_case_run(c, c->first, mysql ? "ANALYZE TABLE kept" : "ANALYZE kept");
}

static void
check_sizes(MigCase *c)
{
    Sizes sizes = {.seen = false};
    g_autoptr(GError) error = NULL;

    mig_case_table(c);
    mig_case_run(c, c->first, "CREATE TABLE unused (id integer)");
    mig_case_run(c, c->first, "CREATE INDEX kept_id ON kept (id)");
    fill(c);
    g_assert_true(c->driver->sizes(c->first, note_size, &sizes, &error));
    g_assert_no_error(error);
    g_assert_true(sizes.seen);
    g_assert_true(sizes.other);
    /* Statistics are allowed to be wrong by half. */
    g_assert_cmpint(sizes.kept.rows, >=, 1000);
    g_assert_cmpint(sizes.kept.rows, <=, 4000);
    g_assert_cmpint(sizes.kept.bytes, >=, 50 * 1000);
    g_assert_cmpint(sizes.kept.bytes, <=, 1000 * 1000);
    g_assert_cmpint(sizes.kept.index_bytes, >, 0);
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
}

static void
check_speed(MigCase *c)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) before = ask_schema(c, c->first);

    for (unsigned i = 0; i < 2; i++) {
        double read = 0;
        double write = 0;

        g_assert_true(c->driver->speed(c->first, &read, &write, &error));
        g_assert_no_error(error);
        g_assert_cmpfloat(read, >, 0);
        g_assert_cmpfloat(write, >, 0);
        g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
    }
    /* A table of that name can be made, so that none was left. */
    mig_case_run(c, c->first, "CREATE TABLE migrate_speed (id integer)");
    mig_case_run(c, c->first, "INSERT INTO migrate_speed VALUES (1)");
    g_autofree char *rows = mig_case_value(c, c->first, "SELECT count(*) FROM migrate_speed");
    g_assert_cmpstr(rows, ==, "1");
    mig_case_run(c, c->first, "DROP TABLE migrate_speed");
    g_autoptr(GPtrArray) after = ask_schema(c, c->first);
    g_autofree char *text_before = join(before, NULL);
    g_autofree char *text_after = join(after, NULL);
    g_assert_cmpstr(text_after, ==, text_before);
}

static bool
tells_held(const MigCase *c)
{
    return c->driver->held != NULL;
}

static void
note_held(const MigHeld *held, gpointer data)
{
    g_ptr_array_add(
        data, g_strdup_printf("%s%s %s", held->index ? "index " : "", held->name, held->mode));
}

static gint
compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
assert_held(MigCase *c, const char *expected)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;

    g_assert_true(c->driver->held(c->first, note_held, lines, &error));
    g_assert_no_error(error);
    g_ptr_array_sort(lines, compare);
    g_ptr_array_add(lines, NULL);
    g_autofree char *text = g_strjoinv(", ", (char **)lines->pdata);
    g_assert_cmpstr(text, ==, expected);
}

static void
check_held(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    mig_case_table(c);
    mig_case_run(c, c->first, "CREATE TABLE gone (id integer)");
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    assert_held(c, "");
    mig_case_run(c, c->first, "SELECT count(*) FROM kept");
    assert_held(c, "index kept_pkey AccessShareLock, kept AccessShareLock");
    /* The strongest is what counts, and locks are never given back before the end. */
    mig_case_run(c, c->first, "LOCK TABLE kept IN SHARE MODE");
    assert_held(c, "index kept_pkey AccessShareLock, kept ShareLock");
    /* What has no name any more goes by the one that it had; and by the first of two. */
    mig_case_run(c, c->first, "DROP TABLE gone");
    mig_case_run(c, c->first, "ALTER TABLE kept RENAME TO renamed");
    assert_held(
        c, "gone AccessExclusiveLock, index kept_pkey AccessShareLock, kept AccessExclusiveLock");
    g_assert_true(c->driver->rollback(c->first, &error));

    /* Another transaction begins with nothing, and with names as they are then. */
    mig_case_run(c, c->first, "ALTER TABLE kept RENAME TO renamed");
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    assert_held(c, "");
    mig_case_run(c, c->first, "LOCK TABLE renamed IN ACCESS EXCLUSIVE MODE");
    assert_held(c, "renamed AccessExclusiveLock");
    g_assert_true(c->driver->rollback(c->first, &error));
}

const MigPromise mig_schema_promises[] = {
    {"schema-executed-elsewhere-is-told-again", check_made_again, has_rich_schema},
    {"schema-is-read-where-only-reading-is-allowed", check_reads_only, NULL},
    {"sizes-are-those-of-all-tables", check_sizes, NULL},
    {"speed-is-measured-and-leaves-nothing", check_speed, NULL},
    {"held-tells-the-strongest-lock-also-of-what-was-dropped", check_held, tells_held},
    {NULL, NULL, NULL},
};
