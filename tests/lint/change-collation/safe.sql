-- engine: postgres
-- version: 15

-- case: no index has the column
-- given:
CREATE TABLE t (name text);
-- migration:
ALTER TABLE t ALTER COLUMN name TYPE text COLLATE "C";

-- case: the collation stays
-- given:
CREATE TABLE t (name varchar(20) COLLATE "C");
CREATE INDEX i ON t (name);
-- migration:
ALTER TABLE t ALTER COLUMN name TYPE varchar(40) COLLATE "C";

-- case: an index with the collation
-- given:
CREATE TABLE t (name text);
-- migration:
CREATE INDEX CONCURRENTLY i ON t (name COLLATE "C");
