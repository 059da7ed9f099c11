-- engine: postgres
-- version: 15

-- case: nothing hangs on it
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE VIEW v AS SELECT id FROM users;
-- migration:
ALTER TABLE users DROP COLUMN name;
DROP VIEW v;
DROP TABLE users;

-- case: it is dropped along, or with CASCADE
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, parent_id bigint REFERENCES users);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
CREATE TABLE items (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);
-- migration:
DROP TABLE orders CASCADE;
DROP TABLE users, items;

-- case: the foreign key first
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint CONSTRAINT fk REFERENCES users);
-- migration:
ALTER TABLE orders DROP CONSTRAINT fk;
DROP TABLE users;

-- case: checks are off
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, FOREIGN KEY (user_id) REFERENCES users (id));
-- migration:
SET foreign_key_checks = 0;
DROP TABLE users;

-- case: SQLite without foreign keys
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id));
-- migration:
PRAGMA foreign_keys = OFF;
DROP TABLE users;
