-- engine: postgres
-- version: 15

-- case: only one of the two
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users DROP COLUMN name;

-- case: the other one
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users ADD COLUMN full_name text;
CREATE TABLE names (id bigint PRIMARY KEY);

-- case: what it takes away is its own
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users ADD COLUMN full_name text;
UPDATE users SET full_name = name;
ALTER TABLE users ALTER COLUMN full_name SET NOT NULL;
CREATE TEMP TABLE helper (id bigint, a int);
ALTER TABLE helper DROP COLUMN a;

-- case: SQLite's way to rebuild a table
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- migration:
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: in DOWN
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
-- ===== UP =====
SELECT 1;
-- ===== DOWN =====
ALTER TABLE users ADD COLUMN a text, DROP COLUMN name;
