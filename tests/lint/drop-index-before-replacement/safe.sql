-- engine: postgres
-- version: 15

-- case: the other order
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int);
CREATE INDEX i ON t (a);
-- migration:
CREATE INDEX CONCURRENTLY i2 ON t (a, b);
DROP INDEX CONCURRENTLY i;

-- case: another column's
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int);
CREATE INDEX i ON t (a);
-- migration:
DROP INDEX CONCURRENTLY i;
CREATE INDEX CONCURRENTLY i2 ON t (b, a);

-- case: in one transaction
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int);
CREATE INDEX i ON t (a);
-- migration:
DROP INDEX i;
CREATE INDEX i ON t (a, b);

-- case: in one statement
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, KEY i (a));
-- migration:
ALTER TABLE t DROP INDEX i, ADD INDEX i (a, b);
