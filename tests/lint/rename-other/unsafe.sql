-- engine: postgres
-- version: 15

-- case: an enum's value
-- given:
CREATE TYPE status AS ENUM ('open', 'done');
-- migration:
ALTER TYPE status RENAME VALUE 'done' TO 'completed';

-- case: a type, a schema, a function, a view, a sequence
-- given:
CREATE SCHEMA shop;
CREATE TYPE status AS ENUM ('open', 'done');
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE VIEW v AS SELECT 1 AS a;
CREATE SEQUENCE s;
-- migration:
ALTER TYPE status RENAME TO order_status;
ALTER SCHEMA shop RENAME TO store;
ALTER FUNCTION f() RENAME TO g;
ALTER VIEW v RENAME TO w;
ALTER SEQUENCE s RENAME TO t;

-- case: into another schema
-- given:
CREATE SCHEMA shop;
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TYPE status AS ENUM ('open', 'done');
-- migration:
ALTER TABLE users SET SCHEMA shop;
ALTER TYPE status SET SCHEMA shop;

-- case: a constraint and an index
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT one UNIQUE);
CREATE INDEX i ON users (email);
-- migration:
ALTER TABLE users RENAME CONSTRAINT one TO uq_users_email;
ALTER INDEX i RENAME TO idx_users_email;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email varchar(20), KEY i (email));
-- migration:
ALTER TABLE users RENAME INDEX i TO idx_users_email;
