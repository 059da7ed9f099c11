-- engine: postgres
-- version: 15

-- case: there is none
-- migration:
CREATE TABLE IF NOT EXISTS roles (id bigint PRIMARY KEY);
ALTER TABLE roles ADD COLUMN IF NOT EXISTS name text;
CREATE INDEX IF NOT EXISTS idx_roles_name ON roles (name);

-- case: nobody knows whether there is
-- migration:
DO $$ BEGIN EXECUTE 'CREATE TABLE ' || current_user || '_x (id int)'; END $$;
CREATE TABLE IF NOT EXISTS roles (id bigint PRIMARY KEY);

-- case: an extension, which is one thing wherever it is made
-- given:
CREATE EXTENSION hstore;
-- migration:
CREATE EXTENSION IF NOT EXISTS hstore;
