-- engine: postgres
-- version: 15

-- case: a foreign key and a view
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
CREATE VIEW v AS SELECT id FROM users;
-- migration:
DROP TABLE users;

-- case: a view of a view
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE VIEW v AS SELECT name FROM users;
CREATE VIEW w AS SELECT name FROM v;
-- migration:
DROP VIEW v;

-- case: a column
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE VIEW v AS SELECT name FROM users;
-- migration:
ALTER TABLE users ADD COLUMN a int, DROP COLUMN name;

-- case: a type and a trigger's function
-- given:
CREATE TYPE mood AS ENUM ('ok');
CREATE TABLE users (id bigint PRIMARY KEY, mood mood);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER trg BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION f();
-- migration:
DROP TYPE mood;
DROP FUNCTION f();

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, FOREIGN KEY (user_id) REFERENCES users (id));
-- migration:
DROP TABLE users;

-- case: MySQL's views, which aren't looked at
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE VIEW v AS SELECT name FROM users;
-- migration:
ALTER TABLE users DROP COLUMN name;
DROP TABLE users;

-- case: SQLite with foreign keys
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id));
-- migration:
PRAGMA foreign_keys = ON;
DROP TABLE users;
