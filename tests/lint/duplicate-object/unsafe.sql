-- engine: postgres
-- version: 15

-- case: a table, and a view with its name
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE public.users (id bigint PRIMARY KEY);
CREATE VIEW users AS SELECT 1 AS id;

-- case: a column
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
ALTER TABLE users ADD COLUMN a int, ADD COLUMN email text;
ALTER TABLE users RENAME COLUMN id TO email;

-- case: a column that stands there twice
-- migration:
CREATE TABLE users (id bigint, name text, id int);
INSERT INTO users (id, id) VALUES (1, 2);

-- case: an index
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE INDEX i ON users (email);
-- migration:
CREATE INDEX i ON users (id);

-- case: a second primary key, a constraint
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, n int, CONSTRAINT positive CHECK (n > 0));
-- migration:
ALTER TABLE users ADD PRIMARY KEY (n);
ALTER TABLE users ADD CONSTRAINT positive CHECK (n > 1);

-- case: a type and a schema
-- given:
CREATE TYPE mood AS ENUM ('ok');
-- migration:
CREATE TYPE mood AS ENUM ('ok', 'sad');
CREATE SCHEMA public;

-- case: by another name
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE people (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE people RENAME TO users;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, Email text, KEY i (id));
-- migration:
ALTER TABLE users ADD COLUMN email text;
ALTER TABLE users ADD KEY i (id);

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE INDEX i ON users (email);
-- migration:
CREATE INDEX i ON users (id);
ALTER TABLE users ADD COLUMN email TEXT;
