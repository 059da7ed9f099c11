/* SPDX-License-Identifier: MIT */
/* The MySQL and MariaDB driver keeps every promise. */
#include "drivers/contract.h"
#include "drivers/promise.h"
#include "support/server.h"

#include <string.h>

static char *
scratch_new(const MigDriver *driver, GError **error)
{
    const char *server = mig_server_url("mysql");

    return server != NULL ? mig_server_database_new(driver, server, error) : NULL;
}

static void
scratch_drop(const MigDriver *driver, const char *url)
{
    mig_server_database_drop(driver, mig_server_url("mysql"), url);
}

static const char *const refused[] = {
    "mysql://app:s3cret@127.0.0.1:1/app",
    "mariadb://app:s3cret@/app?socket=/nonexistent",
    "mysql://app:s3cret@[::1]:1/app?ssl-mode=verify-ca&connect_timeout=2",
    "mysql://app:s3cret@no-such-host.invalid/app",
    NULL,
};

static const char *const malformed[] = {
    "mysql:app:s3cret@localhost/app",
    "mysql://app:s3cret@more@localhost/app",
    "mysql://app:s3cret/more@localhost/app",
    "mysql://app:s3cret?more@localhost/app",
    "mysql://app:s3cret?more=1@localhost/app",
    "mysql://app:s3cret#more@localhost/app",
    "mysql://app:12/s3cret@localhost/app",
    "mysql://app:s3cret%more@localhost/app",
    "mysql://app:s3cret%00@localhost/app",
    "mysql://app:s3cret:more@localhost:port/app",
    "mysql://app:s3cret@localhost:99999/app",
    "mysql://app:s3cret@localhost:0/app",
    "mysql://app:s3cret@localhost",
    "mysql://app:s3cret@localhost/",
    "mysql://app:s3cret@localhost/app/more",
    "mysql://app:s3cret@localhost/app?sokcet=/tmp/x",
    "mysql://app:s3cret@localhost/app?socket",
    "mysql://app:s3cret@localhost/app?ssl-mode=sideways",
    "mysql://app:s3cret@localhost/app?charset=latin1",
    "mysql://app:s3cret@localhost/app?connect-timeout=soon",
    "mysql://app:s3cret@localhost/app?defaults-file=/nonexistent",
    "mysql://",
    NULL,
};

/* Each is tried outside a transaction and inside one, and a write after it. */
static const char *const escapes[] = {
    "SET SESSION TRANSACTION READ WRITE",
    "SET SESSION tx_read_only = 0",
    "SET TRANSACTION READ WRITE",
    "START TRANSACTION READ WRITE",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "/* a comment */ -- and\n# another\nCOMMIT",
    "/*! COMMIT */",
    "/*M! INSERT INTO kept VALUES (9, 'escaped') */",
    "COMMIT AND CHAIN",
    "SET autocommit = 1",
    "SAVEPOINT other",
    "RELEASE SAVEPOINT migrate_read_only",
    "ROLLBACK TO SAVEPOINT migrate_read_only",
    "CREATE TABLE IF NOT EXISTS other (id integer)",
    "ANALYZE TABLE kept",
    "FLUSH TABLES",
    "BEGIN NOT ATOMIC COMMIT; INSERT INTO kept VALUES (9, 'escaped'); END",
    "SELECT 1; COMMIT; INSERT INTO kept VALUES (9, 'escaped')",
    NULL,
};

/* Something of everything that a review looks at, and references to what comes later by name. */
static const char *const schema[] = {
    "CREATE TABLE zoo (id integer AUTO_INCREMENT PRIMARY KEY, name varchar(40) COLLATE"
    " utf8mb4_bin NOT NULL DEFAULT 'it''s', e enum('a','b'), n decimal(10,2) UNSIGNED,"
    " doubled decimal(12,2) AS (n * 2) STORED, created timestamp NOT NULL DEFAULT"
    " CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, UNIQUE KEY zoo_name (name),"
    " KEY zoo_prefix (name(5) DESC), FULLTEXT KEY zoo_text (name), CHECK (n > 0))"
    " AUTO_INCREMENT = 7 COMMENT 'of animals'",
    "CREATE TABLE animal (id bigint PRIMARY KEY, zoo_id integer, parent bigint,"
    " CONSTRAINT animal_zoo FOREIGN KEY (zoo_id) REFERENCES zoo (id) ON DELETE CASCADE,"
    " FOREIGN KEY (parent) REFERENCES animal (id)) ROW_FORMAT=DYNAMIC",
    "CREATE TABLE `odd ``name``` (`a column` integer, `select` text)",
    "CREATE TABLE parts (id integer NOT NULL, at date NOT NULL, PRIMARY KEY (id, at))"
    " PARTITION BY RANGE (year(at)) (PARTITION p0 VALUES LESS THAN (2020), PARTITION p1 VALUES"
    " LESS THAN MAXVALUE)",
    "CREATE FUNCTION twice(i integer) RETURNS integer DETERMINISTIC RETURN 2 * i",
    "CREATE VIEW last_one AS SELECT id, twice(id) AS two FROM zoo",
    "CREATE VIEW a_view AS SELECT two FROM last_one",
    "CREATE PROCEDURE work(IN n integer) BEGIN DECLARE i integer DEFAULT 0; WHILE i < n DO"
    " SET i = i + 1; UPDATE zoo SET name = 'x;y' WHERE id = i; END WHILE; END",
    "CREATE TRIGGER zoo_before BEFORE UPDATE ON zoo FOR EACH ROW SET NEW.name = lower(NEW.name)",
    "CREATE TRIGGER zoo_also BEFORE UPDATE ON zoo FOR EACH ROW FOLLOWS zoo_before"
    " SET NEW.e = 'a'",
    "CREATE EVENT cleaning ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DISABLE DO"
    " DELETE FROM animal",
    NULL,
};

static const char *const told[] = {
    "CONSTRAINT `animal_zoo` FOREIGN KEY (`zoo_id`) REFERENCES `zoo` (`id`) ON DELETE CASCADE",
    "STORED",
    "COLLATE utf8mb4_bin",
    "CHECK (`n` > 0)",
    "PARTITION `p1` VALUES LESS THAN MAXVALUE",
    "FUNCTION `twice`",
    "PROCEDURE `work`",
    "VIEW `a_view`",
    "TRIGGER zoo_also",
    "EVENT `cleaning`",
};

static void
assert_value(MigCase *c, const char *sql, const char *expected)
{
    g_autofree char *value = mig_case_value(c, c->first, sql);

    g_test_message("%s", sql);
    g_assert_cmpstr(value, ==, expected);
}

static void
assert_reset(MigCase *c, const char *expected)
{
    g_autofree char *changed = NULL;
    g_autoptr(GError) error = NULL;

    bool done = c->driver->reset(c->first, &changed, &error);
    g_assert_no_error(error);
    g_assert_true(done);
    g_assert_cmpstr(changed, ==, expected);
}

static void
check_long_syntax_error(MigCase *c)
{
    g_autofree char *tail = g_strnfill(300, 'x');
    g_autofree char *sql =
        g_strdup_printf("SELECT 1,\n 'žluť \\' quoted' ,\n 2 FRUM t WHERE %s = 1", tail);
    g_autofree char *cut = g_strdup("SELECT (1");
    g_autoptr(GError) error = mig_case_refused(c, c->first, sql);
    g_autoptr(GError) at_end = mig_case_refused(c, c->first, cut);

    /* The server quotes what comes after the word that it stumbled over, cut at 80 bytes. */
    g_assert_cmpint(mig_error_get_sql(error)->offset, ==, strstr(sql, "t WHERE") - sql);
    g_assert_cmpint(mig_error_get_sql(at_end)->offset, ==, (int64_t)strlen(cut));
}

static void
check_call(MigCase *c)
{
    mig_case_table(c);
    mig_case_run(c, c->first,
                 "CREATE PROCEDURE several() BEGIN SELECT 1; SELECT 2, 3;"
                 " INSERT INTO kept VALUES (2, 'two'); SELECT 4; END");
    mig_case_run(c, c->first, "CALL several()");
    g_autofree char *kept = mig_case_kept(c);
    g_assert_cmpstr(kept, ==, "1,2");
}

static void
check_limits(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(c->driver->limits(c->first, 1001, 1500, &error));
    assert_value(c, "SELECT @@lock_wait_timeout", "2");
    assert_value(c, "SELECT @@innodb_lock_wait_timeout", "2");
    if (c->driver->server(c->first)->engine == MIG_ENGINE_MARIADB)
        assert_value(c, "SELECT @@max_statement_time", "1.500000");
    else
        assert_value(c, "SELECT @@max_execution_time", "1500");
    assert_reset(c, NULL);

    /* In strict mode a value beyond the largest would be an error. */
    g_assert_true(c->driver->limits(c->first, 0, 0, &error));
    assert_value(c, "SELECT @@lock_wait_timeout", "31536000");
    mig_case_run(c, c->first, "SET SESSION lock_wait_timeout = 7");
    assert_reset(c, "lock_wait_timeout");
    assert_value(c, "SELECT @@lock_wait_timeout", "31536000");
}

static void
check_reset(MigCase *c)
{
    g_autofree char *database = mig_case_value(c, c->first, "SELECT DATABASE()");

    mig_case_run(c, c->first, "CREATE TEMPORARY TABLE IF NOT EXISTS one (id integer)");
    mig_case_run(c, c->first, "create /* a */ temporary table `t``wo` (id integer)");
    mig_case_run(c, c->first, "USE information_schema");
    mig_case_run(c, c->first, "SET NAMES latin1");
    mig_case_run(c, c->first, "SET foreign_key_checks = 0, autocommit = 0, time_zone = '+05:00'");
    assert_reset(c, "autocommit, foreign_key_checks, time_zone, character_set_client,"
                    " character_set_results, character_set_connection, collation_connection,"
                    " database, temporary tables");
    assert_value(c, "SELECT DATABASE()", database);
    assert_value(c, "SELECT @@autocommit", "1");
    g_autoptr(GError) one = mig_case_refused(c, c->first, "SELECT * FROM one");
    mig_assert_class(one, MIG_SQL_UNDEFINED_TABLE);
    g_autoptr(GError) two = mig_case_refused(c, c->first, "SELECT * FROM `t``wo`");
    mig_assert_class(two, MIG_SQL_UNDEFINED_TABLE);
    assert_reset(c, NULL);

    mig_case_table(c);
    mig_case_run(c, c->first, "LOCK TABLES kept WRITE");
    assert_reset(c, "LOCK TABLES");
    mig_case_run(c, mig_case_other(c), "INSERT INTO kept VALUES (2, 'two')");
}

static void
check_history_anywhere(MigCase *c)
{
    static const char *const modes[] = {
        "ANSI,NO_BACKSLASH_ESCAPES",
        "ORACLE",
        "MSSQL,HIGH_NOT_PRECEDENCE,IGNORE_SPACE",
        "",
    };
    g_autofree char *database = mig_case_value(c, c->first, "SELECT DATABASE()");
    const char *const save[] = {"1",  "it's \\ \"x\"", "applied", "1", NULL, "1",    NULL,   NULL,
                                NULL, "SELECT '\\';",  NULL,      "5", "me", "here", "0.1.0"};
    const char *const version[] = {"1"};
    const char *const move[] = {"1", "running", "2", "3"};
    const struct {
        MigHistorySql which;
        const char *const *params;
        size_t n_params;
    } calls[] = {
        {MIG_HISTORY_CREATE_TABLE, NULL, 0},  {MIG_HISTORY_CREATE_EVENT_TABLE, NULL, 0},
        {MIG_HISTORY_SAVE, save, 15},         {MIG_HISTORY_MOVE, move, 4},
        {MIG_HISTORY_READ, NULL, 0},          {MIG_HISTORY_READ_SQL, version, 1},
        {MIG_HISTORY_READ_FAILURES, NULL, 0}, {MIG_HISTORY_READ_EVENTS, version, 1},
        {MIG_HISTORY_DELETE, version, 1},
    };

    mig_case_run(c, c->first, "USE information_schema");
    for (size_t i = 0; i < G_N_ELEMENTS(modes); i++) {
        g_autofree char *set = g_strdup_printf("SET SESSION sql_mode = '%s'", modes[i]);
        mig_case_run(c, c->first, set);
        for (size_t k = 0; k < G_N_ELEMENTS(calls); k++) {
            g_autofree char *sql =
                c->driver->history_sql(c->first, calls[k].which, database, "history");
            g_autoptr(GPtrArray) rows =
                mig_case_values(c, c->first, sql, calls[k].params, calls[k].n_params);

            if (calls[k].which == MIG_HISTORY_READ)
                g_assert_true(
                    g_str_has_prefix(g_ptr_array_index(rows, 0), "1|it's \\ \"x\"|running|2|3|1|"));
            if (calls[k].which == MIG_HISTORY_READ_SQL)
                g_assert_cmpstr(g_ptr_array_index(rows, 0), ==, "SELECT '\\';|NULL");
        }
    }
}

static void
check_local_files(MigCase *c)
{
    /* A server, or a migration, must not be able to send our files away. */
    mig_case_table(c);
    g_autoptr(GError) error = mig_case_refused(
        c, c->first, "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE kept (@line)");
    g_assert_nonnull(error);
    mig_case_run(c, c->first, "INSERT INTO kept VALUES (2, 'two')");
}

static void
note_session(const MigBlocker *blocker, gpointer data)
{
    char **session = data;

    g_free(*session);
    *session = g_strdup(blocker->session);
}

typedef struct {
    MigCase *c;
    MigConnection *connection;
    bool done;
} Change;

static gpointer
change_table(gpointer data)
{
    static const char sql[] = "ALTER TABLE kept ADD COLUMN more integer";
    Change *change = data;

    change->done = change->c->driver->exec(change->connection, sql, strlen(sql), NULL);
    return NULL;
}

/* By the plugin of MariaDB's that needs no performance_schema. */
static void
check_plugin(MigCase *c)
{
    static const char install[] = "INSTALL SONAME 'metadata_lock_info'";
    MigConnection *other = mig_case_other(c);
    g_autoptr(GError) error = NULL;
    g_autofree char *holder = c->driver->session(c->first);
    g_autofree char *session = NULL;
    Change change = {.c = c, .connection = mig_case_open(c)};
    g_autofree char *waiter = c->driver->session(change.connection);

    (void)c->driver->exec(other, install, strlen(install), NULL);
    g_autofree char *there = mig_case_value(
        c, other,
        "SELECT COUNT(*) FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'METADATA_LOCK_INFO'");
    if (g_strcmp0(there, "1") == 0) {
        mig_case_table(c);
        g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
        g_autofree char *read = mig_case_value(c, c->first, "SELECT t FROM kept");
        g_assert_nonnull(read);
        GThread *thread = g_thread_new("change", change_table, &change);
        for (unsigned i = 0; i < 100 && session == NULL; i++) {
            g_assert_true(c->driver->blockers(other, waiter, note_session, &session, &error));
            g_usleep(50000);
        }
        g_assert_true(c->driver->rollback(c->first, &error));
        g_thread_join(thread);
        g_assert_true(change.done);
        g_assert_cmpstr(session, ==, holder);
        mig_case_run(c, other, "UNINSTALL SONAME 'metadata_lock_info'");
    } else {
        g_test_skip("there is no plugin metadata_lock_info");
    }
    c->driver->close(change.connection);
}

static const MigPromise own[] = {
    {"a-syntax-error-is-found-by-what-the-server-quotes", check_long_syntax_error, NULL},
    {"all-results-of-a-call-are-read", check_call, NULL},
    {"limits-are-rounded-up-to-the-servers-units", check_limits, NULL},
    {"reset-puts-back-database-variables-and-temporary-tables", check_reset, NULL},
    {"history-works-in-every-sql-mode-and-database", check_history_anywhere, NULL},
    {"files-of-ours-are-not-sent", check_local_files, NULL},
    {"blockers-are-named-by-the-plugin-for-metadata-locks", check_plugin, NULL},
    {NULL, NULL, NULL},
};

int
main(int argc, char **argv)
{
    const MigSubject subject = {
        .name = "mysql",
        .engine = "mysql",
        .module = "migrate-mysql",
        .url_prefix = "",
        .scratch_new = scratch_new,
        .scratch_drop = scratch_drop,
        .text_type = "longtext CHARACTER SET utf8mb4",
        /* Not SLEEP(), which returns a row when it is interrupted. */
        .slow = "SELECT count(*) FROM information_schema.columns a, information_schema.columns b,"
                " information_schema.columns c WHERE a.column_name < b.column_comment",
        .refused = refused,
        .malformed = malformed,
        .escapes = escapes,
        .setting_change = "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
        .setting_probe = "SELECT @@SESSION.sql_mode",
        .setting_name = "sql_mode",
        .connection_id = "SELECT CONNECTION_ID()",
        .kill_format = "KILL %s",
        .schema = schema,
        .told = told,
        .n_told = G_N_ELEMENTS(told),
        .own = own,
    };

    return mig_contract_run(argc, argv, &subject);
}
