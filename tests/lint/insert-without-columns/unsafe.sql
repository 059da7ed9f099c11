-- engine: postgres
-- version: 15

-- case: values
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
-- migration:
INSERT INTO roles VALUES (1, 'admin');

-- case: a query
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
CREATE TABLE old_roles (id bigint PRIMARY KEY, name text);
-- migration:
INSERT INTO roles SELECT * FROM old_roles WHERE id = 1;

-- case: MySQL
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
-- migration:
REPLACE INTO roles VALUES (1, 'admin');

-- case: a table that nobody knows
-- migration:
DO $$ BEGIN EXECUTE 'CREATE TABLE ' || current_user || '_x (id int)'; END $$;
INSERT INTO roles VALUES (1, 'admin');
