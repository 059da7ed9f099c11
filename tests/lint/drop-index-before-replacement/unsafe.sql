-- engine: postgres
-- version: 15

-- case: CONCURRENTLY
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int);
CREATE INDEX i ON t (a);
-- migration:
DROP INDEX i;
CREATE INDEX CONCURRENTLY i2 ON t (a, b);

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, KEY i (a));
-- migration:
ALTER TABLE t DROP INDEX i;
ALTER TABLE t ADD INDEX i (a, b);
