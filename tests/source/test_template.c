/* SPDX-License-Identifier: MIT */
/* What `migrate new` writes, and under which name. */
#include "source/template.h"

#include <migrate/error.h>
#include <migrate/source.h>
#include <string.h>

#include "support/scratch.h"

/* 2026-03-01 12:00:00 UTC */
#define NOW_US (G_GINT64_CONSTANT(1772366400) * G_USEC_PER_SEC)

static void
test_slug(void)
{
    static const struct {
        const char *name;
        const char *slug;
    } cases[] = {
        {"Add users' phone!", "add_users_phone"},
        {"add_users_phone", "add_users_phone"},
        {"add-users-phone", "add_users_phone"},
        {"AddUsersPhone", "add_users_phone"},
        {"add PostgreSQL index", "add_postgresql_index"},
        {"add_users.sql", "add_users"},
        {"  a   b  ", "a_b"},
        {"__a__", "a"},
        {"don’t", "dont"},
        {"Größe Ändern", "größe_ändern"},
        {"表を作る", "表を作る"},
        {"../../etc/passwd", "etc_passwd"},
        {"!!!", ""},
        {"", ""},
        {"\xff\xfe", ""},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *slug = mig_template_slug(cases[i].name);
        g_assert_cmpstr(slug, ==, cases[i].slug);
    }

    g_autofree char *long_name = g_strnfill(1000, 'a');
    g_autofree char *slug = mig_template_slug(long_name);
    g_assert_cmpuint(strlen(slug), <, 200);
}

static void
test_next(void)
{
    static const struct {
        const char *newest;
        const char *next;
    } cases[] = {
        {NULL, "20260301120000"},
        {"0001", "0002"},
        {"9", "10"},
        {"0099", "0100"},
        {"999", "1000"},
        {"20250101000000", "20260301120000"},
        {"20260301120000", "20260301120001"},
        {"20990101000000", "20990101000001"},
        {"20260228", "20260301120000"},
        {"1772366400", "20260301120000"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *next = mig_template_next(cases[i].newest, NOW_US);
        g_assert_cmpstr(next, ==, cases[i].next);
    }
}

static void
test_version(void)
{
    g_autofree char *scratch = mig_scratch_new();
    g_autoptr(GError) error = NULL;
    static const char *const files[] = {"0009_a.sql", "0010_b.sql", "README.md", "schema.sql",
                                        "0099-c.sql"};

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(scratch, files[i], NULL);
        g_assert_true(g_file_set_contents(path, "SELECT 1;", -1, NULL));
    }
    g_autofree char *version = mig_template_version(scratch, NOW_US, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(version, ==, "0011");
    mig_scratch_remove(scratch);

    g_assert_null(mig_template_version(scratch, NOW_US, &error));
    g_assert_error(error, MIG_ERROR, MIG_ERROR_FILE);
}

/* A fresh file must not be applied by mistake, and is complete once its UP is written. */
static void
test_fresh_file_is_an_empty_up(void)
{
    static const MigEngine engines[] = {MIG_ENGINE_SQLITE, MIG_ENGINE_POSTGRES, MIG_ENGINE_MYSQL,
                                        MIG_ENGINE_MARIADB};
    g_autofree char *text = mig_template_new("0007", "add_phone", "Jane\nDoe");

    for (size_t i = 0; i < G_N_ELEMENTS(engines); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(
            mig_source_parse_text("0007_add_phone.sql", text, strlen(text), engines[i], &error));
        g_assert_error(error, MIG_ERROR, MIG_ERROR_FILE);
        g_assert_nonnull(strstr(error->message, "UP is empty"));
        g_clear_error(&error);

        g_autoptr(GString) filled = g_string_new(text);
        g_string_replace(filled, "--   ALTER TABLE users ADD COLUMN phone varchar(20);",
                         "ALTER TABLE users ADD COLUMN phone varchar(20);", 1);
        g_autoptr(MigMigration) migration = mig_source_parse_text("0007_add_phone.sql", filled->str,
                                                                  filled->len, engines[i], &error);
        g_assert_no_error(error);
        g_assert_cmpuint(migration->up->statements->len, ==, 1);
        g_assert_null(migration->down);
        g_assert_null(migration->verify);
        g_assert_cmpstr(mig_migration_header(migration, "author"), ==, "Jane Doe");
        g_assert_null(mig_migration_header(migration, "risk"));
        g_assert_cmpstr(mig_migration_header(migration, "MIGRATION"), ==, "0007_add_phone.sql");
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/source/template/slug", test_slug);
    g_test_add_func("/source/template/next-version", test_next);
    g_test_add_func("/source/template/next-version-in-a-directory", test_version);
    g_test_add_func("/source/template/fresh-file-is-an-empty-up", test_fresh_file_is_an_empty_up);
    return g_test_run();
}
