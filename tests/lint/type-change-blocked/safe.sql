-- engine: postgres
-- version: 15

-- case: nothing uses it
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);
CREATE VIEW v AS SELECT id, name FROM users;
-- migration:
ALTER TABLE users ALTER COLUMN email TYPE varchar(320);

-- case: the view is made again
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE VIEW v AS SELECT id, email FROM users;
-- migration:
DROP VIEW v;
ALTER TABLE users ALTER COLUMN email TYPE varchar(320);
CREATE VIEW v AS SELECT id, email FROM users;

-- case: an index and a CHECK are made again by the server
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text CHECK (email <> ''));
CREATE INDEX i ON users (lower(email));
-- migration:
ALTER TABLE users ALTER COLUMN email TYPE varchar(320);
