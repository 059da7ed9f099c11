-- engine: postgres
-- version: 15

-- case: a directive
-- given:
CREATE TABLE t (id int);
-- migration:
-- migrate:statement-timeout 10min
ALTER TABLE t ALTER COLUMN id TYPE bigint;

-- case: a setting
-- given:
CREATE TABLE t (id int);
-- migration:
SET LOCAL statement_timeout = '10min';
ALTER TABLE t ALTER COLUMN id TYPE bigint;

-- case: nothing but the catalog is changed
-- given:
CREATE TABLE t (id int);
-- migration:
ALTER TABLE t ADD COLUMN n int;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id int);
ALTER TABLE t ALTER COLUMN id TYPE bigint;
