-- engine: postgres
-- version: 15

-- case: a table in use
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users RENAME TO accounts;

-- case: DOWN isn't told of
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
-- ===== UP =====
ALTER TABLE users RENAME TO accounts;
-- ===== DOWN =====
ALTER TABLE accounts RENAME TO users;

-- case: MySQL's own statement
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
RENAME TABLE users TO accounts;

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- migration:
ALTER TABLE users RENAME TO accounts;
