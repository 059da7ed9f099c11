/* SPDX-License-Identifier: MIT */
/* The MySQL and MariaDB driver keeps every promise. */
#include "drivers/contract.h"
#include "support/server.h"

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
    };

    return mig_contract_run(argc, argv, &subject);
}
