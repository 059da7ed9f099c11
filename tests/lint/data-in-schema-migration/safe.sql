-- engine: postgres
-- version: 15

-- case: rows alone
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, score int);
-- migration:
UPDATE users SET score = 0 WHERE score IS NULL;

-- case: a new table and its first rows
-- migration:
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
CREATE INDEX idx_roles_name ON roles (name);
INSERT INTO roles (id, name) VALUES (1, 'admin');

-- case: a new table, and rows of an old one
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, score int);
-- migration:
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
UPDATE users SET score = 0 WHERE id = 1;
