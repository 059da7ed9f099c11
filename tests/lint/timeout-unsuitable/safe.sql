-- engine: postgres
-- version: 15

-- case: short, and before what it guards
-- given:
CREATE TABLE t (id bigint);
-- migration:
SET LOCAL lock_timeout = '2s';
ALTER TABLE t ADD COLUMN n int;

-- case: the head of a dump
-- migration:
SET statement_timeout = 0;
SET lock_timeout = 0;
CREATE TABLE t (id bigint);
ALTER TABLE ONLY t ADD CONSTRAINT t_pkey PRIMARY KEY (id);

-- case: put back behind
-- given:
CREATE TABLE t (id bigint);
-- migration:
SET lock_timeout = '2s';
ALTER TABLE t ADD COLUMN n int;
SET lock_timeout = '5s';

-- case: no limit for what takes long
-- given:
CREATE TABLE t (id bigint);
-- migration:
SET statement_timeout = 0;
CREATE INDEX CONCURRENTLY i ON t (id);

-- case: longer ones are allowed
-- set: max-lock-timeout = 2min
-- given:
CREATE TABLE t (id bigint);
-- migration:
SET LOCAL lock_timeout = '1min';
ALTER TABLE t ADD COLUMN n int;
