/* SPDX-License-Identifier: MIT */
/* Excerpts show no password, whatever the finding is about, and mark the right part of the line. */
#include "lint/secret.h"

#include <glib.h>
#include <string.h>

static const struct {
    const char *before;
    const char *line;
    const char *part; /* what the finding is about */
    const char *masked;
    const char *marked; /* that part of the masked line */
} cases[] = {
    {"", "CREATE ROLE a PASSWORD 'hunter2';", "CREATE ROLE a PASSWORD 'hunter2'",
     "CREATE ROLE a PASSWORD '***';", "CREATE ROLE a PASSWORD '***'"},
    {"", "CREATE ROLE a PASSWORD 'hunter2' SUPERUSER;", "SUPERUSER",
     "CREATE ROLE a PASSWORD '***' SUPERUSER;", "SUPERUSER"},
    {"", "CREATE USER a IDENTIFIED BY \"hunter2\";", "hunter2",
     "CREATE USER a IDENTIFIED BY \"***\";", "***"},
    {"", "alter role a password $$hunter2$$", "alter", "alter role a password $$***$", "alter"},
    {"", "DO $$ BEGIN EXECUTE 'CREATE ROLE a PASSWORD ''hunter2'''; END $$;", "CREATE ROLE",
     "DO $$ BEGIN EXECUTE 'CREATE ROLE a PASSWORD ''***$;", "CREATE ROLE"},
    {"", "CREATE SUBSCRIPTION s CONNECTION 'host=h password=hunter2 user=a' PUBLICATION p;",
     "PUBLICATION p", "CREATE SUBSCRIPTION s CONNECTION 'host=h password=***' PUBLICATION p;",
     "PUBLICATION p"},
    {"", "CREATE SUBSCRIPTION s CONNECTION 'postgresql://a:hunter2@h/d' PUBLICATION p;",
     "PUBLICATION p", "CREATE SUBSCRIPTION s CONNECTION 'postgresql://a:***@h/d' PUBLICATION p;",
     "PUBLICATION p"},
    {"", "x 'http://a:hunter2@h', 'http://b:h@unter2@h'", "x",
     "x 'http://a:***@h', 'http://b:***@h'", "x"},
    {"", "CREATE ROLE a PASSWORD 'hunter2", "CREATE", "CREATE ROLE a PASSWORD '***", "CREATE"},
    {"CREATE USER a IDENTIFIED BY\n", "  'hunter2'; DROP TABLE t;", "DROP TABLE t",
     "  '***'; DROP TABLE t;", "DROP TABLE t"},
    {"CREATE ROLE a PASSWORD\n\n", "'hunter2';", "", "'***';", ""},
    {"", "ALTER TABLE users ADD COLUMN password text;", "password",
     "ALTER TABLE users ADD COLUMN password text;", "password"},
    {"", "SELECT 'http://example.org/a@b'", "SELECT", "SELECT 'http://example.org/a@b'", "SELECT"},
    {"", "DROP TABLE t;", "t", "DROP TABLE t;", "t"},
    {"", "", "", "", ""},
};

static void
test_mask(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        size_t offset = (size_t)(strstr(cases[i].line, cases[i].part) - cases[i].line);
        size_t length = strlen(cases[i].part);
        g_autofree char *masked = mig_lint_mask(g_strdup(cases[i].line), cases[i].before,
                                                strlen(cases[i].before), &offset, &length);
        g_autofree char *marked = g_strndup(masked + offset, length);

        g_test_message("%s", cases[i].line);
        g_assert_cmpstr(masked, ==, cases[i].masked);
        g_assert_cmpstr(marked, ==, cases[i].marked);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lint/secret/excerpts-show-no-password", test_mask);
    return g_test_run();
}
