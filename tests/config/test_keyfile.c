/* SPDX-License-Identifier: MIT */
/* migrate.conf: what is read, and where the errors are. */
#include "config/keyfile.h"

#include <string.h>

static void
test_values(void)
{
    static const char text[] = "# comment\n"
                               "[migrate]\n"
                               "  dir =  a b \\\\ c  \r\n"
                               "\n"
                               "[env production]\n"
                               "dir=p=q\n"
                               "[lint]\n"
                               "disable = one\n"
                               "[env staging-2.x]\n"
                               "[env production]\n"
                               "database = ${X}\n";
    static const struct {
        const char *section;
        const char *key;
        const char *value;
        unsigned line;
    } entries[] = {
        {"migrate", "dir", "a b \\ c", 3},
        {"env production", "dir", "p=q", 6},
        {"env production", "database", "${X}", 11},
        {"lint", "disable", "one", 8},
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(MigKeyfile) keyfile = mig_keyfile_parse("c", text, sizeof text - 1, &error);

    g_assert_no_error(error);
    for (size_t i = 0; i < G_N_ELEMENTS(entries); i++) {
        const MigKeyfileEntry *entry = mig_keyfile_get(keyfile, entries[i].section, entries[i].key);
        g_assert_nonnull(entry);
        g_assert_cmpstr(entry->value, ==, entries[i].value);
        g_assert_cmpuint(entry->line, ==, entries[i].line);
    }
    g_assert_null(mig_keyfile_get(keyfile, "migrate", "database"));
    g_autofree char *names = g_strjoinv(" ", (char **)keyfile->names->pdata);
    g_assert_cmpstr(names, ==, "production staging-2.x");
}

static void
test_places_of_errors(void)
{
    static const struct {
        const char *text;
        const char *start;
    } texts[] = {
        {"[migrate]\n\ndirr = a\n",
         "c:3: [migrate] has no setting \"dirr\"; did you mean \"dir\"?"},
        {"\n[nothing]\n", "c:2: there is no section [nothing]"},
        {"dir = a\n", "c:1: \"dir\" stands before the first section"},
        {"[migrate]\ndir = a\n[lint]\n[migrate]\ndir = b\n",
         "c:5: \"dir\" is set in line 2 already"},
        {"[migrate]\ndir = a\\", "c:2: the value of \"dir\" has a backslash"},
        {"[migrate]\n\n  = 1\n", "c:3: this is neither"},
        {"[env a[b]\n", "c:1: an environment's name is"},
        {"[migrate]]\n", "c:1: there is no section [migrate]]"},
        {"[migrate] # why\n", "c:1: a section's line must end in \"]\""},
        {"[\n", "c:1: a section's line must end in \"]\""},
        {"[]\n", "c:1: there is no section []"},
        {"[migrate]\ndir[de] = a\n", "c:2: this is neither"},
        {"[migrate]\ndir = \xc3\x28\n", "c:2:7: this is not UTF-8 text"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(MigKeyfile) keyfile =
            mig_keyfile_parse("c", texts[i].text, strlen(texts[i].text), &error);
        g_assert_null(keyfile);
        g_assert_error(error, MIG_ERROR, MIG_ERROR_USAGE);
        if (!g_str_has_prefix(error->message, texts[i].start))
            g_error("expected \"%s\", got \"%s\"", texts[i].start, error->message);
    }
}

static void
test_no_value_in_errors(void)
{
    static const char *const texts[] = {
        "postgres://u:secret@h/d",
        "[migrate]\npostgres://u:secret@h/d",
        "[migrate]\npostgres://u:secret@h/d?a=b",
        "[migrate]\ndatabase = postgres://u:secret\\qr@h/d",
        "[migrate]\ndatabase: postgres://u:secret@h/d=",
        "[migrate]\ndatabase = a\ndatabase = postgres://u:secret@h/d",
        "[migrate]\ndatabas = postgres://u:secret@h/d",
        "[migrate]\ndatabase = postgres://u:secret\xff@h/d",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(MigKeyfile) keyfile = mig_keyfile_parse("c", texts[i], strlen(texts[i]), &error);
        g_assert_null(keyfile);
        g_assert_null(strstr(error->message, "secret"));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/config/keyfile/values-and-their-lines", test_values);
    g_test_add_func("/config/keyfile/errors-name-file-and-line", test_places_of_errors);
    g_test_add_func("/config/keyfile/errors-show-no-value", test_no_value_in_errors);
    return g_test_run();
}
