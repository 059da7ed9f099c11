-- engine: postgres
-- version: 15

-- case: dropped before
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
DROP INDEX CONCURRENTLY IF EXISTS i;
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);

-- case: without IF NOT EXISTS
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
CREATE INDEX CONCURRENTLY i ON t (a);

-- case: an ordinary build leaves nothing
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
CREATE INDEX IF NOT EXISTS i ON t (a);
