-- engine: postgres
-- version: 15

-- case: one trigger, by its name
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users DISABLE TRIGGER touch;

-- case: a table that this migration has made
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY);
ALTER TABLE users DISABLE TRIGGER USER;

-- case: MySQL, modes that are strict
-- engine: mysql
-- version: 8.0.36
-- migration:
SET sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE';
SET sql_mode = DEFAULT;
SET foreign_key_checks = 1;

-- case: SQLite, before a rebuild, which the runner sees to
-- engine: sqlite
-- given:
CREATE TABLE users (id integer PRIMARY KEY);
-- migration:
PRAGMA foreign_keys = OFF;
ALTER TABLE users ADD COLUMN name text;
