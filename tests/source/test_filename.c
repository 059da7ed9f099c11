/* SPDX-License-Identifier: MIT */
/* File names and versions. */
#include "source/filename.h"

#include <migrate/source.h>

static void
test_migrations(void)
{
    static const struct {
        const char *filename;
        const char *version;
        const char *name;
    } cases[] = {
        {"1_a.sql", "1", "a"},
        {"0001_create_users.sql", "0001", "create_users"},
        {"20260301120000_add_phone.sql", "20260301120000", "add_phone"},
        {"123456789012345678901234567890_long.sql", "123456789012345678901234567890", "long"},
        {"7_größe_表.sql", "7", "größe_表"},
        {"7_with blanks & marks!.sql", "7", "with blanks & marks!"},
        {"7__two.sql", "7", "_two"},
        {"7_a.b.sql", "7", "a.b"},
        {"2026_03_01_add.sql", "2026", "03_01_add"},
        {"7_up.sql", "7", "up"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *version = NULL;
        g_autofree char *name = NULL;
        g_test_message("%s", cases[i].filename);
        g_assert_cmpint(mig_filename_kind(cases[i].filename), ==, MIG_FILENAME_MIGRATION);
        mig_filename_split(cases[i].filename, &version, &name);
        g_assert_cmpstr(version, ==, cases[i].version);
        g_assert_cmpstr(name, ==, cases[i].name);
    }
}

static void
test_others(void)
{
    static const char *const cases[] = {
        "README.md",    "schema.sql",   "seed_1.sql",
        ".gitkeep",     ".1_a.sql",     ".1_a.sql.swp",
        "1_a.sql~",     "1_a.sql.bak",  "1_a.sql.orig",
        "1_a.sql.rej",  "1_a.sql.SWP",  "#1_a.sql#",
        "1_notes.md",   "2026",         "2026-notes.txt",
        "R__views.sql", "Version1.sql", "V1.sql",
        "migrate.conf", "1_a",          "",
        "1_a.psql",     "4913",         "V1__a.txt",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i]);
        g_assert_cmpint(mig_filename_kind(cases[i]), ==, MIG_FILENAME_OTHER);
    }
}

static void
test_wrong(void)
{
    static const struct {
        const char *filename;
        const char *says; /* a part of the complaint */
    } cases[] = {
        {"20260301_add.SQL", "rename it to 20260301_add.sql,"},
        {"20260301add.sql", "rename it to 20260301_add.sql,"},
        {"20260301-add.sql", "rename it to 20260301_add.sql,"},
        {"20260301.add.sql", "rename it to 20260301_add.sql,"},
        {"20260301 add.sql", "rename it to 20260301_add.sql,"},
        {"2026-03-01-add.sql", "rename it to 20260301_add.sql,"},
        {"2026-03-01_add.sql", "rename it to 20260301_add.sql,"},
        {"1.2_add.sql", "rename it to 1_2_add.sql,"},
        {"20260301_.sql", "rename it to 20260301_what_it_does.sql,"},
        {"20260301.sql", "rename it to 20260301_what_it_does.sql,"},
        {"20260301_add.sql.txt", "rename it to 20260301_add.sql,"},
        {"20260301_add.sql.gz", "rename it to 20260301_add.sql,"},
        {"V1__init.sql", "Flyway's layout, which is not read; rename it to 1_init.sql"},
        {"V2.1__add_x.sql", "rename it to 21_add_x.sql"},
        {"U1__init.sql", "Flyway's layout"},
        {"1_a.up.sql", "golang-migrate's layout"},
        {"1_a.down.sql", "put both halves into 1_a.sql"},
        {"1_a.up.SQL", "golang-migrate's layout"},
        {"1_\xff.sql", "not UTF-8"},
        {"1_a\nb.sql", "control characters"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("case %zu", i);
        g_assert_cmpint(mig_filename_kind(cases[i].filename), ==, MIG_FILENAME_WRONG);
        g_autofree char *complaint = mig_filename_complaint(cases[i].filename);
        g_assert_nonnull(g_strstr_len(complaint, -1, cases[i].says));
    }
}

/* What is suggested must be accepted, or the user is sent in a circle. */
static void
test_suggestions_are_migrations(void)
{
    static const char *const cases[] = {"1_a.SQL", "1.sql",       "1_.sql",        "1--.sql",
                                        "1a.sql",  "1_a.sql.txt", "2026-03-01.sql"};

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *complaint = mig_filename_complaint(cases[i]);
        const char *start = g_strstr_len(complaint, -1, "rename it to ") + 13;
        g_autofree char *name = g_strndup(start, strcspn(start, ","));
        g_test_message("%s: %s", cases[i], name);
        g_assert_cmpint(mig_filename_kind(name), ==, MIG_FILENAME_MIGRATION);
    }
}

static void
test_versions(void)
{
    static const struct {
        const char *a;
        const char *b;
        int order;
    } cases[] = {
        {"1", "1", 0},
        {"001", "1", 0},
        {"9", "10", -1},
        {"0010", "9", 1},
        {"0", "000", 0},
        {"2", "20260101000000", -1},
        {"99999999999999999999999999", "100000000000000000000000000", -1},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpint(mig_version_compare(cases[i].a, cases[i].b), ==, cases[i].order);
        g_assert_cmpint(mig_version_compare(cases[i].b, cases[i].a), ==, -cases[i].order);
    }
    g_assert_cmpstr(mig_version_normal("0010"), ==, "10");
    g_assert_cmpstr(mig_version_normal("000"), ==, "0");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/source/filename/migrations", test_migrations);
    g_test_add_func("/source/filename/passes-over-others", test_others);
    g_test_add_func("/source/filename/complains-about-near-misses", test_wrong);
    g_test_add_func("/source/filename/suggests-what-it-accepts", test_suggestions_are_migrations);
    g_test_add_func("/source/filename/versions-compare-as-numbers", test_versions);
    return g_test_run();
}
