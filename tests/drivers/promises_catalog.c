/* SPDX-License-Identifier: MIT */
/* What a driver finds in the catalog, and that looking leaves nothing behind. */
#include "base/error.h"
#include "drivers/promise.h"

#include <string.h>

typedef struct {
    MigObjectKind kind;
    const char *table;
    const char *name;
    bool exists;
    const char *columns;
    bool unique;
    const char *in_table;
} Expected;

static const char *const setup[] = {
    "CREATE TABLE parent (id integer PRIMARY KEY, a integer NOT NULL, b varchar(20))",
    "CREATE TABLE other (id integer PRIMARY KEY, \"odd name\" integer)",
    "CREATE INDEX parent_a_b ON parent (b, a)",
    "CREATE UNIQUE INDEX parent_a ON parent (a)",
    "CREATE VIEW parents AS SELECT id FROM parent",
    NULL,
};

static const Expected expected[] = {
    {MIG_OBJECT_TABLE, NULL, "parent", true, NULL, false, NULL},
    {MIG_OBJECT_TABLE, NULL, "parents", false, NULL, false, NULL},
    {MIG_OBJECT_TABLE, NULL, "parent' OR 'x' = 'x", false, NULL, false, NULL},
    {MIG_OBJECT_TABLE, NULL, "parent_a", false, NULL, false, NULL},
    {MIG_OBJECT_TABLE, NULL, "", false, NULL, false, NULL},
    {MIG_OBJECT_VIEW, NULL, "parents", true, NULL, false, NULL},
    {MIG_OBJECT_VIEW, NULL, "parent", false, NULL, false, NULL},
    {MIG_OBJECT_COLUMN, "parent", "b", true, NULL, false, NULL},
    {MIG_OBJECT_COLUMN, "parent", "c", false, NULL, false, NULL},
    {MIG_OBJECT_COLUMN, "nothing", "b", false, NULL, false, NULL},
    {MIG_OBJECT_COLUMN, "other", "odd name", true, NULL, false, NULL},
    {MIG_OBJECT_INDEX, "parent", "parent_a_b", true, "b,a", false, "parent"},
    {MIG_OBJECT_INDEX, NULL, "parent_a", true, "a", true, "parent"},
    {MIG_OBJECT_INDEX, "other", "parent_a", false, NULL, false, NULL},
    {MIG_OBJECT_INDEX, NULL, "parent", false, NULL, false, NULL},
    {MIG_OBJECT_TRIGGER, "parent", "none", false, NULL, false, NULL},
    {MIG_OBJECT_ROUTINE, NULL, "none", false, NULL, false, NULL},
    {MIG_OBJECT_SEQUENCE, NULL, "none", false, NULL, false, NULL},
    {MIG_OBJECT_TYPE, NULL, "parent", false, NULL, false, NULL},
    {MIG_OBJECT_EVENT, NULL, "none", false, NULL, false, NULL},
    {MIG_OBJECT_EXTENSION, NULL, "none", false, NULL, false, NULL},
    {MIG_OBJECT_SCHEMA, NULL, "none", false, NULL, false, NULL},
    {MIG_OBJECT_DATABASE, NULL, "none", false, NULL, false, NULL},
};

static void
find(MigCase *c, MigObjectKind kind, const char *schema, const char *table, const char *name,
     MigFound *out_found)
{
    const MigObject object = {.kind = kind, .schema = schema, .table = table, .name = name};
    g_autoptr(GError) error = NULL;

    g_test_message("kind %d %s %s", (int)kind, table != NULL ? table : "-", name);
    bool done = c->driver->find(c->first, &object, out_found, &error);
    g_assert_no_error(error);
    g_assert_true(done);
}

static void
make_objects(MigCase *c)
{
    for (size_t i = 0; setup[i] != NULL; i++) {
        g_autofree char *sql = g_strdup(setup[i]);
        char *name = strstr(sql, "\"odd name\"");

        /* The one identifier here that has to be quoted. */
        if (name != NULL) {
            g_autofree char *quoted = c->driver->quote(c->first, "odd name");
            memcpy(name, quoted, strlen(quoted));
        }
        mig_case_run(c, c->first, sql);
    }
}

static void
check_objects(MigCase *c)
{
    make_objects(c);
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        const Expected *e = &expected[i];
        MigFound found = {.exists = false};

        find(c, e->kind, NULL, e->table, e->name, &found);
        g_assert_cmpint(found.exists, ==, e->exists);
        g_assert_cmpstr(found.columns, ==, e->columns);
        g_assert_cmpint(found.unique, ==, e->unique);
        g_assert_false(found.invalid);
        if (e->in_table != NULL)
            g_assert_cmpstr(found.table, ==, e->in_table);
        mig_found_clear(&found);
    }
}

static void
check_column(MigCase *c)
{
    MigFound required = {.exists = false};
    MigFound optional = {.exists = false};

    make_objects(c);
    find(c, MIG_OBJECT_COLUMN, NULL, "parent", "a", &required);
    find(c, MIG_OBJECT_COLUMN, NULL, "parent", "b", &optional);
    g_assert_false(required.nullable);
    g_assert_true(optional.nullable);
    g_assert_true(g_str_has_prefix(required.type, "int") || g_str_has_prefix(required.type, "INT"));
    g_assert_nonnull(strstr(optional.type, "(20)"));
    mig_found_clear(&required);
    mig_found_clear(&optional);
}

static bool
has_schemas(const MigCase *c)
{
    return (c->driver->caps & MIG_CAP_SCHEMAS) != 0;
}

static void
check_schema(MigCase *c)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *own = c->driver->default_schema(c->first, &error);
    MigFound here = {.exists = false};
    MigFound elsewhere = {.exists = false};
    MigFound itself = {.exists = false};

    make_objects(c);
    find(c, MIG_OBJECT_TABLE, own, NULL, "parent", &here);
    find(c, MIG_OBJECT_TABLE, "information_schema", NULL, "parent", &elsewhere);
    find(c, MIG_OBJECT_SCHEMA, NULL, NULL, own, &itself);
    g_assert_true(here.exists);
    g_assert_false(elsewhere.exists);
    g_assert_true(itself.exists);
    mig_found_clear(&here);
    mig_found_clear(&elsewhere);
    mig_found_clear(&itself);
}

/* What a neighbour changes is seen at once, also where only reading is allowed. */
static void
check_leaves_nothing(MigCase *c)
{
    MigConnection *other = mig_case_other(c);
    g_autoptr(GError) error = NULL;
    MigFound found = {.exists = false};

    find(c, MIG_OBJECT_TABLE, NULL, NULL, "kept", &found);
    g_assert_false(found.exists);
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
    mig_case_run(c, other, "CREATE TABLE kept (id integer)");
    find(c, MIG_OBJECT_TABLE, NULL, NULL, "kept", &found);
    g_assert_true(found.exists);
    mig_found_clear(&found);
    mig_case_run(c, other, "DROP TABLE kept");
    find(c, MIG_OBJECT_TABLE, NULL, NULL, "kept", &found);
    g_assert_false(found.exists);

    g_assert_true(c->driver->read_only(c->first, true, &error));
    find(c, MIG_OBJECT_COLUMN, NULL, "kept", "id", &found);
    g_assert_false(found.exists);
    g_assert_true(c->driver->read_only(c->first, false, &error));
    g_assert_no_error(error);
}

/* Inside a transaction it sees what that has done, and doesn't end it. */
static void
check_inside(MigCase *c)
{
    g_autoptr(GError) error = NULL;
    MigFound found = {.exists = false};

    mig_case_table(c);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
    find(c, MIG_OBJECT_COLUMN, NULL, "kept", "t", &found);
    g_assert_true(found.exists);
    mig_found_clear(&found);
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_OPEN);
    g_assert_true(c->driver->rollback(c->first, &error));
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1");
}

const MigPromise mig_catalog_promises[] = {
    {"find-tells-objects-of-every-kind-apart", check_objects, NULL},
    {"find-tells-a-column-s-type", check_column, NULL},
    {"find-looks-in-the-schema-that-is-named", check_schema, has_schemas},
    {"find-leaves-no-snapshot-open", check_leaves_nothing, NULL},
    {"find-inside-a-transaction-leaves-it-open", check_inside, NULL},
    {NULL, NULL, NULL},
};
