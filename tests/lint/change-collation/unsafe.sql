-- engine: postgres
-- version: 15

-- case: an index has the column
-- given:
CREATE TABLE t (name text);
CREATE INDEX i ON t (name);
-- migration:
ALTER TABLE t ALTER COLUMN name TYPE text COLLATE "C";

-- case: the default again
-- given:
CREATE TABLE t (name text COLLATE "C");
CREATE INDEX i ON t (name);
-- migration:
ALTER TABLE t ALTER COLUMN name TYPE text;
