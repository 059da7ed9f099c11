-- engine: postgres
-- version: 15

-- case: a column in use
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users RENAME COLUMN name TO full_name;

-- case: DOWN isn't told of
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
-- ===== UP =====
ALTER TABLE users RENAME name TO full_name;
-- ===== DOWN =====
ALTER TABLE users RENAME full_name TO name;

-- case: CHANGE
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));
-- migration:
ALTER TABLE users CHANGE COLUMN name full_name varchar(20);

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- migration:
ALTER TABLE users RENAME COLUMN name TO full_name;
