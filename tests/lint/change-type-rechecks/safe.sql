-- engine: postgres
-- version: 15

-- case: no CHECK names the column
-- given:
CREATE TABLE t (name varchar(20), n int CHECK (n > 0));
-- migration:
ALTER TABLE t ALTER COLUMN name TYPE text;

-- case: the CHECK goes first
-- given:
CREATE TABLE t (name varchar(20) CONSTRAINT c CHECK (length(name) > 0));
-- migration: 1_drop
ALTER TABLE t DROP CONSTRAINT c;
ALTER TABLE t ALTER COLUMN name TYPE text;
ALTER TABLE t ADD CONSTRAINT c CHECK (length(name) > 0) NOT VALID;
-- migration: 2_validate
ALTER TABLE t VALIDATE CONSTRAINT c;

-- case: what rewrites the table is said by change-column-type
-- given:
CREATE TABLE t (n int CHECK (n > 0));
-- migration:
ALTER TABLE t ALTER COLUMN n TYPE bigint;
