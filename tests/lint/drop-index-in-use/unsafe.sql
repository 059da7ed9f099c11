-- engine: postgres
-- version: 15

-- case: the only one
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a, b) WHERE b > 0;
-- migration:
DROP INDEX CONCURRENTLY i;

-- case: of a foreign key
-- given:
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE t (id bigint PRIMARY KEY, p_id bigint CONSTRAINT fk REFERENCES p);
CREATE INDEX i ON t (p_id);
-- migration:
DROP INDEX i;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, KEY i (a));
-- migration:
DROP INDEX i ON t;
