-- engine: postgres
-- version: 14.4

-- case: a server that was mended
-- given:
CREATE TABLE t (id bigint);
-- migration:
CREATE INDEX CONCURRENTLY i ON t (id);

-- case: 14 as it is configured, without a minor version
-- version: 14
-- given:
CREATE TABLE t (id bigint);
-- migration:
CREATE INDEX CONCURRENTLY i ON t (id);

-- case: an index that isn't built concurrently
-- version: 14.2
-- migration:
CREATE TABLE t (id bigint);
CREATE INDEX i ON t (id);
