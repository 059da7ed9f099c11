-- engine: postgres
-- version: 15

-- case: rows by a condition
-- given:
CREATE TABLE sessions (id bigint PRIMARY KEY, expires_at timestamptz);
-- migration:
DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < now() LIMIT 1000);

-- case: made by this migration
-- migration:
CREATE TABLE staging (id bigint);
TRUNCATE staging;

-- case: temporary
-- migration:
CREATE TEMPORARY TABLE staging (id bigint);
TRUNCATE staging;

-- case: MySQL, made by an earlier migration of the run
-- engine: mysql
-- version: 8.0.36
-- run: one
-- migration: 1_create
CREATE TABLE staging (id bigint);
-- migration: 2_empty
TRUNCATE TABLE staging;
