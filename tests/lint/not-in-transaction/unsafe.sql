-- engine: postgres
-- version: 15

-- case: in the file's own transaction
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
BEGIN;
VACUUM t;
COMMIT;

-- case: the runner takes it out
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a int;
CREATE DATABASE other;
ALTER SYSTEM SET work_mem = '64MB';

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
BEGIN;
DELETE FROM t;
VACUUM;
COMMIT;
