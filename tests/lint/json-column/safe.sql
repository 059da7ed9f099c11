-- engine: postgres
-- version: 15

-- case: jsonb
-- migration:
CREATE TABLE t (id bigint PRIMARY KEY, meta jsonb, metas jsonb[]);

-- case: a temporary table
-- migration:
CREATE TEMP TABLE t (meta json);

-- case: json that becomes jsonb
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, meta json);
-- migration:
ALTER TABLE t ALTER COLUMN meta TYPE jsonb;

-- case: MySQL's, which is another type
-- engine: mysql
-- migration:
CREATE TABLE t (id bigint PRIMARY KEY, meta json);
