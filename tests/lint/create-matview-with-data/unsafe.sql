-- engine: postgres
-- version: 15

-- case: a materialized view
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE a ADD COLUMN n int;
CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n FROM b;

-- case: a table, behind an index
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
-- migration:
CREATE INDEX i ON a (id);
CREATE TABLE c AS SELECT id FROM b;
