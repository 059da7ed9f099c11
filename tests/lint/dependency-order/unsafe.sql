-- engine: postgres
-- version: 15

-- case: a foreign key, a view, an index
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
CREATE VIEW v AS SELECT id FROM users;
CREATE INDEX i ON users (id);
CREATE TABLE users (id bigint PRIMARY KEY);

-- case: Requires of what comes later
-- migration: 1_orders
-- Requires: 2
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration: 2_users
CREATE TABLE users (id bigint PRIMARY KEY);
