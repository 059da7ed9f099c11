-- engine: postgres
-- version: 15

-- case: new names
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY);
ALTER TABLE users ADD COLUMN name text;
CREATE INDEX users_name_idx ON users (name);
CREATE TYPE mood AS ENUM ('ok');

-- case: IF NOT EXISTS and OR REPLACE
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE INDEX i ON users (id);
CREATE VIEW v AS SELECT id FROM users;
-- migration:
CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);
ALTER TABLE users ADD COLUMN IF NOT EXISTS id bigint;
CREATE INDEX IF NOT EXISTS i ON users (id);
CREATE OR REPLACE VIEW v AS SELECT id FROM users;
CREATE SCHEMA IF NOT EXISTS public;

-- case: dropped before, and in the same statement
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, a int);
CREATE TABLE old (id bigint);
-- migration:
DROP TABLE old;
CREATE TABLE old (id bigint);
ALTER TABLE users DROP COLUMN a, ADD COLUMN a text;
ALTER TABLE users DROP CONSTRAINT users_pkey, ADD PRIMARY KEY (id, a);

-- case: another schema, and a temporary table
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE SCHEMA app;
CREATE TABLE app.users (id bigint PRIMARY KEY);
CREATE TEMP TABLE users (id bigint);

-- case: a table that isn't known to be there
-- migration:
DO $$ BEGIN EXECUTE 'CREATE TABLE ' || current_user || ' (id int)'; END $$;
ALTER TABLE users ADD COLUMN name text;
CREATE TABLE users (id int);

-- case: a swap
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE users_new (id bigint PRIMARY KEY);
-- migration:
RENAME TABLE users TO users_old, users_new TO users;
ALTER TABLE users CHANGE id id bigint NOT NULL;
