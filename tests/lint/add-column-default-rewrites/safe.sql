-- engine: postgres
-- version: 10

-- case: the safe way
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN n int;
ALTER TABLE t ALTER COLUMN n SET DEFAULT 0;

-- case: NULL is no value
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN n int DEFAULT NULL;

-- case: 11 stores it in the catalog
-- version: 11
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN n int DEFAULT 0;
