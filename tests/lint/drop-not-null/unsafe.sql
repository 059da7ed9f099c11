-- engine: postgres
-- version: 15

-- case: a column in use
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int NOT NULL);
-- migration:
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;

-- case: a table that isn't known
-- migration:
ALTER TABLE pg_elsewhere ALTER COLUMN a DROP NOT NULL;

-- case: MODIFY without NOT NULL
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int NOT NULL);
-- migration:
ALTER TABLE t MODIFY a int;

-- case: SQLite
-- engine: sqlite
-- version: 3.53
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT NOT NULL);
-- migration:
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;
