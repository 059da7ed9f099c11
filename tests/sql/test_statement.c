/* SPDX-License-Identifier: MIT */
/* What statements need of a transaction, which of them are queries, and where a script's bytes are. */
#include <migrate/statement.h>

#include <string.h>

#define ANY MIG_TRANSACTION_ANY
#define NEVER MIG_TRANSACTION_NEVER
#define COMMITS MIG_TRANSACTION_COMMITS
#define OUTSIDE MIG_TRANSACTION_OUTSIDE
#define BEGINS MIG_TRANSACTION_BEGIN
#define COMMIT MIG_TRANSACTION_COMMIT
#define ROLLBACK MIG_TRANSACTION_ROLLBACK

typedef struct {
    const char *sql;
    MigTransaction transaction;
    int version;
} Transaction;

static const Transaction postgres[] = {
    {"", ANY, 0},
    {"SELECT 1", ANY, 0},
    {"/* a */ -- b\n CREATE TABLE t (a int)", ANY, 0},
    {"CREATE INDEX i ON t (a)", ANY, 0},
    {"CREATE INDEX CONCURRENTLY i ON t (a)", NEVER, 0},
    {"create unique /* x */ index\nconcurrently if not exists i on t (a)", NEVER, 0},
    {"CREATE INDEX \"concurrently\" ON t (a)", ANY, 0},
    {"DROP INDEX i", ANY, 0},
    {"DROP INDEX CONCURRENTLY IF EXISTS i", NEVER, 0},
    {"REINDEX INDEX i", ANY, 0},
    {"REINDEX TABLE CONCURRENTLY t", NEVER, 0},
    {"REINDEX (VERBOSE) INDEX CONCURRENTLY i", NEVER, 0},
    {"REINDEX (CONCURRENTLY) TABLE t", NEVER, 0},
    {"REINDEX (VERBOSE, CONCURRENTLY on, TABLESPACE x) TABLE t", NEVER, 0},
    {"REINDEX (CONCURRENTLY false) TABLE t", ANY, 0},
    {"REINDEX (CONCURRENTLY 0) TABLE t", ANY, 0},
    {"REINDEX (CONCURRENTLY 'off') TABLE t", ANY, 0},
    {"REINDEX SCHEMA s", NEVER, 0},
    {"REINDEX (VERBOSE) DATABASE d", NEVER, 0},
    {"REINDEX SYSTEM d", NEVER, 0},
    {"VACUUM", NEVER, 0},
    {"VACUUM (ANALYZE) t", NEVER, 0},
    {"ANALYZE t", ANY, 0},
    {"CREATE DATABASE d", NEVER, 0},
    {"DROP DATABASE IF EXISTS d", NEVER, 0},
    {"ALTER DATABASE d SET TABLESPACE x", NEVER, 0},
    {"ALTER DATABASE \"a b\" SET TABLESPACE x", NEVER, 0},
    {"ALTER DATABASE d SET work_mem = '1GB'", ANY, 0},
    {"ALTER DATABASE d OWNER TO x", ANY, 0},
    {"CREATE TABLESPACE x LOCATION '/x'", NEVER, 0},
    {"DROP TABLESPACE x", NEVER, 0},
    {"ALTER TABLESPACE x OWNER TO y", ANY, 0},
    {"ALTER SYSTEM SET work_mem = '1GB'", NEVER, 0},
    {"ALTER TABLE p DETACH PARTITION c CONCURRENTLY", NEVER, 0},
    {"ALTER TABLE IF EXISTS s.p DETACH PARTITION s.c CONCURRENTLY", NEVER, 0},
    {"ALTER TABLE p DETACH PARTITION c", ANY, 0},
    {"ALTER TABLE p DETACH PARTITION c FINALIZE", ANY, 0},
    {"ALTER TABLE p DETACH PARTITION \"concurrently\"", ANY, 0},
    {"ALTER TABLE t ADD detach int", ANY, 0},
    {"CLUSTER", NEVER, 0},
    {"CLUSTER VERBOSE", NEVER, 0},
    {"CLUSTER (VERBOSE)", NEVER, 0},
    {"CLUSTER t USING i", ANY, 0},
    {"CLUSTER VERBOSE t", ANY, 0},
    {"REPACK", NEVER, 0},
    {"REPACK USING INDEX", NEVER, 0},
    {"REPACK (VERBOSE)", NEVER, 0},
    {"REPACK t", ANY, 0},
    {"REPACK (CONCURRENTLY) t", NEVER, 0},
    {"REPACK (ANALYZE) t", NEVER, 0},
    {"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p", NEVER, 0},
    {"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (slot_name = 'y')", NEVER, 0},
    {"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = false)", ANY, 0},
    {"CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (a = b, create_slot = off)", ANY, 0},
    {"DROP SUBSCRIPTION s", NEVER, 0},
    {"ALTER SUBSCRIPTION s REFRESH PUBLICATION", NEVER, 0},
    {"ALTER SUBSCRIPTION s SET PUBLICATION p", NEVER, 0},
    {"ALTER SUBSCRIPTION s ADD PUBLICATION p WITH (refresh = false)", ANY, 0},
    {"ALTER SUBSCRIPTION s SET (failover = true)", NEVER, 0},
    {"ALTER SUBSCRIPTION s SET (slot_name = 'x')", ANY, 0},
    {"ALTER SUBSCRIPTION s DISABLE", ANY, 0},
    {"ALTER TYPE e ADD VALUE 'x'", ANY, 0},
    {"ALTER TYPE e ADD VALUE 'x'", ANY, 120000},
    {"ALTER TYPE s.e ADD VALUE IF NOT EXISTS 'x'", NEVER, 110022},
    {"ALTER TYPE s.e ADD ATTRIBUTE x int", ANY, 110022},
    {"DISCARD ALL", NEVER, 0},
    {"DISCARD PLANS", ANY, 0},
    {"CALL p()", ANY, 0},
    {"DO $$ BEGIN COMMIT; END $$", ANY, 0},
    {"REFRESH MATERIALIZED VIEW CONCURRENTLY v", ANY, 0},
    {"BEGIN", BEGINS, 0},
    {"begin isolation level serializable", BEGINS, 0},
    {"START TRANSACTION READ WRITE", BEGINS, 0},
    {"COMMIT", COMMIT, 0},
    {"END", COMMIT, 0},
    {"COMMIT AND CHAIN", COMMIT, 0},
    {"PREPARE TRANSACTION 'x'", COMMIT, 0},
    {"PREPARE q AS SELECT 1", ANY, 0},
    {"COMMIT PREPARED 'x'", NEVER, 0},
    {"ROLLBACK PREPARED 'x'", NEVER, 0},
    {"ROLLBACK", ROLLBACK, 0},
    {"ABORT", ROLLBACK, 0},
    {"ROLLBACK WORK", ROLLBACK, 0},
    {"ROLLBACK TO s", ANY, 0},
    {"ROLLBACK TRANSACTION TO SAVEPOINT s", ANY, 0},
    {"SAVEPOINT s", ANY, 0},
    {"EXPLAIN CREATE TABLE t AS SELECT 1", ANY, 0},
};

static const Transaction mysql[] = {
    {"SELECT 1", ANY, 0},
    {"(SELECT 1) UNION (SELECT 2)", ANY, 0},
    {"INSERT INTO t VALUES (1)", ANY, 0},
    {"REPLACE INTO t VALUES (1)", ANY, 0},
    {"UPDATE t SET a = 1", ANY, 0},
    {"WITH x AS (SELECT 1) DELETE FROM t", ANY, 0},
    {"LOAD DATA INFILE 'x' INTO TABLE t", ANY, 0},
    {"LOAD XML INFILE 'x' INTO TABLE t", ANY, 0},
    {"LOAD INDEX INTO CACHE t", COMMITS, 0},
    {"CACHE INDEX t IN c", COMMITS, 0},
    {"DO SLEEP(1)", ANY, 0},
    {"USE d", ANY, 0},
    {"SHOW TABLES", ANY, 0},
    {"EXPLAIN DELETE FROM t", ANY, 0},
    {"DESC t", ANY, 0},
    {"CREATE TABLE t (a int)", COMMITS, 0},
    {"create or replace view v as select 1", COMMITS, 0},
    {"CREATE TEMPORARY TABLE t (a int)", ANY, 0},
    {"CREATE OR REPLACE TEMPORARY TABLE t (a int)", ANY, 0},
    {"CREATE /*!32302 TEMPORARY */ TABLE t (a int)", ANY, 0},
    {"CREATE TEMPORARY SEQUENCE s", COMMITS, 0},
    {"DROP TEMPORARY TABLE t", ANY, 0},
    {"DROP TABLE t", COMMITS, 0},
    {"DROP PREPARE q", ANY, 0},
    {"ALTER TABLE t ADD a int", COMMITS, 0},
    {"RENAME TABLE a TO b", COMMITS, 0},
    {"TRUNCATE t", COMMITS, 0},
    {"LOCK TABLES t WRITE", COMMITS, 0},
    {"UNLOCK TABLES", COMMITS, 0},
    {"GRANT ALL ON d.* TO u", COMMITS, 0},
    {"REVOKE ALL ON d.* FROM u", COMMITS, 0},
    {"ANALYZE TABLE t", COMMITS, 0},
    {"ANALYZE NO_WRITE_TO_BINLOG TABLE t", COMMITS, 0},
    {"CHECK TABLE t", COMMITS, 0},
    {"OPTIMIZE TABLE t", COMMITS, 0},
    {"REPAIR TABLE t", COMMITS, 0},
    {"FLUSH TABLES", COMMITS, 0},
    {"RESET REPLICA", COMMITS, 0},
    {"START REPLICA", COMMITS, 0},
    {"STOP SLAVE", COMMITS, 0},
    {"INSTALL PLUGIN p SONAME 'x'", COMMITS, 0},
    {"SET autocommit = 1", COMMITS, 0},
    {"SET @@session.autocommit := ON", COMMITS, 0},
    {"SET @@autocommit = 1, sql_mode = ''", COMMITS, 0},
    {"SET SESSION autocommit = TRUE", COMMITS, 0},
    {"SET `autocommit` = 1", COMMITS, 0},
    {"SET autocommit = 0", ANY, 0},
    {"SET autocommit = OFF", ANY, 0},
    {"SET @autocommit = 1", ANY, 0},
    {"SET @my_autocommit = 1, no_autocommit = 1", ANY, 0},
    {"SET PASSWORD FOR u = 'x'", COMMITS, 0},
    {"SET DEFAULT ROLE r TO u", COMMITS, 0},
    {"SET NAMES utf8mb4", ANY, 0},
    {"SET FOREIGN_KEY_CHECKS = 0", ANY, 0},
    {"SET STATEMENT max_statement_time = 1 FOR UPDATE t SET a = 1", ANY, 0},
    {"SET STATEMENT max_statement_time = 1 FOR ALTER TABLE t ADD a int", COMMITS, 0},
    {"/*!40101 SET NAMES utf8mb4 */", ANY, 0},
    {"/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER t */", COMMITS, 0},
    {"CALL p()", COMMITS, 0},
    {"EXECUTE q", COMMITS, 0},
    {"PREPARE q FROM 'SELECT 1'", ANY, 0},
    {"FROBNICATE", COMMITS, 0},
    {"", COMMITS, 0},
    {"BEGIN", BEGINS, 0},
    {"BEGIN WORK", BEGINS, 0},
    {"START TRANSACTION WITH CONSISTENT SNAPSHOT", BEGINS, 0},
    {"COMMIT", COMMIT, 0},
    {"COMMIT WORK AND NO CHAIN", COMMIT, 0},
    {"ROLLBACK", ROLLBACK, 0},
    {"ROLLBACK WORK", ROLLBACK, 0},
    {"ROLLBACK TO SAVEPOINT s", ANY, 0},
    {"ROLLBACK WORK TO s", ANY, 0},
    {"SAVEPOINT s", ANY, 0},
    {"RELEASE SAVEPOINT s", ANY, 0},
    {"XA START 'x'", COMMITS, 0},
};

static const Transaction mariadb[] = {
    {"BEGIN NOT ATOMIC SELECT 1; END", COMMITS, 0},
    {"ANALYZE FORMAT=JSON SELECT 1", ANY, 0},
    {"ANALYZE UPDATE t SET a = 1", ANY, 0},
    {"/*M!100100 ALTER TABLE t ADD a int */", COMMITS, 0},
    {"IF 1 THEN SELECT 1; END IF", COMMITS, 0},
};

static const Transaction sqlite[] = {
    {"SELECT 1", ANY, 0},
    {"CREATE TABLE t (a)", ANY, 0},
    {"VACUUM", NEVER, 0},
    {"VACUUM INTO 'x'", NEVER, 0},
    {"ATTACH 'x' AS y", NEVER, 0},
    {"DETACH DATABASE y", NEVER, 0},
    {"REINDEX", ANY, 0},
    {"ANALYZE", ANY, 0},
    {"PRAGMA foreign_keys", ANY, 0},
    {"PRAGMA foreign_keys = OFF", OUTSIDE, 0},
    {"pragma foreign_keys(0)", OUTSIDE, 0},
    {"PRAGMA main.foreign_keys=1", OUTSIDE, 0},
    {"PRAGMA page_size = 8192", OUTSIDE, 0},
    {"PRAGMA auto_vacuum = FULL", OUTSIDE, 0},
    {"PRAGMA encoding = 'UTF-16'", OUTSIDE, 0},
    {"PRAGMA journal_mode", ANY, 0},
    {"PRAGMA journal_mode = WAL", NEVER, 0},
    {"PRAGMA x.journal_mode = WAL", NEVER, 0},
    {"PRAGMA synchronous = OFF", NEVER, 0},
    {"PRAGMA wal_checkpoint", NEVER, 0},
    {"PRAGMA wal_checkpoint(TRUNCATE)", NEVER, 0},
    {"PRAGMA user_version = 3", ANY, 0},
    {"PRAGMA foreign_key_check", ANY, 0},
    {"PRAGMA table_info(t)", ANY, 0},
    {"PRAGMA defer_foreign_keys = ON", ANY, 0},
    {"BEGIN IMMEDIATE", BEGINS, 0},
    {"COMMIT", COMMIT, 0},
    {"END TRANSACTION", COMMIT, 0},
    {"ROLLBACK", ROLLBACK, 0},
    {"ROLLBACK TRANSACTION", ROLLBACK, 0},
    {"ROLLBACK TO s", ANY, 0},
    {"ROLLBACK TRANSACTION TO SAVEPOINT s", ANY, 0},
    {"SAVEPOINT s", ANY, 0},
    {"EXPLAIN VACUUM", ANY, 0},
};

static void
check_transactions(const Transaction *table, size_t n, MigEngine engine)
{
    for (size_t i = 0; i < n; i++) {
        g_test_message("%s", table[i].sql);
        g_assert_cmpint(
            mig_statement_transaction(table[i].sql, strlen(table[i].sql), engine, table[i].version),
            ==, table[i].transaction);
    }
}

static void
knows_what_a_transaction_can_hold(void)
{
    check_transactions(postgres, G_N_ELEMENTS(postgres), MIG_ENGINE_POSTGRES);
    check_transactions(mysql, G_N_ELEMENTS(mysql), MIG_ENGINE_MYSQL);
    check_transactions(mysql, G_N_ELEMENTS(mysql), MIG_ENGINE_MARIADB);
    check_transactions(mariadb, G_N_ELEMENTS(mariadb), MIG_ENGINE_MARIADB);
    check_transactions(sqlite, G_N_ELEMENTS(sqlite), MIG_ENGINE_SQLITE);
}

#define ALL MIG_ENGINE_ALL
#define FAMILY MIG_ENGINE_MYSQL_FAMILY

/* On which engines each is a query. */
static const struct {
    const char *sql;
    MigEngine engines;
} queries[] = {
    {"", MIG_ENGINE_NONE},
    {"SELECT 1", ALL},
    {"/* a */ select 1", ALL},
    {"VALUES (1)", ALL},
    {"TABLE t", MIG_ENGINE_POSTGRES | FAMILY},
    {"(SELECT 1) UNION (SELECT 2)", ALL},
    {"((SELECT 1))", ALL},
    {"WITH a AS (SELECT 1) SELECT * FROM a", ALL},
    {"WITH RECURSIVE a (x) AS (SELECT 1 UNION ALL SELECT x FROM a), b AS (VALUES (1)) TABLE a",
     MIG_ENGINE_POSTGRES | FAMILY},
    {"WITH a AS (SELECT 1) (SELECT * FROM a)", ALL},
    {"WITH a AS MATERIALIZED (SELECT 1) SELECT 1", ALL},
    {"WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", MIG_ENGINE_NONE},
    {"WITH a AS (SELECT 1) UPDATE t SET b = 1", MIG_ENGINE_NONE},
    {"WITH a AS (SELECT 1) DELETE FROM t", MIG_ENGINE_NONE},
    {"WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a", MIG_ENGINE_NONE},
    {"WITH a AS (SELECT insert('a', 1, 1, 'b')) SELECT (insert('a', 1, 1, 'b'))", ALL},
    {"SELECT 1 INTO t", MIG_ENGINE_SQLITE},
    {"SELECT a INTO OUTFILE 'x' FROM t", MIG_ENGINE_SQLITE},
    {"SELECT 'into', \"into\"", ALL},
    {"INSERT INTO t VALUES (1)", MIG_ENGINE_NONE},
    {"INSERT INTO t VALUES (1) RETURNING a", MIG_ENGINE_NONE},
    {"UPDATE t SET a = 1", MIG_ENGINE_NONE},
    {"CREATE TABLE t (a int)", MIG_ENGINE_NONE},
    {"CALL p()", MIG_ENGINE_NONE},
    {"SHOW server_version", MIG_ENGINE_POSTGRES | FAMILY},
    {"DESCRIBE t", FAMILY},
    {"DESC t", FAMILY},
    {"EXPLAIN SELECT 1", ALL},
    {"EXPLAIN DELETE FROM t", ALL},
    {"EXPLAIN QUERY PLAN SELECT 1", ALL},
    {"EXPLAIN ANALYZE SELECT 1", ALL},
    {"EXPLAIN ANALYZE VERBOSE DELETE FROM t", MIG_ENGINE_SQLITE},
    {"EXPLAIN (ANALYZE, BUFFERS) DELETE FROM t", MIG_ENGINE_SQLITE},
    {"EXPLAIN (ANALYZE false) DELETE FROM t", ALL},
    {"EXPLAIN (ANALYZE) SELECT 1", ALL},
    {"EXPLAIN FORMAT=JSON SELECT 1", ALL},
    {"EXPLAIN ANALYZE FORMAT=TREE SELECT 1", ALL},
    {"ANALYZE SELECT 1", MIG_ENGINE_MARIADB},
    {"ANALYZE FORMAT=JSON SELECT 1", MIG_ENGINE_MARIADB},
    {"ANALYZE FORMAT=JSON DELETE FROM t", MIG_ENGINE_NONE},
    {"ANALYZE TABLE t", MIG_ENGINE_NONE},
    {"/*!50000 SELECT */ 1", FAMILY},
    {"PRAGMA foreign_keys", MIG_ENGINE_SQLITE},
    {"PRAGMA main.table_info(t)", MIG_ENGINE_SQLITE},
    {"PRAGMA integrity_check(5)", MIG_ENGINE_SQLITE},
    {"PRAGMA foreign_keys = 1", MIG_ENGINE_NONE},
    {"PRAGMA user_version(1)", MIG_ENGINE_NONE},
    {"PRAGMA optimize", MIG_ENGINE_NONE},
    {"BEGIN", MIG_ENGINE_NONE},
};

static void
knows_queries(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(queries); i++) {
        for (MigEngine engine = MIG_ENGINE_SQLITE; engine <= MIG_ENGINE_MARIADB; engine <<= 1) {
            g_test_message("%s: %s", mig_engine_name(engine), queries[i].sql);
            /* The others' comment is no statement to PostgreSQL and SQLite. */
            g_assert_cmpint(
                mig_statement_returns_rows(queries[i].sql, strlen(queries[i].sql), engine), ==,
                (queries[i].engines & engine) != 0);
        }
    }
}

static void
locates_in_the_file(void)
{
    unsigned removed[] = {3, 0, 4};
    MigScript script = {.text = (char *)"SELECT 'é',\n\n 2;", .length = 17, .line = 10};
    unsigned line = 0;
    unsigned column = 0;

    mig_script_locate(&script, 0, &line, &column);
    g_assert_cmpuint(line, ==, 10);
    g_assert_cmpuint(column, ==, 1);
    mig_script_locate(&script, 11, &line, &column);
    g_assert_cmpuint(line, ==, 10);
    g_assert_cmpuint(column, ==, 11);

    script.removed = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_array_append_vals(script.removed, removed, G_N_ELEMENTS(removed));
    mig_script_locate(&script, 15, &line, &column);
    g_assert_cmpuint(line, ==, 12);
    g_assert_cmpuint(column, ==, 6);
    mig_script_locate(&script, 7, &line, &column);
    g_assert_cmpuint(line, ==, 10);
    g_assert_cmpuint(column, ==, 11);
    g_array_unref(script.removed);
}

static void
frees_half_built_scripts(void)
{
    mig_script_free(NULL);
    mig_directive_free(NULL);
    mig_script_free(g_new0(MigScript, 1));
    mig_directive_free(g_new0(MigDirective, 1));
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/statement/knows-what-a-transaction-can-hold",
                    knows_what_a_transaction_can_hold);
    g_test_add_func("/statement/knows-queries", knows_queries);
    g_test_add_func("/statement/locates-in-the-file", locates_in_the_file);
    g_test_add_func("/statement/frees-half-built-scripts", frees_half_built_scripts);
    return g_test_run();
}
