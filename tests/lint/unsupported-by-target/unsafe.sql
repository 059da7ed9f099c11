-- engine: postgres
-- version: 14

-- case: NULLS NOT DISTINCT
-- given:
CREATE TABLE t (id int, a int);
-- migration:
CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT;

-- case: MERGE
-- given:
CREATE TABLE t (id int, a int);
CREATE TABLE s (id int, a int);
-- migration:
MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = s.a;

-- case: VIRTUAL generated columns
-- version: 15
-- given:
CREATE TABLE t (id int, a int);
-- migration:
ALTER TABLE t ADD COLUMN b int GENERATED ALWAYS AS (a * 2) VIRTUAL;

-- case: what was taken away
-- version: 15
-- migration:
CREATE TABLE t (id int) WITH OIDS;

-- case: a partitioned table's foreign key that isn't validated
-- version: 15
-- given:
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE e (id int, p_id int, at date) PARTITION BY RANGE (at);
-- migration:
ALTER TABLE e ADD CONSTRAINT e_p FOREIGN KEY (p_id) REFERENCES p NOT VALID;

-- case: an unlogged partitioned table
-- version: 18
-- migration:
CREATE UNLOGGED TABLE e (id int, at date) PARTITION BY RANGE (at);

-- case: MySQL before 8.0
-- engine: mysql
-- version: 5.7
-- given:
CREATE TABLE t (id int, a int);
-- migration:
ALTER TABLE t RENAME COLUMN a TO b;

-- case: SQLite before 3.37
-- engine: sqlite
-- version: 3.31
-- migration:
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT) STRICT;
