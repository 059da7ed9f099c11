-- engine: postgres
-- version: 15

-- case: filled by an earlier migration
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration: 1_fill
UPDATE t SET a = 0 WHERE a IS NULL;
-- migration: 2_set
ALTER TABLE t ALTER COLUMN a SET NOT NULL;

-- case: filled in this one
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
UPDATE t SET a = 0 WHERE a IS NULL AND id < 1000;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;

-- case: it has no NULL
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int NOT NULL, b int CHECK (b IS NOT NULL));
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL, ALTER COLUMN b SET NOT NULL;

-- case: a new column with a default
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a int DEFAULT 0;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;

-- case: a new table
-- migration:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
ALTER TABLE t ALTER COLUMN a SET NOT NULL;

-- case: MODIFY that leaves it as it is
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int NOT NULL);
-- migration:
ALTER TABLE t MODIFY a bigint NOT NULL;
