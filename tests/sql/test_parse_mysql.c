/* SPDX-License-Identifier: MIT */
/* Far too much of something in MySQL's definitions ends in an answer, or in an error that says so. */
#include <glib.h>
#include <migrate/change.h>

typedef struct {
    const char *name;
    const char *before;
    const char *repeated;
    const char *closing; /* as often as `repeated` */
    const char *after;
    size_t n;
    MigParseStatus status;
} Large;

/* `repeated` and `closing` stand around `after`. */
static const Large nested[] = {
    {"blocks", "CREATE PROCEDURE p () ", "BEGIN ", " END;", "SELECT 1;", 10000, MIG_PARSE_TOO_DEEP},
    {"few-blocks", "CREATE PROCEDURE p () ", "BEGIN ", "; END", "SELECT 1", 100, MIG_PARSE_OK},
    {"ifs", "CREATE PROCEDURE p () BEGIN ", "IF 1 THEN ", " END IF;", "SELECT 1;", 10000,
     MIG_PARSE_TOO_DEEP},
    {"handlers", "CREATE PROCEDURE p () BEGIN ", "BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION ",
     "; END", "SELECT 1", 10000, MIG_PARSE_TOO_DEEP},
    {"handlers-of-handlers", "CREATE PROCEDURE p () BEGIN ",
     "DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ", "; END", "SELECT 1", 10000,
     MIG_PARSE_TOO_DEEP},
    {"cases", "CREATE PROCEDURE p () BEGIN ", "CASE 1 WHEN 1 THEN ", " END CASE;", "SELECT 1;",
     10000, MIG_PARSE_TOO_DEEP},
    {"loops", "CREATE PROCEDURE p () BEGIN ", "a: LOOP ", "END LOOP;", "SELECT 1;", 10000,
     MIG_PARSE_TOO_DEEP},
    {"check", "ALTER TABLE t ADD CHECK (", "(", ")", "1)", 10000, MIG_PARSE_TOO_DEEP},
    {"default", "CREATE TABLE t (a INT DEFAULT ", "(", ")", "1)", 10000, MIG_PARSE_TOO_DEEP},
    {"key", "CREATE TABLE t (a INT, KEY (", "(", ")", "a)", 10000, MIG_PARSE_TOO_DEEP},
    {"partition", "CREATE TABLE t (a INT) PARTITION BY HASH ", "(", ")", "a", 10000,
     MIG_PARSE_TOO_DEEP},
    {"as-select", "CREATE TABLE t ", "(", ")", "SELECT 1", 10000, MIG_PARSE_TOO_DEEP},
    {"program-in-a-program", "", "CREATE PROCEDURE p () ", "", "SELECT 1", 10000,
     MIG_PARSE_TOO_DEEP},
    {"explain", "", "EXPLAIN ", "", "SELECT 1", 10000, MIG_PARSE_SYNTAX},
    {"set-statement", "", "SET STATEMENT a = 1 FOR ", "", "SELECT 1", 10000, MIG_PARSE_TOO_DEEP},
    {"factors", "CREATE USER a ", "IDENTIFIED BY 'x' AND ", "", "IDENTIFIED BY 'x'", 100000,
     MIG_PARSE_UNSUPPORTED},
};

/* `repeated` follows itself. */
static const Large many[] = {
    {"columns", "CREATE TABLE t (a INT", ", c VARCHAR(20) NOT NULL DEFAULT 'x'", "", ")", 100000,
     MIG_PARSE_OK},
    {"attributes", "CREATE TABLE t (a INT", " NOT NULL", "", ")", 100000, MIG_PARSE_OK},
    {"keys", "CREATE TABLE t (a INT", ", KEY (a)", "", ")", 100000, MIG_PARSE_OK},
    {"key-parts", "CREATE TABLE t (a INT, KEY (a", ", a", "", "))", 100000, MIG_PARSE_OK},
    {"values", "ALTER TABLE t MODIFY a ENUM('a'", ", 'b'", "", ")", 100000, MIG_PARSE_OK},
    {"actions", "ALTER TABLE t ADD a INT", ", DROP b", "", "", 100000, MIG_PARSE_OK},
    {"options", "CREATE TABLE t (a INT)", " COMMENT='x'", "", "", 100000, MIG_PARSE_OK},
    {"partitions", "CREATE TABLE t (a INT) PARTITION BY LIST (a) (PARTITION p VALUES IN (1)",
     ", PARTITION p VALUES IN (1, 2)", "", ")", 100000, MIG_PARSE_OK},
    {"tables", "DROP TABLE a", ", b", "", "", 100000, MIG_PARSE_OK},
    {"renames", "RENAME TABLE a TO b", ", c TO d", "", "", 100000, MIG_PARSE_OK},
    {"users", "CREATE USER a", ", b@c IDENTIFIED BY 'x'", "", "", 100000, MIG_PARSE_OK},
    {"privileges", "GRANT SELECT", ", INSERT (a)", "", " ON *.* TO a", 100000, MIG_PARSE_OK},
    {"settings", "SET a = 1", ", @b = 2", "", "", 100000, MIG_PARSE_OK},
    {"statements", "CREATE PROCEDURE p () BEGIN SELECT 1;", "UPDATE t SET a = 1;", "", "END",
     100000, MIG_PARSE_OK},
    {"elseifs", "CREATE PROCEDURE p () IF 1 THEN SELECT 1;", "ELSEIF 1 THEN SELECT 1;", "",
     "END IF", 100000, MIG_PARSE_OK},
    {"string", "ALTER TABLE t COMMENT = '", "0123456789", "", "'", 1000000, MIG_PARSE_OK},
    {"comment", "CREATE TABLE t (a INT) /* ", "0123456789", "", "*/", 1000000, MIG_PARSE_OK},
    {"spaces", "CREATE TABLE t (a INT)", "          ", "", "", 1000000, MIG_PARSE_OK},
    {"version-comments", "CREATE TABLE t (a INT", " /*!50000 NOT NULL */", "", ")", 100000,
     MIG_PARSE_OK},
    {"show", "SHOW TABLES", " LIKE", "", "", 1000000, MIG_PARSE_OK},
};

static void
check(const char *sql, size_t length, MigEngine engine, MigParseStatus status)
{
    g_autoptr(MigChanges) changes = mig_parse(sql, length, engine, 0);

    g_assert_cmpint(changes->status, ==, status);
    for (size_t i = 0; i < changes->n_changes; i++)
        g_assert_cmpuint(changes->changes[i].span.offset + changes->changes[i].span.length, <=,
                         length);
}

static void
check_large(const Large *it, MigEngine engine, bool around)
{
    g_autoptr(GString) sql = g_string_new(it->before);

    for (size_t i = 0; i < it->n; i++)
        g_string_append(sql, it->repeated);
    g_string_append(sql, it->after);
    for (size_t i = 0; i < it->n && around; i++)
        g_string_append(sql, it->closing);
    check(sql->str, sql->len, engine, it->status);
}

static void
check_nested(gconstpointer data)
{
    check_large(data, MIG_ENGINE_MARIADB, true);
}

static void
check_many(gconstpointer data)
{
    check_large(data, MIG_ENGINE_MARIADB, false);
    check_large(data, MIG_ENGINE_MYSQL, false);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(nested); i++) {
        g_autofree char *name = g_strconcat("/parse/mysql/nested/", nested[i].name, NULL);
        g_test_add_data_func(name, &nested[i], check_nested);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(many); i++) {
        g_autofree char *name = g_strconcat("/parse/mysql/many/", many[i].name, NULL);
        g_test_add_data_func(name, &many[i], check_many);
    }
    return g_test_run();
}
