-- engine: sqlite
-- version: 3.45.1

-- case: nothing names it
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, d INT, e INT);
CREATE INDEX t_e ON t (e);
-- migration:
ALTER TABLE t DROP COLUMN d;

-- case: what was written with it goes with it
-- given:
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, d INT CHECK (d > 0), pid INT REFERENCES p (id));
-- migration:
ALTER TABLE t DROP COLUMN d;
ALTER TABLE t DROP COLUMN pid;

-- case: the index goes first
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, d INT);
CREATE INDEX t_d ON t (d);
-- migration:
DROP INDEX t_d;
ALTER TABLE t DROP COLUMN d;

-- case: a view of other columns
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, d INT, e INT);
CREATE VIEW v AS SELECT id, e FROM t;
-- migration:
ALTER TABLE t DROP COLUMN d;

-- case: a server that has no DROP COLUMN
-- version: 3.31.1
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, d INT UNIQUE);
-- migration:
ALTER TABLE t DROP COLUMN d;
