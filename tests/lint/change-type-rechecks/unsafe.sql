-- engine: postgres
-- version: 15

-- case: a CHECK names the column
-- given:
CREATE TABLE t (name varchar(20) CONSTRAINT c CHECK (length(name) > 0));
-- migration:
ALTER TABLE t ALTER COLUMN name TYPE text;

-- case: an index on an expression
-- given:
CREATE TABLE t (name varchar(20));
CREATE INDEX i ON t (lower(name));
-- migration:
ALTER TABLE t ALTER COLUMN name TYPE varchar(40);
