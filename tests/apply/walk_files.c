/* SPDX-License-Identifier: MIT */
/* The migrations that the walks over all faults run, for each engine. */
#include "apply/walk_files.h"

#include "support/database.h"

#include <string.h>

#define COUNT_IF(key, condition) "UPDATE tally SET n = n + 1 WHERE name = '" key "'" condition ";\n"
#define COUNT(key) COUNT_IF(key, "")
#define NONE "-- Transaction: none\n\n"
#define UP "-- ===== UP =====\n"
#define DOWN "-- ===== DOWN =====\n"
#define VERIFY "-- ===== VERIFY =====\n"

/*
 * 1 is one transaction; the others have what the engine can't put in one. 3 changes the session, and
 * counts only if that is so also where it goes on after an interruption; 4 counts only if it isn't so
 * any more.
 */
#define KEYS_ON " AND (SELECT foreign_keys FROM pragma_foreign_keys) = 1"
#define KEYS_OFF " AND (SELECT foreign_keys FROM pragma_foreign_keys) = 0"

/* clang-format off */
static const MigWalkFile sqlite_files[] = {
    {"1_a.sql",
     UP COUNT("u1.1") "CREATE TABLE a (id int);\n" COUNT("u1.3")
     DOWN COUNT("d1.1") "DROP TABLE a;\n"
     VERIFY "SELECT count(*) = 0 FROM a;\n"},
    {"2_b.sql",
     UP COUNT("u2.1") "VACUUM;\n" COUNT("u2.3") COUNT("u2.4")
     DOWN COUNT("d2.1") "VACUUM;\n" COUNT("d2.3")
     VERIFY "SELECT n > 0 FROM tally WHERE name = 'u2.4';\n"},
    {"3_c.sql",
     UP "PRAGMA foreign_keys = OFF;\nBEGIN;\n" COUNT("u3.3") "CREATE TABLE c (id int);\nCOMMIT;\n"
     "PRAGMA foreign_keys = ON;\n" COUNT_IF("u3.7", KEYS_ON)
     DOWN COUNT("d3.1") "DROP TABLE c;\n"},
    {"4_d.sql",
     NONE UP "CREATE TABLE d (id int);\n" COUNT("u4.2") "ALTER TABLE d ADD COLUMN b int;\n"
     COUNT_IF("u4.4", KEYS_OFF)
     DOWN COUNT("d4.1") "DROP TABLE d;\n"},
};

#define PATH_SET " AND current_setting('search_path') = 'public, pg_temp'"
#define PATH_BACK " AND current_setting('search_path') <> 'public, pg_temp'"

static const MigWalkFile postgres_files[] = {
    {"1_a.sql",
     UP COUNT("u1.1") "CREATE TABLE a (id int);\n" COUNT("u1.3")
     DOWN COUNT("d1.1") "DROP TABLE a;\n"
     VERIFY "SELECT count(*) = 0 FROM a;\n"},
    {"2_b.sql",
     UP COUNT("u2.1") "CREATE INDEX CONCURRENTLY a_id ON a (id);\n" COUNT("u2.3") COUNT("u2.4")
     DOWN COUNT("d2.1") "DROP INDEX CONCURRENTLY a_id;\n" COUNT("d2.3")
     VERIFY "SELECT n > 0 FROM tally WHERE name = 'u2.4';\n"},
    {"3_c.sql",
     UP "SET search_path TO public, pg_temp;\nBEGIN;\n" COUNT_IF("u3.3", PATH_SET)
     "CREATE TABLE c (id int);\nCOMMIT;\n" COUNT_IF("u3.6", PATH_SET)
     DOWN COUNT("d3.1") "DROP TABLE c;\n"},
    {"4_d.sql",
     NONE UP "CREATE TABLE d (id int);\n" COUNT("u4.2") "ALTER TABLE d ADD COLUMN b int;\n"
     COUNT_IF("u4.4", PATH_BACK)
     DOWN COUNT("d4.1") "DROP TABLE d;\n"},
};

#define MODE_SET " AND @@sql_mode LIKE '%ANSI_QUOTES%'"
#define MODE_BACK " AND @@sql_mode NOT LIKE '%ANSI_QUOTES%'"

static const MigWalkFile mysql_files[] = {
    {"1_a.sql",
     UP COUNT("u1.1") "CREATE TABLE a (id int);\n" COUNT("u1.3")
     DOWN COUNT("d1.1") "DROP TABLE a;\n"
     VERIFY "SELECT count(*) = 0 FROM a;\n"},
    {"2_b.sql",
     UP "ALTER TABLE a ADD COLUMN b int;\n" COUNT("u2.2") COUNT("u2.3")
     DOWN COUNT("d2.1") "ALTER TABLE a DROP COLUMN b;\n" COUNT("d2.3")},
    {"3_c.sql",
     UP "SET SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES');\nBEGIN;\n"
     COUNT_IF("u3.3", MODE_SET) COUNT_IF("u3.4", MODE_SET) "COMMIT;\n" COUNT_IF("u3.6", MODE_SET)
     DOWN COUNT("d3.1")},
    {"4_d.sql",
     UP "BEGIN;\n" COUNT_IF("u4.2", MODE_BACK) "CREATE TABLE d (id int);\n" COUNT("u4.4") "COMMIT;\n"
     DOWN COUNT("d4.1") "DROP TABLE d;\n"},
    {"5_e.sql",
     NONE UP COUNT("u5.1") "CREATE TABLE e (id int);\n"
     DOWN COUNT("d5.1") "DROP TABLE e;\n"},
    {"6_f.sql",
     UP "LOCK TABLES tally WRITE;\n" COUNT("u6.2") COUNT("u6.3") "UNLOCK TABLES;\n" COUNT("u6.5")
     DOWN COUNT("d6.1")},
};

#define NOWHERE " AND nowhere = 1"
#define NEVER "SELECT 1 = 0;\n"

static const MigWalkFile broken_files[] = {
    {"transaction",
     UP COUNT("u8.1") COUNT_IF("u8.2", NOWHERE) COUNT("u8.3")
     DOWN COUNT("d8.1")},
    {"single",
     NONE UP COUNT("u8.1") COUNT_IF("u8.2", NOWHERE) COUNT("u8.3")
     DOWN COUNT("d8.1")},
    {"verify",
     UP COUNT("u8.1") COUNT("u8.2")
     DOWN COUNT("d8.1")
     VERIFY NEVER},
    {"down",
     NONE UP COUNT("u8.1")
     DOWN COUNT("d8.1") COUNT_IF("d8.2", NOWHERE) COUNT("d8.3")},
};
/* clang-format on */

static const MigWalkFiles engines[] = {
    {"sqlite", sqlite_files, G_N_ELEMENTS(sqlite_files),
     "SELECT name, sql FROM sqlite_master WHERE tbl_name NOT LIKE 'migrate_history%' AND"
     " tbl_name <> 'tally' ORDER BY name"},
    {"postgres", postgres_files, G_N_ELEMENTS(postgres_files),
     "SELECT c.relname, string_agg(a.attname, ',' ORDER BY a.attnum), bool_and(i.indisvalid)"
     " FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0"
     " LEFT JOIN pg_index AS i ON i.indexrelid = c.oid"
     " WHERE c.relnamespace = 'public'::regnamespace AND c.relname !~ '^(migrate_history|tally)'"
     " GROUP BY c.relname ORDER BY c.relname"},
    {"mysql", mysql_files, G_N_ELEMENTS(mysql_files),
     "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema ="
     " database() AND table_name NOT LIKE 'migrate_history%' AND table_name <> 'tally'"
     " ORDER BY table_name, ordinal_position"},
};

const MigWalkFiles *
mig_walk_files(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(engines); i++) {
        if (strcmp(engines[i].engine, mig_test_engine()) == 0)
            return &engines[i];
    }
    g_assert_not_reached();
}

const char *
mig_walk_broken(const char *kind)
{
    for (size_t i = 0; i < G_N_ELEMENTS(broken_files); i++) {
        if (strcmp(broken_files[i].name, kind) == 0)
            return broken_files[i].text;
    }
    g_assert_not_reached();
}

char *
mig_walk_mend(const char *text)
{
    GString *mended = g_string_new(text);

    g_string_replace(mended, NOWHERE, "", 0);
    g_string_replace(mended, NEVER, "SELECT 1 = 1;\n", 0);
    return g_string_free(mended, FALSE);
}
