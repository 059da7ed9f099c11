-- engine: sqlite
-- version: 3.45.1

-- case: what SQLite has
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT);
-- migration:
ALTER TABLE t ADD COLUMN c INT;
ALTER TABLE t RENAME COLUMN a TO d;
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t RENAME TO u;

-- case: what 3.53 has
-- version: 3.53.0
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
ALTER TABLE t ADD CONSTRAINT t_a CHECK (a > 0);

-- case: another statement that the server is too old for
-- version: 3.30.0
-- migration:
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT AS (id + 1));
