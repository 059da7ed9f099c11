-- engine: postgres
-- version: 15

-- case: behind what it should guard
-- given:
CREATE TABLE t (id bigint);
-- migration:
ALTER TABLE t ADD COLUMN n int;
SET lock_timeout = '2s';

-- case: switched off, and too long
-- given:
CREATE TABLE t (id bigint);
-- migration:
SET LOCAL lock_timeout = 0;
ALTER TABLE t ADD COLUMN n int;
SET LOCAL lock_timeout = '5min';
ALTER TABLE t ADD COLUMN m int;

-- case: what takes long is cut off
-- given:
CREATE TABLE t (id bigint);
-- migration:
SET statement_timeout = '1min';
CREATE INDEX CONCURRENTLY i ON t (id);

-- case: a directive cuts a validation off
-- given:
CREATE TABLE t (id bigint);
ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID;
-- migration:
-- migrate:statement-timeout 10s
ALTER TABLE t VALIDATE CONSTRAINT c;

-- case: local to no transaction
-- given:
CREATE TABLE t (id bigint);
-- migration:
-- Transaction: none
SET LOCAL lock_timeout = '2s';
ALTER TABLE t ADD COLUMN n int;

-- case: MySQL counts in seconds
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE t (id bigint);
-- migration:
SET SESSION lock_wait_timeout = 600;
ALTER TABLE t MODIFY id int;
