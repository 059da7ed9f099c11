-- engine: postgres
-- version: 15

-- case: whoever executes it
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users OWNER TO CURRENT_USER;

-- case: a schema is a part of the database
-- given:
CREATE SCHEMA app;
CREATE TABLE app.users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE app.users ADD COLUMN name text;

-- case: MySQL, the database that was connected to
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN name text;
