-- engine: postgres
-- version: 15

-- case: weaker locks
-- given:
CREATE TABLE t (id bigint);
ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID;
-- migration:
ALTER TABLE t VALIDATE CONSTRAINT c;

-- case: what takes long is told by other rules
-- given:
CREATE TABLE t (id int);
-- migration:
ALTER TABLE t ALTER COLUMN id TYPE bigint;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id bigint);
ALTER TABLE t ADD COLUMN n int;
