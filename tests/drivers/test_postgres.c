/* SPDX-License-Identifier: MIT */
/* The PostgreSQL driver keeps every promise. */
#include "drivers/contract.h"
#include "drivers/promise.h"
#include "support/server.h"

#include <string.h>

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

/* Something of everything that a review looks at. */
static const char *const schema[] = {
    "CREATE SCHEMA \"Odd name\"",
    "CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy')",
    "CREATE DOMAIN email AS text NOT NULL DEFAULT 'a@b' CHECK (VALUE LIKE '%@%')",
    "CREATE TYPE pair AS (a integer, e email)",
    "CREATE TYPE span AS RANGE (SUBTYPE = double precision)",
    "ALTER DOMAIN email ADD CONSTRAINT email_short CHECK (length(VALUE) < 100) NOT VALID",
    "CREATE SEQUENCE numbers AS smallint",
    "CREATE FUNCTION twice(i integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 2 * i'",
    "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    "CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " name varchar(50) COLLATE \"C\" NOT NULL DEFAULT 'nobody', m mood, e email, p pair, s span,"
    " tags text[], amount numeric(10, 2), n integer DEFAULT nextval('numbers') UNIQUE,"
    " d integer GENERATED ALWAYS AS (n * 2) STORED, created timestamptz DEFAULT now(),"
    " CHECK (amount > 0), EXCLUDE USING btree (name WITH =))",
    "CREATE TABLE serials (id serial PRIMARY KEY, small smallserial)",
    "CREATE UNLOGGED TABLE \"Odd name\".\"a \"\"table\"\"\" (\"a column\" text,"
    " CONSTRAINT \"it's\" CHECK (\"a column\" <> 'x')) WITH (fillfactor = 70)",
    "CREATE TABLE later (id bigint, customer_id bigint, CONSTRAINT later_fk FOREIGN KEY"
    " (customer_id) REFERENCES customer ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED)",
    "ALTER TABLE later ADD CONSTRAINT unchecked CHECK (id > 0) NOT VALID",
    "ALTER TABLE later ADD CONSTRAINT self UNIQUE (id)",
    "ALTER TABLE later ADD CONSTRAINT unchecked_fk FOREIGN KEY (id) REFERENCES later (id)"
    " NOT VALID",
    "CREATE INDEX ON customer (lower(name) DESC NULLS LAST) WHERE amount > 10",
    "CREATE UNIQUE INDEX customer_inc ON customer (id) INCLUDE (name) WITH (fillfactor = 50)",
    "CREATE INDEX customer_tags ON customer USING gin (tags)",
    "CREATE TABLE referring (at date, id bigint)",
    "CREATE TABLE parent (id integer NOT NULL, t text, CHECK (id > 0), CHECK (id < 9) NO INHERIT)",
    "CREATE TABLE child (more text DEFAULT 'x') INHERITS (parent)",
    "CREATE TABLE events (at date NOT NULL, id bigint NOT NULL, customer_id bigint REFERENCES"
    " customer, CHECK (id > 0), PRIMARY KEY (at, id)) PARTITION BY RANGE (at)",
    "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
    "CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')"
    " PARTITION BY LIST (id)",
    "CREATE TABLE events_2_1 PARTITION OF events_2 FOR VALUES IN (1, 2)",
    "CREATE TABLE events_rest PARTITION OF events DEFAULT",
    "ALTER TABLE referring ADD FOREIGN KEY (at, id) REFERENCES events",
    "CREATE INDEX events_customer ON events (customer_id)",
    "ALTER TABLE customer REPLICA IDENTITY USING INDEX customer_pkey",
    "CREATE VIEW first AS SELECT 1 AS id, 'x'::text AS name",
    "CREATE VIEW second AS SELECT id, name FROM customer WHERE amount > 5",
    "CREATE OR REPLACE VIEW first AS SELECT id::integer, name::text COLLATE \"default\" AS name"
    " FROM second",
    "CREATE MATERIALIZED VIEW totals AS SELECT name, count(*) AS n FROM first GROUP BY name",
    "CREATE UNIQUE INDEX totals_name ON totals (name)",
    "CREATE MATERIALIZED VIEW empty AS SELECT 1 AS a WITH NO DATA",
    "CREATE FUNCTION of_table(c customer) RETURNS SETOF later LANGUAGE sql STABLE AS"
    " 'SELECT * FROM later'",
    "CREATE FUNCTION of_view() RETURNS first[] LANGUAGE sql AS 'SELECT NULL::first[]'",
    "CREATE PROCEDURE work() LANGUAGE sql BEGIN ATOMIC UPDATE customer SET name = 'x'; END",
    "CREATE TRIGGER customer_touch BEFORE UPDATE OF name ON customer FOR EACH ROW"
    " WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION touch()",
    "CREATE TRIGGER events_touch AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION touch()",
    "ALTER TABLE customer DISABLE TRIGGER customer_touch",
    "CREATE TABLE typed OF pair",
    "CREATE RULE quiet AS ON DELETE TO later DO INSTEAD NOTHING",
    "ALTER TABLE customer ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY own ON customer AS RESTRICTIVE FOR UPDATE USING (name = current_user)"
    " WITH CHECK (amount > 1)",
    "CREATE PUBLICATION all_of_it FOR TABLE customer, later",
    NULL,
};

static const char *const told[] = {
    "'it''s ok'",
    "CREATE TYPE public.pair AS (a integer, e public.email)",
    "email_short CHECK ((length(VALUE) < 100)) NOT VALID",
    "GENERATED ALWAYS AS IDENTITY",
    "GENERATED ALWAYS AS ((n * 2)) STORED",
    "COLLATE pg_catalog.\"C\"",
    "UNLOGGED TABLE \"Odd name\".\"a \"\"table\"\"\"",
    "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
    "ADD CONSTRAINT unchecked CHECK ((id > 0)) NOT VALID",
    "ADD CONSTRAINT unchecked_fk FOREIGN KEY (id) REFERENCES public.later(id) NOT VALID",
    "EXCLUDE USING btree",
    "lower((name)::text) DESC NULLS LAST",
    "INHERIT public.parent",
    "ALTER TABLE public.typed OF public.pair",
    "DISABLE TRIGGER customer_touch",
    "NO INHERIT",
    "PARTITION BY RANGE (at)",
    "ATTACH PARTITION public.events_rest DEFAULT",
    "REPLICA IDENTITY USING INDEX customer_pkey",
    "WITH NO DATA",
    "RESTRICTIVE FOR UPDATE",
    "ENABLE ROW LEVEL SECURITY",
    "CREATE PUBLICATION all_of_it FOR TABLE public.customer, public.later",
    "CREATE RULE quiet",
    "BEGIN ATOMIC",
};

static void
assert_value(MigCase *c, const char *sql, const char *expected)
{
    g_autofree char *value = mig_case_value(c, c->first, sql);

    g_test_message("%s", sql);
    g_assert_cmpstr(value, ==, expected);
}

static void
check_application(MigCase *c)
{
    assert_value(c, "SHOW application_name", "migrate test");
    assert_value(c, "SHOW client_encoding", "UTF8");
}

static bool
note_booleans(const MigRow *row, gpointer data)
{
    bool *seen = data;

    g_assert_nonnull(row->booleans);
    g_assert_true(row->booleans[0]);
    g_assert_false(row->booleans[1]);
    g_assert_cmpstr(row->values[0], ==, "f");
    *seen = true;
    return true;
}

static void
check_booleans(MigCase *c)
{
    const MigCall call = {.sql = "SELECT false, 1"};
    g_autoptr(GError) error = NULL;
    bool seen = false;

    g_assert_true(c->driver->query(c->first, &call, note_booleans, &seen, &error));
    g_assert_true(seen);
}

static void
set_limits(MigCase *c, int64_t lock_ms, int64_t statement_ms)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(c->driver->limits(c->first, lock_ms, statement_ms, &error));
}

static void
check_limits(MigCase *c)
{
    g_autoptr(GError) error = NULL;

    /* A default of the database's is overridden, by no limit, too. */
    g_autofree char *name = mig_case_value(c, c->first, "SELECT quote_ident(current_database())");
    g_autofree char *sql = g_strdup_printf("ALTER DATABASE %s SET statement_timeout = '77s'", name);
    mig_case_run(c, c->first, sql);
    c->driver->close(c->first);
    c->first = mig_case_open(c);
    assert_value(c, "SHOW statement_timeout", "77s");
    set_limits(c, 0, 0);
    assert_value(c, "SHOW statement_timeout", "0");

    /* They hold in a transaction, after its rollback, and for one that the author begins. */
    set_limits(c, 3000, 60000);
    g_assert_true(c->driver->begin(c->first, MIG_BEGIN_WRITE, &error));
    assert_value(c, "SHOW lock_timeout", "3s");
    set_limits(c, 4000, 60000);
    assert_value(c, "SHOW lock_timeout", "4s");
    g_assert_true(c->driver->rollback(c->first, &error));
    assert_value(c, "SHOW lock_timeout", "4s");
    mig_case_run(c, c->first, "BEGIN");
    set_limits(c, 5000, 60000);
    assert_value(c, "SHOW lock_timeout", "5s");
    mig_case_run(c, c->first, "COMMIT AND CHAIN");
    assert_value(c, "SHOW lock_timeout", "5s");
    mig_case_run(c, c->first, "SAVEPOINT s");
    set_limits(c, 6000, 60000);
    assert_value(c, "SHOW lock_timeout", "6s");
    mig_case_run(c, c->first, "ROLLBACK TO SAVEPOINT s");
    assert_value(c, "SHOW lock_timeout", "6s");
    mig_case_run(c, c->first, "COMMIT");

    /* What a migration says itself stands as long as it runs. */
    mig_case_run(c, c->first, "SET lock_timeout = '9s'");
    assert_value(c, "SHOW lock_timeout", "9s");
    g_assert_true(c->driver->reset(c->first, NULL, &error));
    assert_value(c, "SHOW lock_timeout", "6s");
}

static void
check_reset(MigCase *c)
{
    g_autofree char *changed = NULL;
    g_autoptr(GError) error = NULL;

    mig_case_run(c, c->first, "CREATE ROLE migrate_test_role");
    mig_case_run(c, c->first, "SET session_replication_role = replica");
    mig_case_run(c, c->first, "SET ROLE migrate_test_role");
    mig_case_run(c, c->first, "SET TimeZone = 'Asia/Tokyo'");
    bool done = c->driver->reset(c->first, &changed, &error);
    mig_case_run(c, c->first, "DROP ROLE migrate_test_role");
    g_assert_true(done);
    g_assert_cmpstr(changed, ==, "role, session_replication_role, TimeZone");
    assert_value(c, "SELECT current_user = session_user", "t");
}

static void
check_server_errors(MigCase *c)
{
    const struct {
        const char *sql;
        MigSqlClass class;
        int64_t offset;
    } cases[] = {
        {"SELECT 'žluť', nothing", MIG_SQL_OTHER, 17},
        {"SET ROLE migrate_no_such_role", MIG_SQL_OTHER, -1},
        {"CREATE TABLE no_such_schema.t (i int)", MIG_SQL_UNDEFINED_TABLE, 13},
        {"CREATE SCHEMA public", MIG_SQL_DUPLICATE_OBJECT, -1},
        {"BEGIN; VACUUM", MIG_SQL_IN_TRANSACTION, -1},
        {"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$", MIG_SQL_SERIALIZATION,
         -1},
        {"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '53100'; END $$", MIG_SQL_DISK_FULL, -1},
        {"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '42501'; END $$", MIG_SQL_PRIVILEGE, -1},
        {"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$", MIG_SQL_DEADLOCK, -1},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = mig_case_refused(c, c->first, cases[i].sql);
        g_autoptr(GError) failure = NULL;

        g_test_message("%s: %s", cases[i].sql, error->message);
        mig_assert_class(error, cases[i].class);
        g_assert_cmpint(mig_error_get_sql(error)->offset, ==, cases[i].offset);
        g_assert_true(c->driver->rollback(c->first, &failure));
    }
}

static void
check_long_names(MigCase *c)
{
    /* The server cuts names at 63 bytes, where "_event" would be lost. */
    g_autofree char *table = g_strnfill(80, 'h');
    g_autofree char *made =
        c->driver->history_sql(c->first, MIG_HISTORY_CREATE_TABLE, "public", table);
    g_autofree char *event =
        c->driver->history_sql(c->first, MIG_HISTORY_CREATE_EVENT_TABLE, "public", table);

    mig_case_run(c, c->first, made);
    mig_case_run(c, c->first, event);
    assert_value(c, "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'hhh%'",
                 "2");
}

/* Or a runner that was killed would keep its lock until its statement ends. */
static void
check_presence(MigCase *c)
{
    g_autoptr(GError) error = NULL;
    bool taken = false;

    if (c->driver->server(c->first)->version < 140000)
        return;
    assert_value(c, "SHOW client_connection_check_interval", "0");
    g_assert_true(c->driver->try_lock(c->first, "a", &taken, NULL, &error));
    assert_value(c, "SHOW client_connection_check_interval", "2s");
    g_autofree char *changed = NULL;
    g_assert_true(c->driver->reset(c->first, &changed, &error));
    g_assert_no_error(error);
    g_assert_null(changed);
    assert_value(c, "SHOW client_connection_check_interval", "2s");
}

static void
ignore_sql(G_GNUC_UNUSED const char *sql, G_GNUC_UNUSED gpointer data)
{
}

static void
ignore_size(G_GNUC_UNUSED const MigSize *size, gpointer data)
{
    unsigned *n = data;

    (*n)++;
}

/* Expressions and views make it wait for a table that another session has for itself, but not for
 * ever. */
static void
check_schema_waits_no_longer(MigCase *c)
{
    MigConnection *other = mig_case_other(c);
    g_autoptr(GError) error = NULL;
    unsigned sizes = 0;

    mig_case_table(c);
    g_assert_true(c->driver->limits(c->first, 300, 0, &error));
    mig_case_run(c, other, "BEGIN; LOCK TABLE kept IN ACCESS EXCLUSIVE MODE");
    int64_t begun = g_get_monotonic_time();
    g_assert_true(c->driver->schema(c->first, ignore_sql, NULL, &error));
    g_assert_true(c->driver->sizes(c->first, ignore_size, &sizes, &error));
    g_assert_cmpuint(sizes, ==, 1);
    g_assert_cmpint(g_get_monotonic_time() - begun, <, 300000);
    mig_case_run(c, other, "ROLLBACK");

    mig_case_run(c, c->first, "CREATE VIEW reader AS SELECT * FROM kept");
    mig_case_run(c, other, "BEGIN; LOCK TABLE kept IN ACCESS EXCLUSIVE MODE");
    begun = g_get_monotonic_time();
    g_assert_false(c->driver->schema(c->first, ignore_sql, NULL, &error));
    mig_assert_class(error, MIG_SQL_LOCK_TIMEOUT);
    g_assert_cmpint(g_get_monotonic_time() - begun, <, 10 * G_USEC_PER_SEC);
    g_assert_cmpint(c->driver->transaction(c->first), ==, MIG_TXN_NONE);
    mig_case_run(c, other, "ROLLBACK");
    assert_value(c, "SELECT 1", "1");
}

static const MigPromise own[] = {
    {"the-server-knows-who-we-are", check_application, NULL},
    {"boolean-columns-are-told-from-others", check_booleans, NULL},
    {"limits-stand-above-defaults-and-outlast-rollbacks", check_limits, NULL},
    {"reset-names-role-and-settings", check_reset, NULL},
    {"sqlstates-become-classes-and-characters-bytes", check_server_errors, NULL},
    {"long-names-of-history-tables-don-t-collide", check_long_names, NULL},
    {"server-looks-whether-a-runner-with-the-lock-is-there", check_presence, NULL},
    {"schema-waits-no-longer-than-the-limits", check_schema_waits_no_longer, NULL},
    {NULL, NULL, NULL},
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
        .schema = schema,
        .told = told,
        .n_told = G_N_ELEMENTS(told),
        .own = own,
    };

    return mig_contract_run(argc, argv, &subject);
}
