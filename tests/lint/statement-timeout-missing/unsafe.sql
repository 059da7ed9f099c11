-- engine: postgres
-- version: 15

-- case: a rewrite
-- given:
CREATE TABLE t (id int);
-- migration:
ALTER TABLE t ALTER COLUMN id TYPE bigint;

-- case: a scan, with the limit switched off
-- given:
CREATE TABLE t (id int);
-- migration:
SET statement_timeout = 0;
ALTER TABLE t ALTER COLUMN id SET NOT NULL;
