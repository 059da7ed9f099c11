-- engine: postgres
-- version: 14.2

-- case: built concurrently
-- given:
CREATE TABLE t (id bigint);
-- migration:
CREATE INDEX CONCURRENTLY i ON t (id);

-- case: a server that says it is 14.0
-- version: 14.0
-- rows: t = 100000
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
REINDEX TABLE CONCURRENTLY t;
