/* SPDX-License-Identifier: MIT */
/* The PostgreSQL driver keeps every promise. */
#include "drivers/contract.h"
#include "support/server.h"

static char *
scratch_new(const MigDriver *driver, GError **error)
{
    const char *server = mig_server_url("postgres");

    return server != NULL ? mig_server_database_new(driver, server, error) : NULL;
}

static void
scratch_drop(const MigDriver *driver, const char *url)
{
    mig_server_database_drop(driver, mig_server_url("postgres"), url);
}

static const char *const refused[] = {
    "postgres://app:s3cret@127.0.0.1:1/app",
    "postgresql://app:s3cret@/app?host=/nonexistent",
    "postgres://app:s3cret@no-such-host.invalid/app",
    "postgres://app@127.0.0.1:1/app?password=s3cret",
    NULL,
};

static const char *const malformed[] = {
    "postgres:app:s3cret@localhost/app",
    "postgres://app:s3cret@more@localhost/app",
    "postgres://app:s3cret/more@localhost/app",
    "postgres://app:12/s3cret@localhost/app",
    "postgres://app:s3cret%more@localhost/app",
    "postgres://app:s3cret%@localhost/app",
    "postgres://app:s3cret:more",
    "postgres://app:s3cret@localhost:port/app",
    "postgres://app:s3cret@localhost:99999/app",
    "postgres://app:s3cret@localhost/app?no_such_parameter=1",
    "postgres://app:s3cret@localhost/app?sslmode",
    "postgres://app:s3cret@[::1/app",
    "postgres://localhost/app?password=s3cret%zz",
    NULL,
};

/* Each is tried outside a transaction and inside one, and a write after it. */
static const char *const escapes[] = {
    "SET transaction_read_only = off",
    "SET TRANSACTION READ WRITE",
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
    "SET default_transaction_read_only = off",
    "SELECT set_config('transaction_read_only', 'off', false)",
    "SELECT set_config('default_transaction_read_only', 'off', false)",
    "RESET ALL",
    "COMMIT",
    "END",
    "ROLLBACK",
    "/* a comment /* in a comment */ */ -- and\n ; ABORT",
    "COMMIT AND CHAIN",
    "BEGIN READ WRITE",
    "START TRANSACTION READ WRITE",
    "SAVEPOINT other",
    "RELEASE SAVEPOINT migrate_read_only",
    "ROLLBACK TO SAVEPOINT migrate_read_only",
    "PREPARE TRANSACTION 'x'",
    "DO $$ BEGIN PERFORM set_config('default_transaction_read_only', 'off', false); COMMIT;"
    " INSERT INTO kept VALUES (9, 'escaped'); END $$",
    "DO $$ BEGIN SET transaction_read_only = off; INSERT INTO kept VALUES (9, 'escaped'); END $$",
    "WITH w AS (INSERT INTO kept VALUES (9, 'escaped') RETURNING id) SELECT * FROM w",
    "EXPLAIN ANALYZE INSERT INTO kept VALUES (9, 'escaped')",
    "SELECT 1; COMMIT; INSERT INTO kept VALUES (9, 'escaped')",
    NULL,
};

int
main(int argc, char **argv)
{
    const MigSubject subject = {
        .name = "postgres",
        .engine = "postgres",
        .module = "migrate-postgres",
        .url_prefix = "",
        .scratch_new = scratch_new,
        .scratch_drop = scratch_drop,
        .dollar_placeholders = true,
        .failed_state = true,
        .text_type = "text",
        .slow = "SELECT pg_sleep(30)",
        .refused = refused,
        .malformed = malformed,
        .escapes = escapes,
        .setting_change = "SET search_path = ''",
        .setting_probe = "SHOW search_path",
        .setting_name = "search_path",
        .connection_id = "SELECT pg_backend_pid()",
        .kill_format = "SELECT pg_terminate_backend(%s)",
    };

    return mig_contract_run(argc, argv, &subject);
}
