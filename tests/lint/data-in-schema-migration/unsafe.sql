-- engine: postgres
-- version: 15

-- case: a new column of one table, rows of another
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users ADD COLUMN role_id bigint;
INSERT INTO roles (id, name) VALUES (1, 'admin');

-- case: MySQL
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
-- migration:
UPDATE roles SET name = 'root' WHERE id = 1;
ALTER TABLE roles ADD COLUMN score int;
