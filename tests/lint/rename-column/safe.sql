-- engine: postgres
-- version: 15

-- case: a new column
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users ADD COLUMN full_name text;

-- case: a view keeps the old names
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users RENAME COLUMN name TO full_name;
ALTER TABLE users RENAME TO users_2;
CREATE VIEW users AS SELECT id, full_name AS name, full_name FROM users_2;

-- case: a generated column keeps the old name
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users RENAME COLUMN name TO full_name;
ALTER TABLE users ADD COLUMN name text GENERATED ALWAYS AS (full_name) STORED;

-- case: a table that this migration makes
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
ALTER TABLE users RENAME COLUMN name TO full_name;

-- case: CHANGE without another name
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));
-- migration:
ALTER TABLE users CHANGE name Name varchar(30);
ALTER TABLE users MODIFY name varchar(40);
