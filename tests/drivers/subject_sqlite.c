/* SPDX-License-Identifier: MIT */
/* SQLite under test: databases are files, and there is no server. */
#include "drivers/subject_sqlite.h"

#include "support/scratch.h"

#include <string.h>

static char *
scratch_new(G_GNUC_UNUSED const MigDriver *driver, G_GNUC_UNUSED GError **error)
{
    g_autofree char *directory = mig_scratch_new();

    return g_strdup_printf("sqlite:%s/test.db", directory);
}

static void
scratch_drop(G_GNUC_UNUSED const MigDriver *driver, const char *url)
{
    g_autofree char *directory = g_path_get_dirname(url + strlen("sqlite:"));

    mig_scratch_remove(directory);
}

static const char *const refused[] = {
    "sqlite:/nonexistent/directory/test.db",
    "sqlite:/",
    NULL,
};

static const char *const malformed[] = {
    "sqlite:",         "sqlite://", "sqlite:test.db?mode=sideways", "sqlite:test.db?vfs=none-such",
    "sqlite:a%00b.db", NULL,
};

static const char *const escapes[] = {
    "PRAGMA query_only = off",
    "PRAGMA writable_schema = on",
    "PRAGMA user_version = 7",
    "PRAGMA journal_mode = off",
    "PRAGMA wal_checkpoint",
    "PRAGMA optimize",
    "ATTACH DATABASE ':memory:' AS elsewhere",
    "DETACH DATABASE main",
    "SAVEPOINT s",
    "RELEASE s",
    "BEGIN IMMEDIATE",
    "COMMIT",
    "ROLLBACK",
    "VACUUM",
    "EXPLAIN COMMIT",
    "CREATE TEMP TABLE mine (id integer)",
    NULL,
};

/* Something of everything that a review looks at. */
static const char *const schema[] = {
    "CREATE TABLE zoo (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL UNIQUE COLLATE"
    " nocase DEFAULT 'it''s', n numeric(10, 2) CHECK (n > 0), doubled AS (n * 2) STORED)",
    "CREATE VIEW a_view AS SELECT two FROM last_one",
    "CREATE VIEW last_one AS SELECT id AS two FROM zoo",
    "CREATE TABLE animal (zoo_id integer REFERENCES zoo ON DELETE CASCADE, later_id text "
    "REFERENCES later (k),"
    " PRIMARY KEY (zoo_id, later_id)) WITHOUT ROWID, STRICT",
    "CREATE TABLE \"odd \"\"name\"\"\" (\"a column\", [select] text)",
    "CREATE TABLE later (k text PRIMARY KEY) WITHOUT ROWID",
    "CREATE INDEX zoo_part ON zoo (lower(name) DESC, n) WHERE n > 1",
    "CREATE TRIGGER zoo_after AFTER UPDATE OF name ON zoo WHEN NEW.n > 1 BEGIN"
    " INSERT INTO later VALUES ('x;y'); DELETE FROM later; END",
    "CREATE TRIGGER view_instead INSTEAD OF INSERT ON a_view BEGIN SELECT 1; END",
    "CREATE VIRTUAL TABLE texts USING fts5 (body)",
    "CREATE TABLE texts_of_mine (id integer)",
    NULL,
};

static const char *const told[] = {
    "WITHOUT ROWID, STRICT",
    "CREATE VIRTUAL TABLE texts",
    "CREATE TABLE texts_of_mine",
    "INSTEAD OF INSERT",
    "AUTOINCREMENT",
};

const MigSubject mig_sqlite_subject = {
    .name = "sqlite",
    .engine = "sqlite",
    .module = "migrate-sqlite",
    .url_prefix = "",
    .scratch_new = scratch_new,
    .scratch_drop = scratch_drop,
    .text_type = "text",
    .slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT count(*) FROM n WHERE i < 0",
    .refused = refused,
    .malformed = malformed,
    .escapes = escapes,
    .setting_change = "PRAGMA foreign_keys = on",
    .setting_probe = "PRAGMA foreign_keys",
    .setting_name = "foreign_keys",
    .schema = schema,
    .told = told,
    .n_told = G_N_ELEMENTS(told),
};
