-- engine: sqlite
-- version: 3.45.1

-- case: a type
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);
CREATE INDEX t_a ON t (a);
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE text;

-- case: constraints
-- given:
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD CONSTRAINT t_a UNIQUE (a);
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (id);

-- case: several actions
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a INT, ADD COLUMN b INT;

-- case: IF NOT EXISTS
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN IF NOT EXISTS a INT;

-- case: before 3.53
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL;

-- case: before 3.35
-- version: 3.31.1
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t DROP COLUMN a;

-- case: a table that nobody knows
-- migration:
ALTER TABLE t ALTER COLUMN a SET DEFAULT 5;
