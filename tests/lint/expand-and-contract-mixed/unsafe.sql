-- engine: postgres
-- version: 15

-- case: two columns
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text, nick text);
-- migration:
ALTER TABLE users ADD COLUMN full_name text;
ALTER TABLE users DROP COLUMN name;
ALTER TABLE users DROP COLUMN nick;

-- case: in one statement, and the other way round
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users DROP COLUMN name, ADD COLUMN full_name text;

-- case: a table goes, another one comes
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
DROP TABLE users;
CREATE TABLE accounts (id bigint PRIMARY KEY, name text);

-- case: NULL is refused from now on
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users ADD COLUMN plan text;
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
