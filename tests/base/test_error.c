/* SPDX-License-Identifier: MIT */
/* Errors that carry what the database said, and engines' names and versions. */
#include "base/error.h"

#include <migrate/engine.h>

static const MigSqlError said = {
    .class = MIG_SQL_DEADLOCK,
    .code = (char *)"40P01",
    .message = (char *)"deadlock detected \xff",
    .detail = (char *)"a waits for b",
    .hint = NULL,
    .offset = 7,
};

static void
check_said(const GError *error)
{
    const MigSqlError *sql = mig_error_get_sql(error);

    g_assert_nonnull(sql);
    g_assert_cmpint(sql->class, ==, MIG_SQL_DEADLOCK);
    g_assert_cmpstr(sql->code, ==, "40P01");
    g_assert_cmpstr(sql->message, ==, "deadlock detected \xef\xbf\xbd");
    g_assert_cmpstr(sql->detail, ==, "a waits for b");
    g_assert_null(sql->hint);
    g_assert_cmpint(sql->offset, ==, 7);
    g_assert_cmpint(mig_error_sql_class(error), ==, MIG_SQL_DEADLOCK);
}

static void
test_sql(void)
{
    g_autoptr(GError) error = NULL;

    mig_error_set_sql(&error, MIG_ERROR_SQL, &said);
    g_assert_error(error, MIG_ERROR, MIG_ERROR_SQL);
    g_assert_cmpstr(error->message, ==, "deadlock detected \xef\xbf\xbd");
    check_said(error);
    g_autoptr(GError) copy = g_error_copy(error);
    check_said(copy);
    mig_error_set_sql(NULL, MIG_ERROR_SQL, &said);
}

static void
test_take(void)
{
    GError *cause = NULL;
    GError *second = NULL;
    g_autoptr(GError) error = NULL;

    mig_error_set_sql(&cause, MIG_ERROR_SQL, &said);
    mig_error_take_sql(&error, MIG_ERROR_VERIFY, cause, "%s:%d", "x.sql", 3);
    g_assert_error(error, MIG_ERROR, MIG_ERROR_VERIFY);
    g_assert_cmpstr(error->message, ==, "x.sql:3");
    check_said(error);

    mig_error_set_sql(&second, MIG_ERROR_SQL, &said);
    mig_error_take_sql(NULL, MIG_ERROR_SQL, second, "dropped");
}

static void
test_nothing_said(void)
{
    g_autoptr(GError) ours = g_error_new(MIG_ERROR, MIG_ERROR_FILE, "x");
    g_autoptr(GError) foreign = g_error_new(G_FILE_ERROR, G_FILE_ERROR_NOENT, "no such file");

    g_assert_null(mig_error_get_sql(NULL));
    g_assert_null(mig_error_get_sql(ours));
    g_assert_null(mig_error_get_sql(foreign));
    g_assert_cmpint(mig_error_sql_class(foreign), ==, MIG_SQL_OTHER);
}

static void
test_adopt(void)
{
    g_autoptr(GError) error = g_error_new(G_FILE_ERROR, G_FILE_ERROR_NOENT, "no such file");

    mig_error_adopt(&error, MIG_ERROR_FILE);
    g_assert_error(error, MIG_ERROR, MIG_ERROR_FILE);
    g_assert_cmpstr(error->message, ==, "no such file");
    mig_error_adopt(&error, MIG_ERROR_SQL);
    g_assert_error(error, MIG_ERROR, MIG_ERROR_FILE);
    mig_error_adopt(NULL, MIG_ERROR_SQL);
}

static const struct {
    const char *name;
    MigEngine engine;
} names[] = {
    {"sqlite", MIG_ENGINE_SQLITE},
    {"SQLite3", MIG_ENGINE_SQLITE},
    {"postgres", MIG_ENGINE_POSTGRES},
    {"PostgreSQL", MIG_ENGINE_POSTGRES},
    {"pg", MIG_ENGINE_POSTGRES},
    {"mysql", MIG_ENGINE_MYSQL},
    {"mariadb", MIG_ENGINE_MARIADB},
    {"oracle", MIG_ENGINE_NONE},
    {"", MIG_ENGINE_NONE},
    {"postgres ", MIG_ENGINE_NONE},
};

static const struct {
    MigEngine engine;
    const char *text;
    int version;
} versions[] = {
    {MIG_ENGINE_POSTGRES, "15", 150000},
    {MIG_ENGINE_POSTGRES, "15.6", 150006},
    {MIG_ENGINE_POSTGRES, "15.6 (Debian 15.6-0+deb12u1)", 150006},
    {MIG_ENGINE_POSTGRES, "9.6.24", 90624},
    {MIG_ENGINE_POSTGRES, "17beta1", 170000},
    {MIG_ENGINE_MYSQL, "8.0.36", 80036},
    {MIG_ENGINE_MYSQL, "8.4", 80400},
    {MIG_ENGINE_MYSQL, "5.7.44-log", 50744},
    {MIG_ENGINE_MARIADB, "10.11.6-MariaDB-0+deb12u1", 101106},
    {MIG_ENGINE_MARIADB, "5.5.5-10.11.6-MariaDB", 101106},
    {MIG_ENGINE_MARIADB, "11.4.2-MariaDB", 110402},
    {MIG_ENGINE_SQLITE, "3.46.1", 34601},
    {MIG_ENGINE_SQLITE, "3", 30000},
    {MIG_ENGINE_SQLITE, "3.", 30000},
    {MIG_ENGINE_SQLITE, "", 0},
    {MIG_ENGINE_SQLITE, "v3", 0},
    {MIG_ENGINE_SQLITE, "-3", 0},
    {MIG_ENGINE_POSTGRES, "99999999999999999999.5", 99990005},
};

static void
test_engines(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        g_assert_cmpint(mig_engine_from_name(names[i].name), ==, names[i].engine);
    for (size_t i = 0; i < G_N_ELEMENTS(versions); i++)
        g_assert_cmpint(mig_engine_version_parse(versions[i].engine, versions[i].text), ==,
                        versions[i].version);
    for (MigEngine engine = MIG_ENGINE_SQLITE; engine <= MIG_ENGINE_MARIADB;
         engine = (MigEngine)(engine << 1)) {
        g_assert_cmpint(mig_engine_from_name(mig_engine_name(engine)), ==, engine);
        g_assert_cmpint(mig_engine_from_name(mig_engine_title(engine)), ==, engine);
    }
    g_assert_cmpstr(mig_engine_name(MIG_ENGINE_NONE), ==, "unknown");
    g_assert_cmpstr(mig_engine_title(MIG_ENGINE_NONE), ==, "the database");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/error/what-the-database-said", test_sql);
    g_test_add_func("/base/error/it-is-kept-with-another-message", test_take);
    g_test_add_func("/base/error/nothing-was-said", test_nothing_said);
    g_test_add_func("/base/error/foreign-ones-are-adopted", test_adopt);
    g_test_add_func("/base/engine/names-and-versions", test_engines);
    return g_test_run();
}
