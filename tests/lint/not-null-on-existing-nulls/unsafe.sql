-- engine: postgres
-- version: 15

-- case: nothing has filled it
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL;

-- case: a new column without a default
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a int;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;

-- case: a table that isn't known
-- migration:
ALTER TABLE pg_elsewhere ALTER COLUMN a SET NOT NULL;

-- case: MODIFY
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
ALTER TABLE t MODIFY a int NOT NULL;
