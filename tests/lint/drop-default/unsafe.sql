-- engine: postgres
-- version: 15

-- case: a nullable column
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int DEFAULT 0);
-- migration:
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;

-- case: DEFAULT NULL is none
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int DEFAULT 0);
-- migration:
ALTER TABLE t ALTER COLUMN a SET DEFAULT NULL;

-- case: MODIFY that leaves it out
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int DEFAULT 0, b int DEFAULT 0);
-- migration:
ALTER TABLE t MODIFY a int, ALTER b DROP DEFAULT;
