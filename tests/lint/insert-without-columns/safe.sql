-- engine: postgres
-- version: 15

-- case: named
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
-- migration:
INSERT INTO roles (id, name) VALUES (1, 'admin');

-- case: nothing but defaults
-- given:
CREATE TABLE roles (id bigserial PRIMARY KEY, name text);
-- migration:
INSERT INTO roles DEFAULT VALUES;

-- case: a table that this migration has made
-- migration:
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
INSERT INTO roles VALUES (1, 'admin');

-- case: MySQL names them by SET
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
-- migration:
INSERT INTO roles SET id = 1, name = 'admin';
