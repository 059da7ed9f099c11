-- engine: postgres
-- version: 15

-- case: a new column
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE DOMAIN positive_int AS int CHECK (VALUE > 0);
-- migration:
ALTER TABLE t ADD COLUMN qty positive_int DEFAULT 1;

-- case: another type for a column
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, qty int);
CREATE DOMAIN positive_int AS int CHECK (VALUE > 0);
-- migration:
ALTER TABLE t ALTER COLUMN qty TYPE positive_int;

-- case: NOT NULL is a constraint, too
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE DOMAIN label AS text NOT NULL;
-- migration:
ALTER TABLE t ADD COLUMN a label DEFAULT '';
