-- engine: postgres
-- version: 15

-- case: it keeps its default
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, b int DEFAULT 0);
-- migration:
ALTER TABLE t ADD COLUMN a int DEFAULT 0 NOT NULL;
ALTER TABLE t ALTER COLUMN b SET NOT NULL;

-- case: it may be NULL
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, b int DEFAULT 0);
-- migration:
ALTER TABLE t ADD COLUMN a int;
ALTER TABLE t ALTER COLUMN b DROP DEFAULT;

-- case: a new table
-- migration:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
ALTER TABLE t ALTER COLUMN a SET NOT NULL;

-- case: a CHECK of a column that code has known for long
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;

-- case: it is put back
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int NOT NULL DEFAULT 0);
-- migration:
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;
ALTER TABLE t ALTER COLUMN a SET DEFAULT 1;
