/* SPDX-License-Identifier: MIT */
/* What statements touch, and which of them may change places. */
#include <string.h>

#include "history.h"
#include "schema/touch.h"
#include "sql/splitter.h"

static const char *const postgres =
    "CREATE TABLE users (id int PRIMARY KEY, name text);"
    "CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users);"
    "CREATE TABLE other (id int);"
    "CREATE TABLE audited (id int);"
    "CREATE TABLE stamped (id int, at timestamptz);"
    "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN NEW.at := now(); RETURN NEW; END $$;"
    "CREATE TRIGGER stamp BEFORE INSERT ON stamped FOR EACH ROW EXECUTE FUNCTION stamp();"
    "CREATE TYPE mood AS ENUM ('sad');"
    "CREATE VIEW named AS SELECT id, name FROM users;"
    "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN EXECUTE 'INSERT INTO ' || TG_ARGV[0] || ' VALUES (1)'; RETURN NEW; END $$;"
    "CREATE TRIGGER audit AFTER INSERT ON audited FOR EACH ROW EXECUTE FUNCTION note();";

static const struct {
    const char *name;
    const char *statements;
    const char *touched;
} cases[] = {
    {"adding-a-column", "ALTER TABLE users ADD COLUMN a mood",
     "table public.users: reads changes\ntype public.mood: reads\n"},
    {"a-foreign-key", "ALTER TABLE other ADD FOREIGN KEY (id) REFERENCES users",
     "table public.other: reads changes\ntable public.users: reads changes\n"},
    {"an-insert", "INSERT INTO orders SELECT id, id FROM named",
     "table public.named: reads\ntable public.orders: writes\ntable public.users: reads\n"},
    {"a-delete-of-a-parent", "DELETE FROM users",
     "table public.orders: reads\ntable public.users: reads writes\n"},
    {"a-new-table", "CREATE TABLE fresh (id int REFERENCES orders)",
     "table public.fresh: reads changes\ntable public.orders: reads changes\n"},
    {"an-index", "CREATE INDEX ON other (id)", "table public.other: reads changes\n"},
    {"dynamic-sql", "DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'a' || 'b'); END $$",
     "everything\n"},
    {"a-trigger-with-dynamic-sql", "INSERT INTO audited VALUES (1)",
     "everything\ntable public.audited: writes\n"},
    {"a-trigger-that-only-computes", "INSERT INTO stamped VALUES (1)",
     "table public.stamped: writes\n"},
    {"an-enum-value", "ALTER TYPE mood ADD VALUE 'glad'", "type public.mood: changes\n"},
    {"a-setting", "SET lock_timeout = '1s'", ""},
};

static MigTouches *
touches_of(const char *statement)
{
    g_autoptr(MigCatalog) catalog = mig_catalog_new(MIG_ENGINE_POSTGRES, 150000);
    g_autoptr(MigChanges) changes =
        mig_parse(statement, strlen(statement), MIG_ENGINE_POSTGRES, 150000);
    MigTouches *touches = mig_touches_new();

    history_replay(catalog, postgres, 1);
    mig_touches_add(touches, catalog, changes);
    return touches;
}

static void
check(gconstpointer data)
{
    size_t i = GPOINTER_TO_SIZE(data);
    g_autoptr(MigTouches) touches = touches_of(cases[i].statements);
    g_autofree char *dump = mig_touches_dump(touches);

    g_assert_cmpstr(dump, ==, cases[i].touched);
}

static const struct {
    const char *name;
    const char *one;
    const char *other;
    const char *shared; /* %NULL: they may change places */
} pairs[] = {
    {"two-tables", "ALTER TABLE users ADD a int", "ALTER TABLE other ADD b int", NULL},
    {"one-table", "ALTER TABLE users ADD a int", "ALTER TABLE users ADD b int",
     "table public.users"},
    {"two-readers", "SELECT * FROM users", "SELECT * FROM users", NULL},
    {"reader-and-writer", "INSERT INTO other SELECT id FROM users", "DELETE FROM users",
     "table public.users"},
    {"view-and-its-table", "INSERT INTO other SELECT id FROM named",
     "ALTER TABLE users DROP COLUMN name", "table public.named"},
    {"type-and-its-user", "ALTER TYPE mood ADD VALUE 'x'", "ALTER TABLE other ADD m mood",
     "type public.mood"},
    {"anything-and-dynamic-sql", "DO $$ BEGIN EXECUTE 'a' || 'b'; END $$",
     "ALTER TABLE other ADD m int", "everything, since a statement can't be told what it touches"},
};

static void
check_pair(gconstpointer data)
{
    size_t i = GPOINTER_TO_SIZE(data);
    g_autoptr(MigTouches) one = touches_of(pairs[i].one);
    g_autoptr(MigTouches) other = touches_of(pairs[i].other);
    g_autofree char *shared = NULL;
    g_autofree char *again = NULL;

    g_assert_cmpint(mig_touches_commute(one, other, &shared), ==, pairs[i].shared == NULL);
    g_assert_cmpstr(shared, ==, pairs[i].shared);
    g_assert_cmpint(mig_touches_commute(other, one, &again), ==, pairs[i].shared == NULL);
    g_assert_cmpstr(again, ==, pairs[i].shared);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = g_strconcat("/schema/touch/", cases[i].name, NULL);

        g_test_add_data_func(name, GSIZE_TO_POINTER(i), check);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *name = g_strconcat("/schema/commute/", pairs[i].name, NULL);

        g_test_add_data_func(name, GSIZE_TO_POINTER(i), check_pair);
    }
    return g_test_run();
}
