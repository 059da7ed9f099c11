-- engine: postgres
-- version: 15

-- case: another value
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int DEFAULT 0);
-- migration:
ALTER TABLE t ALTER COLUMN a SET DEFAULT 1;

-- case: another value for each row
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, key uuid);
-- migration:
ALTER TABLE t ALTER COLUMN key SET DEFAULT gen_random_uuid();

-- case: MODIFY
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int DEFAULT 0);
-- migration:
ALTER TABLE t MODIFY a int DEFAULT 1;
