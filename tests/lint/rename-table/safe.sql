-- engine: postgres
-- version: 15

-- case: a view keeps the old name
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users RENAME TO accounts;
CREATE VIEW users AS SELECT * FROM accounts;

-- case: a table that this migration makes
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY);
ALTER TABLE users RENAME TO accounts;

-- case: another table takes its name
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE users_new (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users RENAME TO users_old;
ALTER TABLE users_new RENAME TO users;

-- case: SQLite's way to rebuild a table
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- migration:
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: two swapped in one statement
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE users_new (id bigint PRIMARY KEY);
-- migration:
RENAME TABLE users TO users_old, users_new TO users;
