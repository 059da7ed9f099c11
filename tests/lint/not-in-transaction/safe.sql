-- engine: postgres
-- version: 15

-- case: alone
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
VACUUM t;

-- case: with a setting of the session
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
SET statement_timeout = 0;
VACUUM t;

-- case: what can be in a transaction
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
BEGIN;
REINDEX TABLE t;
ANALYZE t;
COMMIT;

-- case: SQLite, alone
-- engine: sqlite
-- migration:
VACUUM;
