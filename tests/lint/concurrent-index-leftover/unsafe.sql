-- engine: postgres
-- version: 15

-- case: what is left of a failed build is taken for the index
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);

-- case: another one is dropped
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
CREATE SCHEMA app;
CREATE TABLE app.u (id bigint PRIMARY KEY, a int);
-- migration:
DROP INDEX CONCURRENTLY IF EXISTS j;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON app.u (a);
