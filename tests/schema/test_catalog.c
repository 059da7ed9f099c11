/* SPDX-License-Identifier: MIT */
/* What a catalog answers: found, absent, unknown; its memory; its copies. */
#include <string.h>

#include "history.h"
#include "sql/arena.h"

static MigCatalog *
catalog_of(const char *engine_name, const char *text)
{
    int version = 0;
    MigEngine engine = history_engine(engine_name, &version);
    MigCatalog *catalog = mig_catalog_new(engine, version);

    history_replay(catalog, text, 1);
    return catalog;
}

static MigLookup
look_up(const MigCatalog *catalog, const char *schema, const char *name)
{
    return mig_catalog_table(catalog, &(MigName){.schema = schema, .name = name}, NULL);
}

static const MigTable *
table_of(const MigCatalog *catalog, const char *name)
{
    const MigTable *table = NULL;

    g_assert_cmpint(mig_catalog_table(catalog, &(MigName){.name = name}, &table), ==,
                    MIG_LOOKUP_FOUND);
    return table;
}

static void
knows_what_is_not_there(void)
{
    g_autoptr(MigCatalog) catalog = catalog_of("postgres", "CREATE TABLE a (id int);");

    g_assert_cmpint(look_up(catalog, NULL, "a"), ==, MIG_LOOKUP_FOUND);
    g_assert_cmpint(look_up(catalog, "public", "a"), ==, MIG_LOOKUP_FOUND);
    g_assert_cmpint(look_up(catalog, NULL, "b"), ==, MIG_LOOKUP_ABSENT);
    g_assert_cmpint(look_up(catalog, NULL, "pg_class"), ==, MIG_LOOKUP_UNKNOWN);
    g_assert_cmpint(look_up(catalog, "information_schema", "tables"), ==, MIG_LOOKUP_UNKNOWN);
}

static void
takes_an_unknown_table_for_old(void)
{
    g_autoptr(MigCatalog) catalog = mig_catalog_new(MIG_ENGINE_POSTGRES, 150000);

    mig_catalog_set_incomplete(catalog, "the history begins with a baseline");
    history_replay(catalog,
                   "ALTER TABLE old ADD COLUMN fresh int;"
                   "ALTER TABLE old ALTER COLUMN there SET NOT NULL;"
                   "CREATE TABLE IF NOT EXISTS perhaps (id int);"
                   "CREATE TABLE made (id int);",
                   1);

    const MigTable *old = table_of(catalog, "old");
    const MigTable *perhaps = table_of(catalog, "perhaps");
    const MigTable *made = table_of(catalog, "made");

    g_assert_cmpint(look_up(catalog, NULL, "other"), ==, MIG_LOOKUP_UNKNOWN);
    g_assert_true(old->assumed);
    g_assert_false(old->columns_known);
    g_assert_cmpuint(old->made.migration, ==, 0);
    g_assert_cmpuint(mig_table_column(old, "fresh")->made.migration, ==, 1);
    g_assert_true(mig_table_column(old, "there")->not_null);
    g_assert_cmpuint(mig_table_column(old, "there")->made.migration, ==, 0);
    g_assert_true(perhaps->assumed);
    g_assert_cmpuint(perhaps->made.migration, ==, 0);
    g_assert_false(made->assumed);
    g_assert_cmpuint(made->made.migration, ==, 1);
}

static void
is_unsure_of_what_a_do_block_did(void)
{
    g_autoptr(MigCatalog) catalog =
        catalog_of("postgres", "CREATE TABLE gone (id int);"
                               "CREATE TABLE t (a int NOT NULL);"
                               "DO $$ BEGIN IF random() > 0.5 THEN DROP TABLE gone;"
                               " ALTER TABLE t ALTER COLUMN a TYPE bigint;"
                               " CREATE TABLE made (id int); END IF; END $$;");
    const MigTable *t = table_of(catalog, "t");

    g_assert_cmpint(look_up(catalog, NULL, "gone"), ==, MIG_LOOKUP_UNKNOWN);
    g_assert_cmpuint(table_of(catalog, "made")->made.migration, ==, 0);
    g_assert_null(mig_table_column(t, "a")->type.name);
    g_assert_false(mig_table_column(t, "a")->not_null_known);
}

static void
proves_not_null_by_a_valid_check(void)
{
    g_autoptr(MigCatalog) catalog = catalog_of(
        "postgres", "CREATE TABLE t (a int, b int, c int,"
                    " CONSTRAINT pair CHECK (a IS NOT NULL AND b > 0));"
                    "ALTER TABLE t ADD CONSTRAINT later CHECK (c IS NOT NULL) NOT VALID;");
    const MigTable *t = table_of(catalog, "t");

    g_assert_true(mig_table_proves_not_null(t, "a", NULL));
    g_assert_false(mig_table_proves_not_null(t, "a", "pair"));
    g_assert_false(mig_table_proves_not_null(t, "b", NULL));
    g_assert_false(mig_table_proves_not_null(t, "c", NULL));
    history_replay(catalog, "ALTER TABLE t VALIDATE CONSTRAINT later;", 2);
    g_assert_true(mig_table_proves_not_null(t, "c", NULL));
    g_assert_cmpuint(mig_table_constraint(t, "later")->validated_at.migration, ==, 2);
}

static void
count_table(const MigTable *table, gpointer names)
{
    g_string_append_printf(names, "%s ", table->name);
}

static void
count_key(const MigTable *child, const MigTableConstraint *key, gpointer names)
{
    g_string_append_printf(names, "%s.%s ", child->name, key->name);
}

static void
names_who_depends_on_it(void)
{
    g_autoptr(MigCatalog) catalog = catalog_of(
        "postgres", "CREATE TYPE mood AS ENUM ('sad'); CREATE DOMAIN moods AS mood;"
                    "CREATE TABLE p (id int PRIMARY KEY, a int, m moods);"
                    "CREATE TABLE c (p_id int REFERENCES p);"
                    "CREATE VIEW v AS SELECT x.id FROM p AS x WHERE EXISTS (SELECT FROM c);"
                    "CREATE VIEW w AS SELECT * FROM v;"
                    "CREATE VIEW counts AS SELECT count(*) FROM p;");
    const MigTable *p = table_of(catalog, "p");
    const MigUserType *mood = NULL;
    g_autoptr(GString) keys = g_string_new(NULL);
    g_autoptr(GString) all = g_string_new(NULL);
    g_autoptr(GString) of_id = g_string_new(NULL);
    g_autoptr(GString) of_a = g_string_new(NULL);
    g_autoptr(GString) users = g_string_new(NULL);

    mig_catalog_each_reference(catalog, p, count_key, keys);
    g_assert_cmpstr(keys->str, ==, "c.c_p_id_fkey ");
    mig_catalog_each_view_of(catalog, p, NULL, count_table, all);
    g_assert_cmpstr(all->str, ==, "counts v w ");
    mig_catalog_each_view_of(catalog, p, "id", count_table, of_id);
    g_assert_cmpstr(of_id->str, ==, "v w ");
    mig_catalog_each_view_of(catalog, p, "a", count_table, of_a);
    g_assert_cmpstr(of_a->str, ==, "");
    g_assert_cmpint(mig_catalog_type(catalog, NULL, "mood", &mood), ==, MIG_LOOKUP_FOUND);
    mig_catalog_each_user_of_type(catalog, mood, count_table, users);
    g_assert_cmpstr(users->str, ==, "p ");
}

/* A history of thousands of changes to one table takes no more memory than the table. */
static void
forgets_what_has_gone(void)
{
    g_autoptr(MigCatalog) catalog = catalog_of("postgres", "CREATE TABLE t (id int);");
    GString *text = g_string_new(NULL);

    for (unsigned i = 0; i < 2000; i++)
        g_string_append_printf(text,
                               "ALTER TABLE t ADD COLUMN c%u text DEFAULT 'a long text %u';"
                               "ALTER TABLE t ALTER COLUMN c%u SET DEFAULT 'another %u';"
                               "ALTER TABLE t DROP COLUMN c%u;",
                               i, i, i, i, i);
    history_replay(catalog, text->str, 2);
    g_string_free(text, TRUE);
    g_assert_cmpuint(table_of(catalog, "t")->columns->len, ==, 1);
    g_assert_cmpuint(mig_arena_size(table_of(catalog, "t")->arena), <, 64 * 1024);
}

static void
stops_at_more_columns_than_a_server_takes(void)
{
    g_autoptr(MigCatalog) catalog = mig_catalog_new(MIG_ENGINE_SQLITE, 34000);
    GString *text = g_string_new("CREATE TABLE t (c");

    for (unsigned i = 0; i < 100000; i++)
        g_string_append_printf(text, ", c%u", i);
    g_string_append(text, ");");
    history_replay(catalog, text->str, 1);
    g_string_free(text, TRUE);

    const MigTable *table = NULL;

    if (mig_catalog_table(catalog, &(MigName){.name = "t"}, &table) == MIG_LOOKUP_FOUND)
        g_assert_false(table->columns_known);
}

static void
stops_at_more_checks_than_a_table_can_have(void)
{
    g_autoptr(MigCatalog) catalog = mig_catalog_new(MIG_ENGINE_POSTGRES, 150000);
    GString *text = g_string_new("CREATE TABLE t (c int");

    for (unsigned i = 0; i < 20000; i++)
        g_string_append(text, ", CHECK (c > 0), UNIQUE (c)");
    g_string_append(text, ");");
    history_replay(catalog, text->str, 1);
    g_string_free(text, TRUE);
    g_assert_false(table_of(catalog, "t")->columns_known);
}

static void
copies_are_their_own(void)
{
    g_autoptr(MigCatalog) catalog =
        catalog_of("postgres", "CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id);"
                               "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9);"
                               "CREATE VIEW v AS SELECT id FROM p; SET search_path = app;");
    g_autofree char *before = mig_catalog_dump(catalog);
    g_autoptr(MigCatalog) copy = mig_catalog_copy(catalog);

    history_replay(copy, "DROP TABLE public.p CASCADE; CREATE TABLE q (id int);", 2);

    g_autofree char *after = mig_catalog_dump(catalog);

    g_assert_cmpstr(before, ==, after);
    g_assert_cmpint(look_up(copy, NULL, "p1"), ==, MIG_LOOKUP_ABSENT);
    g_assert_cmpint(look_up(copy, NULL, "v"), ==, MIG_LOOKUP_ABSENT);
}

static void
puts_settings_back(void)
{
    g_autoptr(MigCatalog) catalog = mig_catalog_new(MIG_ENGINE_POSTGRES, 150000);
    const char *const set = "SET lock_timeout = '5s'; SET LOCAL search_path = app;";
    g_autoptr(MigChanges) timeout =
        mig_parse(set, strchr(set, ';') - set, MIG_ENGINE_POSTGRES, 150000);

    mig_catalog_apply(catalog, timeout, (MigMoment){.migration = 1, .statement = 1});
    g_assert_cmpstr(mig_catalog_setting(catalog, "lock_timeout"), ==, "5s");
    mig_catalog_end_migration(catalog);
    g_assert_null(mig_catalog_setting(catalog, "lock_timeout"));
}

static void
forgets_temporary_tables(void)
{
    g_autoptr(MigCatalog) catalog =
        catalog_of("postgres", "CREATE TABLE t (a int); CREATE TEMP TABLE t (b int);"
                               "ALTER TABLE t ADD COLUMN c int;");

    g_assert_null(mig_table_column(table_of(catalog, "t"), "c"));
    g_assert_cmpint(look_up(catalog, "pg_temp", "t"), ==, MIG_LOOKUP_ABSENT);
}

static void
notes_who_filled_a_column(void)
{
    g_autoptr(MigCatalog) catalog =
        catalog_of("postgres", "CREATE TABLE t (a int, b int, c int);"
                               "UPDATE t SET a = 0 WHERE a IS NULL;"
                               "UPDATE t SET b = 0 WHERE c = 1; UPDATE t SET c = NULL;");
    const MigTable *t = table_of(catalog, "t");

    g_assert_cmpuint(mig_table_column(t, "a")->filled.statement, ==, 2);
    g_assert_cmpuint(mig_table_column(t, "b")->filled.statement, ==, 0);
    g_assert_cmpuint(mig_table_column(t, "c")->filled.statement, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/schema/catalog/knows-what-is-not-there", knows_what_is_not_there);
    g_test_add_func("/schema/catalog/takes-an-unknown-table-for-old",
                    takes_an_unknown_table_for_old);
    g_test_add_func("/schema/catalog/is-unsure-of-what-a-do-block-did",
                    is_unsure_of_what_a_do_block_did);
    g_test_add_func("/schema/catalog/proves-not-null-by-a-valid-check",
                    proves_not_null_by_a_valid_check);
    g_test_add_func("/schema/catalog/names-who-depends-on-it", names_who_depends_on_it);
    g_test_add_func("/schema/catalog/forgets-what-has-gone", forgets_what_has_gone);
    g_test_add_func("/schema/catalog/stops-at-more-columns-than-a-server-takes",
                    stops_at_more_columns_than_a_server_takes);
    g_test_add_func("/schema/catalog/stops-at-more-checks-than-a-table-can-have",
                    stops_at_more_checks_than_a_table_can_have);
    g_test_add_func("/schema/catalog/copies-are-their-own", copies_are_their_own);
    g_test_add_func("/schema/catalog/puts-settings-back", puts_settings_back);
    g_test_add_func("/schema/catalog/forgets-temporary-tables", forgets_temporary_tables);
    g_test_add_func("/schema/catalog/notes-who-filled-a-column", notes_who_filled_a_column);
    return g_test_run();
}
