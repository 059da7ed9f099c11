-- engine: postgres
-- version: 15

-- case: the only statement of its file
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
CREATE INDEX CONCURRENTLY i ON t (a);

-- case: beside settings of the session
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
SET maintenance_work_mem = '1GB';
CREATE INDEX CONCURRENTLY i ON t (a);

-- case: the file says that it has no transaction
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
-- Transaction: none
DROP INDEX CONCURRENTLY IF EXISTS i;
CREATE INDEX CONCURRENTLY i ON t (a);

-- case: the statement says so
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
ALTER TABLE t ADD COLUMN b int;
-- migrate:no-transaction
CREATE INDEX CONCURRENTLY i ON t (a);

-- case: a refresh may be in a transaction
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
CREATE MATERIALIZED VIEW v AS SELECT id, a FROM t;
CREATE UNIQUE INDEX v_id ON v (id);
-- migration:
ALTER TABLE t ADD COLUMN b int;
REFRESH MATERIALIZED VIEW CONCURRENTLY v;
