-- engine: postgres
-- version: 15

-- case: in order
-- migration: 1_users
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration: 2_orders
-- Requires: 1
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
CREATE VIEW v AS SELECT id FROM orders;

-- case: dropped if it is there, and made
-- migration:
DROP TABLE IF EXISTS users;
CREATE TABLE users (id bigint PRIMARY KEY);

-- case: a program that runs later
-- migration:
CREATE FUNCTION f() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM users); END';
CREATE TABLE users (id bigint PRIMARY KEY);
