-- engine: postgres
-- version: 15

-- case: in a migration of its own
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
-- migration: 1_a
ALTER TABLE a ADD COLUMN n int;
-- migration: 2_v
CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n FROM a;

-- case: without data
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE a ADD COLUMN n int;
CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n FROM a WITH NO DATA;

-- case: only tables that this migration makes
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY);
ALTER TABLE a ADD COLUMN n int;
CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n FROM a;
