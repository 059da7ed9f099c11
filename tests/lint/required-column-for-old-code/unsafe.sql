-- engine: postgres
-- version: 15

-- case: added with a default that is dropped again
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a int DEFAULT 0 NOT NULL;
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;

-- case: an old column
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int NOT NULL DEFAULT 0);
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
ALTER TABLE t ALTER COLUMN b DROP DEFAULT;

-- case: a CHECK of a column that nobody knows yet
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a int;
ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
ALTER TABLE t MODIFY a int NOT NULL;
ALTER TABLE t ADD COLUMN b int NOT NULL;
