-- engine: postgres
-- version: 15

-- case: a table, a column, all rows and some
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE TABLE roles (id bigint PRIMARY KEY);
CREATE TABLE visits (id bigint PRIMARY KEY);
-- migration:
DROP TABLE roles;
ALTER TABLE users DROP COLUMN name;
TRUNCATE visits;
DELETE FROM users WHERE id = 7;

-- case: a value of an enum
-- given:
CREATE TYPE mood AS ENUM ('sad', 'ok');
-- migration:
ALTER TYPE mood ADD VALUE 'happy';

-- case: a backup is asked for
-- set: require-backup = true
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users DROP COLUMN name;

-- case: MySQL
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users DROP COLUMN name;
