-- engine: postgres
-- version: 14

-- case: what the target has had for long
-- given:
CREATE TABLE t (id int, a int);
-- migration:
CREATE UNIQUE INDEX i ON t (a) INCLUDE (id);

-- case: the same on the first server that has it
-- version: 15
-- given:
CREATE TABLE t (id int, a int);
-- migration:
CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT;

-- case: where the server's version isn't known the newest counts
-- version: 99
-- given:
CREATE TABLE t (id int, a int);
-- migration:
CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT;

-- case: a foreign key that is validated at once, of a partitioned table
-- given:
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE e (id int, p_id int, at date) PARTITION BY RANGE (at);
-- migration:
ALTER TABLE e ADD CONSTRAINT e_p FOREIGN KEY (p_id) REFERENCES p;

-- case: an index of an ordinary table
-- given:
CREATE TABLE t (id int, a int);
-- migration:
CREATE INDEX CONCURRENTLY i ON t (a);

-- case: SQLite that can drop a column
-- engine: sqlite
-- version: 3.35
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
-- migration:
ALTER TABLE t DROP COLUMN a;
