-- engine: postgres
-- version: 15

-- case: a table that this migration made
-- migration:
CREATE TABLE helper (id bigint PRIMARY KEY);
DROP TABLE helper;

-- case: a temporary one
-- migration:
CREATE TEMP TABLE helper (id bigint PRIMARY KEY);
DROP TABLE helper;

-- case: DOWN takes back what UP did
-- migration:
-- ===== UP =====
CREATE TABLE sessions (id bigint PRIMARY KEY);
-- ===== DOWN =====
DROP TABLE sessions;

-- case: it isn't there
-- migration:
DROP TABLE IF EXISTS sessions;

-- case: empty, and nothing references it
-- rows: sessions = 0
-- given:
CREATE TABLE sessions (id bigint PRIMARY KEY);
-- migration:
DROP TABLE sessions;

-- case: a view takes its place
-- given:
CREATE TABLE sessions (id bigint PRIMARY KEY);
CREATE TABLE visits (id bigint PRIMARY KEY);
-- migration:
DROP TABLE sessions;
CREATE VIEW sessions AS SELECT id FROM visits;

-- case: SQLite's way to rebuild a table
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- migration:
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: the other half of a swap
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE users_new (id bigint PRIMARY KEY);
-- migration:
RENAME TABLE users TO users_old, users_new TO users;
DROP TABLE users_old;
