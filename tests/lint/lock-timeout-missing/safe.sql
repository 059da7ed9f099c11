-- engine: postgres
-- version: 15

-- case: the runner's own
-- given:
CREATE TABLE t (id bigint);
-- migration:
ALTER TABLE t ADD COLUMN n int;

-- case: set in the file
-- lock-timeout: 0
-- given:
CREATE TABLE t (id bigint);
-- migration:
SET LOCAL lock_timeout = '2s';
ALTER TABLE t ADD COLUMN n int;

-- case: by a directive
-- lock-timeout: 0
-- given:
CREATE TABLE t (id bigint);
-- migration:
-- migrate:lock-timeout 2s
ALTER TABLE t ADD COLUMN n int;

-- case: what waits on purpose
-- lock-timeout: 0
-- given:
CREATE TABLE t (id bigint);
-- migration:
CREATE INDEX CONCURRENTLY i ON t (id);

-- case: a table that this migration makes
-- lock-timeout: 0
-- migration:
CREATE TABLE t (id bigint);
ALTER TABLE t ADD COLUMN n int;

-- case: rows are no tables
-- lock-timeout: 0
-- given:
CREATE TABLE t (id bigint);
-- migration:
UPDATE t SET id = 2 WHERE id = 1;

-- case: it is switched off, which timeout-unsuitable tells
-- lock-timeout: 0
-- given:
CREATE TABLE t (id bigint);
-- migration:
SET lock_timeout = 0;
ALTER TABLE t ADD COLUMN n int;

-- case: MySQL
-- engine: mysql
-- version: 8.0
-- lock-timeout: 0
-- given:
CREATE TABLE t (id bigint);
-- migration:
SET SESSION lock_wait_timeout = 2;
ALTER TABLE t ADD COLUMN n int;
