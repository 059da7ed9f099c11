/* SPDX-License-Identifier: MIT */
/* Statements and what they are read as: tests/sql/<engine>/<case>.sql and .changes beside it. */
#include <migrate/change.h>

#include <glib/gstdio.h>
#include <string.h>

#include "base/text.h"
#include "sql/splitter.h"

typedef struct {
    MigEngine engine;
    char *path; /* (owned) of the .sql */
} Case;

static void
free_case(gpointer data)
{
    Case *one = data;

    g_free(one->path);
    g_free(one);
}

/* "-- version: 8.0.30" in the first lines; 0 if there is none */
static int
read_version(const char *text, MigEngine engine)
{
    static const char label[] = "-- version: ";
    const char *at = g_str_has_prefix(text, label) ? text : strstr(text, "\n-- version: ");

    if (at == NULL)
        return 0;
    at += *at == '\n';
    return mig_engine_version_parse(engine, at + strlen(label));
}

static void
check_span(const MigSpan *span, size_t length)
{
    g_assert_cmpuint(span->offset, <=, length);
    g_assert_cmpuint(span->length, <=, length - span->offset);
}

static void
check_changes(const MigChanges *changes, size_t length)
{
    g_assert_true((changes->status == MIG_PARSE_OK) == (changes->message == NULL));
    g_assert_true((changes->needs_version > 0) == (changes->needs_what != NULL));
    check_span(&changes->where, length);
    check_span(&changes->needs_where, length);
    for (size_t i = 0; i < changes->n_changes; i++) {
        const MigChange *change = &changes->changes[i];

        check_span(&change->span, length);
        check_span(&change->table.span, length);
        check_span(&change->name.span, length);
        check_span(&change->to.span, length);
    }
}

static char *
dump_statement(const char *sql, size_t length, MigEngine engine, int version)
{
    /* A copy of just these bytes, so that AddressSanitizer sees what is read beyond them. */
    g_autofree char *copy = g_memdup2(sql, length);
    g_autoptr(MigChanges) changes = mig_parse(copy, length, engine, version);

    check_changes(changes, length);
    return mig_changes_dump(changes);
}

static char *
dump_file(const Case *one)
{
    g_autofree char *text = NULL;
    size_t length = 0;
    g_autoptr(GError) error = NULL;

    g_file_get_contents(one->path, &text, &length, &error);
    g_assert_no_error(error);

    MigSplitError split_error = {0};
    g_autoptr(MigSplit) split = mig_split(text, length, one->engine, 1, &split_error);
    if (split == NULL)
        g_error("%s:%u: %s", one->path, split_error.line, split_error.message);

    int version = read_version(text, one->engine);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < split->statements->len; i++) {
        const MigStatement *statement = &g_array_index(split->statements, MigStatement, i);
        const char *sql = text + statement->offset;
        g_autofree char *line = mig_text_one_line(sql, statement->length, 110);
        g_autofree char *dump = dump_statement(sql, statement->length, one->engine, version);

        g_string_append_printf(out, "%s# %s\n%s", i > 0 ? "\n" : "", line, dump);
    }
    return g_string_free(out, FALSE);
}

static void
check_case(gconstpointer data)
{
    const Case *one = data;
    g_autofree char *stem = g_strndup(one->path, strlen(one->path) - strlen(".sql"));
    g_autofree char *expected_path = g_strconcat(stem, ".changes", NULL);
    g_autofree char *expected = NULL;
    g_autofree char *found = dump_file(one);

    if (g_getenv("MIGRATE_BLESS") != NULL) {
        g_assert_true(g_file_set_contents(expected_path, found, -1, NULL));
        return;
    }
    g_file_get_contents(expected_path, &expected, NULL, NULL);
    if (g_strcmp0(expected, found) == 0)
        return;

    g_autoptr(GError) error = NULL;
    g_autofree char *got_path = NULL;
    int fd = g_file_open_tmp("changes-XXXXXX", &got_path, &error);
    g_assert_no_error(error);
    g_close(fd, NULL);
    g_file_set_contents(got_path, found, -1, NULL);
    const char *arguments[] = {"diff", "-u", expected_path, got_path, NULL};
    g_autofree char *difference = NULL;
    g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &difference, NULL,
                 NULL, NULL);
    g_unlink(got_path);
    g_test_message("%s", difference != NULL ? difference : found);
    g_test_fail();
}

static void
add_folder(const char *root, MigEngine engine)
{
    g_autofree char *folder = g_build_filename(root, mig_engine_name(engine), NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

    if (dir == NULL)
        return;
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        if (!g_str_has_suffix(name, ".sql"))
            continue;
        g_autofree char *test = g_strdup_printf("/parse/%s/%.*s", mig_engine_name(engine),
                                                (int)(strlen(name) - strlen(".sql")), name);
        Case *one = g_new0(Case, 1);

        one->engine = engine;
        one->path = g_build_filename(folder, name, NULL);
        g_test_add_data_func_full(test, one, check_case, free_case);
    }
}

/* What is far too much of something ends in an answer, or in an error that says so. */
typedef struct {
    const char *before;
    const char *repeated;
    const char *between;
    const char *closing; /* as often as `repeated` */
    const char *after;
    size_t n;
    MigParseStatus status;
} Large;

static const Large large[] = {
    {"SELECT * FROM t WHERE ", "a = 1", " AND ", "", "", 100000, MIG_PARSE_OK},
    {"SELECT * FROM t WHERE ", "a = 1", " OR ", "", "", 100000, MIG_PARSE_OK},
    {"SELECT ", "1", " + ", "", "", 900, MIG_PARSE_OK},
    {"SELECT ", "1", " + ", "", "", 100000, MIG_PARSE_TOO_DEEP},
    {"SELECT ", "(", "", ")", "1", 150, MIG_PARSE_OK},
    {"SELECT ", "(", "", ")", "1", 100000, MIG_PARSE_TOO_DEEP},
    {"SELECT ", "NOT ", "", "", "1", 100000, MIG_PARSE_TOO_DEEP},
    {"SELECT ", "- ", "", "", "a", 100000, MIG_PARSE_TOO_DEEP},
    {"SELECT ", "(SELECT ", "", ")", "1", 100000, MIG_PARSE_TOO_DEEP},
    {"SELECT * FROM ", "(", "", ")", "t", 100000, MIG_PARSE_TOO_DEEP},
    {"SELECT ", "CASE WHEN ", "", " THEN 1 END", "1", 100000, MIG_PARSE_TOO_DEEP},
    {"SELECT ", "f(", "", ")", "1", 100000, MIG_PARSE_TOO_DEEP},
    {"SELECT ", "CAST(", "", " AS char)", "1", 100000, MIG_PARSE_TOO_DEEP},
    {"SELECT ", "EXISTS (SELECT ", "", ")", "1", 100000, MIG_PARSE_TOO_DEEP},
    {"", "SELECT 1", " UNION ", "", "", 100000, MIG_PARSE_OK},
    {"INSERT INTO t VALUES ", "(1, 'x', NULL, -2)", ", ", "", "", 500000, MIG_PARSE_OK},
    {"SELECT * FROM t WHERE a IN (1", ", 2", "", "", ")", 500000, MIG_PARSE_OK},
    {"CREATE TABLE t (a int", ", a int", "", "", ")", 100000, MIG_PARSE_OK},
};

typedef struct {
    MigEngine engine;
    size_t index;
} LargeCase;

static void
check_large(gconstpointer data)
{
    const LargeCase *one = data;
    const Large *it = &large[one->index];
    g_autoptr(GString) sql = g_string_new(it->before);

    for (size_t i = 0; i < it->n; i++) {
        g_string_append(sql, i > 0 ? it->between : "");
        g_string_append(sql, it->repeated);
    }
    g_string_append(sql, it->after);
    for (size_t i = 0; i < it->n && it->closing[0] != '\0'; i++)
        g_string_append(sql, it->closing);

    g_autoptr(MigChanges) changes = mig_parse(sql->str, sql->len, one->engine, 0);
    g_assert_cmpint(changes->status, ==, it->status);
    check_changes(changes, sql->len);
    g_free(mig_changes_dump(changes));
}

static void
add_large(MigEngine engine)
{
    for (size_t i = 0; i < G_N_ELEMENTS(large); i++) {
        g_autofree char *test =
            g_strdup_printf("/parse/large/%s/%zu-%zu", mig_engine_name(engine), i, large[i].n);
        LargeCase *one = g_new0(LargeCase, 1);

        one->engine = engine;
        one->index = i;
        g_test_add_data_func_full(test, one, check_large, g_free);
    }
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);

    const char *root = g_getenv("MIGRATE_TEST_PARSE");
    g_assert_nonnull(root);
    add_folder(root, MIG_ENGINE_POSTGRES);
    add_folder(root, MIG_ENGINE_MYSQL);
    add_folder(root, MIG_ENGINE_MARIADB);
    add_folder(root, MIG_ENGINE_SQLITE);
    add_large(MIG_ENGINE_MYSQL);
    add_large(MIG_ENGINE_MARIADB);
    add_large(MIG_ENGINE_SQLITE);
    return g_test_run();
}
