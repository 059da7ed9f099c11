/* SPDX-License-Identifier: MIT */
/* What becomes of one file's text: checksums, places, scripts of the history, time. */
#include <migrate/error.h>
#include <migrate/source.h>
#include <string.h>

#include "sql/checksum.h"

static MigMigration *
parse(const char *text, size_t length)
{
    g_autoptr(GError) error = NULL;
    MigMigration *migration =
        mig_source_parse_text("1_a.sql", text, length, MIG_ENGINE_POSTGRES, &error);

    g_assert_no_error(error);
    return migration;
}

/* What a checkout, a formatter or another DOWN changes doesn't stop a deploy; what runs does. */
static void
test_checksums(void)
{
    static const struct {
        const char *text;
        bool same;
    } cases[] = {
        {"-- == UP ==\r\nCREATE TABLE a (b int);\r\n-- == DOWN ==\r\nDROP TABLE a;\r\n", true},
        {"\xef\xbb\xbf-- == UP ==\nCREATE TABLE a (b int);\n-- == DOWN ==\nDROP TABLE a;\n", true},
        {"-- License: MIT\n-- === up ===\nCREATE  TABLE a\n(b int); -- why\n", true},
        {"CREATE TABLE a (b int);", true},
        {"-- == UP ==\nCREATE TABLE a (b int);\n-- == DOWN ==\nDROP TABLE IF EXISTS a;\n", true},
        {"-- == UP ==\nCREATE TABLE a (b bigint);\n-- == DOWN ==\nDROP TABLE a;\n", false},
        {"-- == UP ==\nCREATE TABLE a (b int);SELECT 1;\n-- == DOWN ==\nDROP TABLE a;\n", false},
    };
    static const char text[] =
        "-- == UP ==\nCREATE TABLE a (b int);\n-- == DOWN ==\nDROP TABLE a;\n";
    g_autoptr(MigMigration) plain = parse(text, strlen(text));
    g_autofree char *raw = mig_checksum_raw(text, strlen(text));

    g_assert_cmpstr(plain->checksum_raw, ==, raw);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(MigMigration) other = parse(cases[i].text, strlen(cases[i].text));
        g_test_message("case %zu", i);
        g_assert_cmpstr(other->checksum_raw, !=, plain->checksum_raw);
        g_assert_true((strcmp(other->checksum_tokens, plain->checksum_tokens) == 0) ==
                      cases[i].same);
    }
}

/* Text is what the author wrote, to the byte, and places in it are places in the file. */
static void
test_places(void)
{
    static const char text[] = "\xef\xbb\xbf-- == UP ==\r\nSELECT 'a\r\nb';\r\n"
                               "-- == DOWN ==\r\n-- DROP é;\r\n--DROP b;\r\n   --  DROP c;\r\n";
    g_autoptr(MigMigration) migration = parse(text, strlen(text));
    const MigScript *up = migration->up;
    const MigScript *down = migration->down;
    unsigned line = 0;
    unsigned column = 0;

    g_assert_cmpstr(up->text, ==, "SELECT 'a\r\nb';\r\n");
    g_assert_cmpuint(up->line, ==, 2);
    mig_script_locate(up, 11, &line, &column);
    g_assert_cmpuint(line, ==, 3);
    g_assert_cmpuint(column, ==, 1);

    g_assert_cmpstr(down->text, ==, "DROP é;\r\nDROP b;\r\n DROP c;\r\n");
    static const struct {
        const char *what;
        unsigned line;
        unsigned column;
    } places[] = {{"é;", 5, 9}, {";\r\nDROP b", 5, 10}, {"b;", 6, 8}, {"DROP c", 7, 8}};
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        const char *at = strstr(down->text, places[i].what);
        mig_script_locate(down, (size_t)(at - down->text), &line, &column);
        g_assert_cmpuint(line, ==, places[i].line);
        g_assert_cmpuint(column, ==, places[i].column);
    }
    g_assert_cmpuint(mig_script_statement(down, 2)->column, ==, 8);
    g_assert_cmpuint(mig_script_statement(down, 2)->line, ==, 7);
}

static void
test_parse_script(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MigScript) script = mig_source_parse_script(
        "1_a.sql (from the history)",
        "DROP TABLE a;\n-- migrate:expect empty\n-- migrate:lock-timeout 1s\nSELECT 1",
        MIG_ENGINE_SQLITE, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(script->statements->len, ==, 2);
    const MigStatement *second = mig_script_statement(script, 1);
    g_assert_cmpuint(second->directives->len, ==, 2);
    g_assert_cmpint(second->lock_timeout_ms, ==, 1000);

    g_assert_null(mig_source_parse_script("x", "SELECT 'a", MIG_ENGINE_SQLITE, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_FILE);
    g_assert_true(g_str_has_prefix(error->message, "x:1:8: "));
    g_clear_error(&error);
    g_assert_null(mig_source_parse_script("x", "SELECT \xff", MIG_ENGINE_SQLITE, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_FILE);
}

/* Time is linear: each of these is quadratic for a reader that looks back. */
static void
test_hostile_sizes(void)
{
    static const char *const units[] = {
        "-- == UP ==\n",
        "-- == UPP ==\n",
        "-- migrate:allow a -- b\n",
        "-- migrate:no-transaction\n",
        " -- == UP ==\n",
        "SELECT '\n -- == UP ==\n';\n",
        "-- == DOWN ==\n-- x;\n",
        "==",
        "-- == UP sqlite ==\nSELECT 1;\n-- == UP ==\n'",
        "-- == UP postgres ==\n'",
        "-- == UP mysql ==\nSELECT '\n-- == DOWN ==\n';\n",
        "SELECT 1; -- migrate:allow x -- y\n",
        "SELECT '\n-- MIGRATE:allow x -- y\n';\n",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autoptr(GString) text = g_string_new("-- == UP ==\nSELECT 1;\n");
        for (int j = 0; j < 50000; j++)
            g_string_append(text, units[i]);
        gint64 start = g_get_monotonic_time();
        g_autoptr(GError) error = NULL;
        MigMigration *migration =
            mig_source_parse_text("1_a.sql", text->str, text->len, MIG_ENGINE_SQLITE, &error);
        gint64 spent = g_get_monotonic_time() - start;
        g_assert_true((migration == NULL) == (error != NULL));
        mig_migration_free(migration);
        g_test_message("unit %zu: %" G_GINT64_FORMAT " ms", i, spent / 1000);
        /* Linear is some 0.1 s with sanitizers on a busy machine; quadratic is minutes. */
        g_assert_cmpint(spent, <, 20 * G_USEC_PER_SEC);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/source/text/checksums-are-of-what-runs", test_checksums);
    g_test_add_func("/source/text/places-are-the-files", test_places);
    g_test_add_func("/source/text/parses-a-script-of-the-history", test_parse_script);
    g_test_add_func("/source/text/time-is-linear", test_hostile_sizes);
    return g_test_run();
}
