-- engine: postgres
-- version: 15

-- case: PostgreSQL refuses it
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
UPDATE t SET a = 1, a = 2 WHERE id = 1;

-- case: a new table, too
-- migration:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
INSERT INTO t (id, a, a) VALUES (1, 2, 3);

-- case: MySQL takes the last of them
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
UPDATE t SET a = 1, A = 2 WHERE id = 1;

-- case: SQLite takes one of them
-- engine: sqlite
-- given:
CREATE TABLE t (id integer PRIMARY KEY, a int);
-- migration:
UPDATE t SET a = 1, a = 2 WHERE id = 1;
