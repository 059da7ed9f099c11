-- engine: sqlite
-- version: 3.45.1

-- case: an index
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, d INT);
CREATE INDEX t_d ON t (d);
-- migration:
ALTER TABLE t DROP COLUMN d;

-- case: a partial index, a view and a generated column
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, d INT, e INT, g INT AS (d + 1));
CREATE INDEX t_e ON t (e) WHERE d IS NULL;
CREATE VIEW v AS SELECT d FROM t;
-- migration:
ALTER TABLE t DROP COLUMN d;

-- case: UNIQUE
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, d INT UNIQUE);
-- migration:
ALTER TABLE t DROP COLUMN d;

-- case: constraints of the table
-- given:
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, d INT, CHECK (d > 0), FOREIGN KEY (d) REFERENCES p (id));
-- migration:
ALTER TABLE t DROP COLUMN d;

-- case: the primary key, on a table that this migration makes
-- migration:
CREATE TABLE t (id INTEGER PRIMARY KEY, d INT);
ALTER TABLE t DROP COLUMN id;

-- case: a trigger
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, d INT);
CREATE TRIGGER t_u AFTER UPDATE OF d ON t BEGIN SELECT 1; END;
-- migration:
ALTER TABLE t DROP COLUMN d;
