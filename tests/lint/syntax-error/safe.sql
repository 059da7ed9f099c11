-- engine: postgres
-- version: 15

-- case: plain SQL
-- given:
CREATE TABLE t (id int);
-- migration:
ALTER TABLE t ADD COLUMN a int;

-- case: psql's own commands, which have a rule of their own
-- migration:
\set ON_ERROR_STOP on
SELECT 1;

-- case: SQL that only a newer server reads
-- given:
CREATE TABLE t (id int, a int);
-- migration:
ALTER TABLE t ALTER COLUMN a SET EXPRESSION AS (id * 2);

-- case: MySQL
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE t (id int);
-- migration:
ALTER TABLE t ADD COLUMN a int AFTER id, ALGORITHM=INSTANT;

-- case: SQLite
-- engine: sqlite
-- migration:
CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT;
