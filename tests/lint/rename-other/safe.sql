-- engine: postgres
-- version: 15

-- case: a new value beside the old one
-- given:
CREATE TYPE status AS ENUM ('open', 'done');
-- migration:
ALTER TYPE status ADD VALUE 'completed' AFTER 'done';

-- case: what this migration makes
-- migration:
CREATE TYPE status AS ENUM ('open', 'done');
ALTER TYPE status RENAME VALUE 'done' TO 'completed';
ALTER TYPE status RENAME TO order_status;
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION f() RENAME TO g;
CREATE VIEW v AS SELECT 1 AS a;
ALTER VIEW v RENAME TO w;
CREATE TABLE users (id bigint CONSTRAINT one PRIMARY KEY);
CREATE INDEX i ON users (id);
ALTER INDEX i RENAME TO idx_users_id;
ALTER TABLE users RENAME CONSTRAINT one TO pk_users;

-- case: a role, which the server's administration names
-- migration:
ALTER ROLE app RENAME TO app_old;
