/* SPDX-License-Identifier: MIT */
/* Each <engine>/<case>.sql is cut into what <case>.statements says; and scripts of great size. */
#include <migrate/statement.h>

#include <string.h>

#include "sql/splitter.h"

#define SHOWN_BYTES 400

typedef struct {
    char *path;
    MigEngine engine;
} Case;

static void
free_case(gpointer data)
{
    Case *c = data;
    g_free(c->path);
    g_free(c);
}

static void
append_text(GString *out, const char *text, size_t length)
{
    size_t shown = MIN(length, SHOWN_BYTES);

    for (size_t i = 0; i < shown; i++) {
        if (text[i] == '\n')
            g_string_append(out, "\\n");
        else if (text[i] == '\r')
            g_string_append(out, "\\r");
        else if (text[i] == '\t')
            g_string_append(out, "\\t");
        else if (text[i] == '\\')
            g_string_append(out, "\\\\");
        else
            g_string_append_c(out, text[i]);
    }
    g_string_append(out, shown < length ? " [...]\n" : "\n");
}

static void
append_notes(GString *out, const char *text, const MigSplit *split, size_t statement)
{
    for (size_t i = 0; i < split->notes->len; i++) {
        const MigNote *note = &g_array_index(split->notes, MigNote, i);
        if (note->statement != statement)
            continue;
        g_string_append_printf(out, "note %u:%u|", note->line, note->column);
        append_text(out, text + note->offset, note->length);
    }
}

static char *
describe(const char *text, size_t length, MigEngine engine)
{
    MigSplitError error = {0};
    g_autoptr(MigSplit) split = mig_split(text, length, engine, 1, &error);
    GString *out = g_string_new(NULL);

    if (split == NULL) {
        g_string_append_printf(out, "error %u:%u|%zu|%s\n", error.line, error.column, error.offset,
                               error.message);
        mig_split_error_clear(&error);
        return g_string_free(out, FALSE);
    }
    for (size_t i = 0; i < split->statements->len; i++) {
        const MigStatement *statement = &g_array_index(split->statements, MigStatement, i);
        append_notes(out, text, split, i);
        g_string_append_printf(out, "%u:%u|%zu+%zu|", statement->line, statement->column,
                               statement->offset, statement->length);
        append_text(out, text + statement->offset, statement->length);
        if (statement->copy_data) {
            g_string_append_printf(out, "data|%zu+%zu|", statement->data_offset,
                                   statement->data_length);
            append_text(out, text + statement->data_offset, statement->data_length);
        }
    }
    append_notes(out, text, split, split->statements->len);
    return g_string_free(out, FALSE);
}

static void
splits_as_expected(gconstpointer data)
{
    const Case *c = data;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    size_t length = 0;

    g_file_get_contents(c->path, &text, &length, &error);
    g_assert_no_error(error);
    /* What is behind the text isn't read: under AddressSanitizer that shows. */
    char *exact = g_memdup2(text, length);
    g_autofree char *got = describe(exact, length, c->engine);
    g_free(exact);

    g_autofree char *stem = g_strndup(c->path, strlen(c->path) - strlen(".sql"));
    g_autofree char *expected_path = g_strconcat(stem, ".statements", NULL);
    if (g_getenv("MIGRATE_BLESS") != NULL) {
        g_file_set_contents(expected_path, got, -1, &error);
        g_assert_no_error(error);
        return;
    }
    g_autofree char *expected = NULL;
    g_file_get_contents(expected_path, &expected, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(got, ==, expected);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_cases(const char *directory, const char *name, MigEngine engine, size_t at_least)
{
    g_autofree char *path = g_build_filename(directory, name, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) dir = g_dir_open(path, 0, &error);
    g_assert_no_error(error);

    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *entry; (entry = g_dir_read_name(dir)) != NULL;) {
        if (g_str_has_suffix(entry, ".sql"))
            g_ptr_array_add(names, g_strdup(entry));
    }
    g_ptr_array_sort(names, compare_names);
    g_assert_cmpuint(names->len, >=, at_least);

    for (size_t i = 0; i < names->len; i++) {
        const char *entry = names->pdata[i];
        Case *c = g_new0(Case, 1);
        c->path = g_build_filename(path, entry, NULL);
        c->engine = engine;
        g_autofree char *test =
            g_strdup_printf("/split/%s/%.*s", name, (int)(strlen(entry) - strlen(".sql")), entry);
        g_test_add_data_func_full(test, c, splits_as_expected, free_case);
    }
}

static void
one_line_of_ten_megabytes(gconstpointer data)
{
    MigEngine engine = (MigEngine)GPOINTER_TO_INT(data);
    g_autoptr(GString) text = g_string_new("INSERT INTO t VALUES ");

    while (text->len < 10 * 1000 * 1000)
        g_string_append(text, "(1, 'it''s; a -- value', 2.5, NULL),");
    g_string_append(text, "(0, '', 0, NULL); SELECT 1");

    MigSplitError error = {0};
    g_autoptr(MigSplit) split = mig_split(text->str, text->len, engine, 1, &error);
    g_assert_cmpstr(error.message, ==, NULL);
    g_assert_cmpuint(split->statements->len, ==, 2);
    const MigStatement *last = &g_array_index(split->statements, MigStatement, 1);
    g_assert_cmpuint(last->line, ==, 1);
    g_assert_cmpuint(last->column, ==, text->len - strlen("SELECT 1") + 1);
}

static void
a_hundred_thousand_statements(gconstpointer data)
{
    MigEngine engine = (MigEngine)GPOINTER_TO_INT(data);
    const unsigned n = 100000;
    g_autoptr(GString) text = g_string_new(NULL);

    /* Half of them in one line, so that a column is counted from the last one. */
    for (unsigned i = 0; i < n; i++)
        g_string_append_printf(text, "UPDATE t SET a = %u WHERE b = 'x;y';%s", i,
                               i < n / 2 ? "\n" : " ");

    MigSplitError error = {0};
    g_autoptr(MigSplit) split = mig_split(text->str, text->len, engine, 7, &error);
    g_assert_cmpstr(error.message, ==, NULL);
    g_assert_cmpuint(split->statements->len, ==, n);
    for (unsigned i = 0; i < n; i++) {
        const MigStatement *statement = &g_array_index(split->statements, MigStatement, i);
        g_assert_cmpmem(text->str + statement->offset, 6, "UPDATE", 6);
        g_assert_cmpint(text->str[statement->offset + statement->length], ==, ';');
        g_assert_cmpuint(statement->line, ==, MIN(7 + i, 7 + n / 2));
    }
}

/* What would be quadratic, or run out of stack, in a splitter that searches or recurses naively. */
static void
hostile(gconstpointer data)
{
    static const char *const units[] = {
        "/*",
        "(",
        "$a$b",
        "$",
        "1$",
        "+-",
        "E'\\''\n",
        "'\\'",
        "\\\\'",
        "BEGIN ",
        "CASE ",
        "-",
        "\n",
        "''",
        "`",
        "[",
        "*/",
        "/*!",
        "#\n",
        "a.",
        "END ",
        "\xf0\x9f\x98",
        "CREATE FUNCTION f() BEGIN ATOMIC ",
        "IF x THEN ",
        "DELIMITER ;;\n",
        "-- migrate:x\n",
        "-- migrate:statement\n",
        "COPY t FROM stdin;\n",
        "\t-- migrate:x ",
    };
    MigEngine engine = (MigEngine)GPOINTER_TO_INT(data);
    static const char *const starts[] = {"", "CREATE PROCEDURE p() BEGIN ", "SELECT '", "SELECT "};

    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        for (size_t j = 0; j < G_N_ELEMENTS(starts); j++) {
            g_autoptr(GString) text = g_string_new(starts[j]);
            while (text->len < 400 * 1000)
                g_string_append(text, units[i]);
            MigSplitError error = {0};
            g_autoptr(MigSplit) split = mig_split(text->str, text->len, engine, 1, &error);
            g_assert_true((split == NULL) == (error.message != NULL));
            mig_split_error_clear(&error);
        }
    }
}

static bool
is_marker(const char *line, size_t length, gpointer data)
{
    unsigned *n_asked = data;
    (*n_asked)++;
    return length >= 5 && memcmp(line, "-- ==", 5) == 0;
}

static void
section_ends_at_a_marker_in_the_open(void)
{
    /* The number is the offset of the marker that counts, -1 the end of the text. */
    static const struct {
        const char *name;
        MigEngine engine;
        const char *text;
        const char *rest;
    } cases[] = {
        {"plain", MIG_ENGINE_POSTGRES, "SELECT 1;\n-- == DOWN ==\nx", "-- == DOWN ==\nx"},
        {"none", MIG_ENGINE_POSTGRES, "SELECT 1;\n-- a\n", ""},
        {"first", MIG_ENGINE_SQLITE, "-- ==\n", "-- ==\n"},
        {"CRLF", MIG_ENGINE_SQLITE, "SELECT 1;\r\n-- ==\r\n", "-- ==\r\n"},
        {"indented is a comment", MIG_ENGINE_SQLITE, "a;\n -- == x\n-- ==", "-- =="},
        {"in a statement", MIG_ENGINE_SQLITE, "CREATE TABLE a (\n-- == DOWN\n", "-- == DOWN\n"},
        {"in a string", MIG_ENGINE_POSTGRES, "SELECT '\n-- ==\n';\n-- ==2", "-- ==2"},
        {"in an E string", MIG_ENGINE_POSTGRES, "SELECT E'\\'\n-- ==\n';\n-- ==2", "-- ==2"},
        {"in a name", MIG_ENGINE_MYSQL, "SELECT `\n-- ==\n`;\n-- ==2", "-- ==2"},
        {"in a comment", MIG_ENGINE_MYSQL, "/*\n-- ==\n*/;\n-- ==2", "-- ==2"},
        {"in a dollar quote", MIG_ENGINE_POSTGRES, "DO $a$\n-- ==\n$a$;\n-- ==2", "-- ==2"},
        {"in COPY data", MIG_ENGINE_POSTGRES, "COPY t FROM stdin;\n-- ==\n\\.\n-- ==2", "-- ==2"},
        {"in a program", MIG_ENGINE_MYSQL, "CREATE PROCEDURE p() BEGIN\n-- ==2", "-- ==2"},
        {"behind a delimiter", MIG_ENGINE_MYSQL, "DELIMITER //\nx; //\n-- ==2", "-- ==2"},
        {"in a block", MIG_ENGINE_SQLITE, "-- migrate:statement\n-- ==\n'\n-- migrate:end\n-- ==2",
         "-- ==2"},
        {"never closed", MIG_ENGINE_POSTGRES, "SELECT 'a\n-- ==2", ""},
        {"dashes alone", MIG_ENGINE_MYSQL, "SELECT 1\n--==\n;\n-- ==2", "-- ==2"},
        {"in a trigger", MIG_ENGINE_SQLITE,
         "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;\n-- ==2", "-- ==2"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        unsigned n_asked = 0;
        size_t length = strlen(cases[i].text);
        size_t end =
            mig_split_section_end(cases[i].text, length, 0, cases[i].engine, is_marker, &n_asked);
        g_test_message("%s", cases[i].name);
        g_assert_cmpuint(end, <=, length);
        g_assert_cmpstr(cases[i].text + end, ==, cases[i].rest);
    }
}

static void
section_is_sought_from_the_offset(void)
{
    const char text[] = "-- ==1\nSELECT 'x';\n-- ==2\n";
    unsigned n_asked = 0;
    size_t end =
        mig_split_section_end(text, strlen(text), 7, MIG_ENGINE_POSTGRES, is_marker, &n_asked);
    g_assert_cmpstr(text + end, ==, "-- ==2\n");
    g_assert_cmpuint(n_asked, ==, 1);
}

int
main(int argc, char *argv[])
{
    static const struct {
        const char *name;
        MigEngine engine;
        size_t at_least;
    } engines[] = {{"postgres", MIG_ENGINE_POSTGRES, 60},
                   {"mysql", MIG_ENGINE_MYSQL, 60},
                   {"mariadb", MIG_ENGINE_MARIADB, 10},
                   {"sqlite", MIG_ENGINE_SQLITE, 30}};

    g_test_init(&argc, &argv, NULL);
    const char *directory = g_getenv("MIGRATE_TEST_SQL");
    g_assert_nonnull(directory);

    for (size_t i = 0; i < G_N_ELEMENTS(engines); i++) {
        gpointer engine = GINT_TO_POINTER(engines[i].engine);
        add_cases(directory, engines[i].name, engines[i].engine, engines[i].at_least);
        g_autofree char *line = g_strdup_printf("/split/ten-megabyte-line/%s", engines[i].name);
        g_test_add_data_func(line, engine, one_line_of_ten_megabytes);
        g_autofree char *many = g_strdup_printf("/split/many-statements/%s", engines[i].name);
        g_test_add_data_func(many, engine, a_hundred_thousand_statements);
        g_autofree char *bad = g_strdup_printf("/split/hostile/%s", engines[i].name);
        g_test_add_data_func(bad, engine, hostile);
    }
    g_test_add_func("/split/section/ends-at-a-marker-in-the-open",
                    section_ends_at_a_marker_in_the_open);
    g_test_add_func("/split/section/is-sought-from-the-offset", section_is_sought_from_the_offset);
    return g_test_run();
}
