-- engine: postgres
-- version: 15

-- case: everything is taken back
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, score integer NOT NULL DEFAULT 0);
-- migration:
-- ===== UP =====
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE roles (id bigserial PRIMARY KEY, name text UNIQUE);
ALTER TABLE users ADD COLUMN feeling mood, ALTER COLUMN score DROP DEFAULT;
CREATE INDEX idx_users_feeling ON users (feeling);
CREATE VIEW names AS SELECT name FROM roles;
-- ===== DOWN =====
DROP VIEW names;
ALTER TABLE users DROP COLUMN feeling, ALTER COLUMN score SET DEFAULT 0;
DROP TABLE roles;
DROP TYPE mood;

-- case: a column comes back at another place
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text, email text);
-- migration:
-- ===== UP =====
ALTER TABLE users DROP COLUMN name;
-- ===== DOWN =====
ALTER TABLE users ADD COLUMN name text;

-- case: there is no way back for all of it
-- migration:
-- Rollback: irreversible – values of enums stay
-- ===== UP =====
CREATE TABLE roles (id bigint PRIMARY KEY);
CREATE TABLE rights (id bigint PRIMARY KEY);
-- ===== DOWN =====
DROP TABLE rights;

-- case: what can't be read may have done the rest
-- migration:
-- ===== UP =====
CREATE TABLE roles (id bigint PRIMARY KEY);
-- ===== DOWN =====
DO $$ BEGIN EXECUTE 'DROP TABLE ' || quote_ident('roles'); END $$;

-- case: a table that nobody knows
-- given:
DO $$ BEGIN EXECUTE 'CREATE TABLE ' || quote_ident('users') || ' (id int)'; END $$;
-- migration:
-- ===== UP =====
DROP TABLE users;
-- ===== DOWN =====
CREATE TABLE users (id bigint PRIMARY KEY);

-- case: SQLite builds a table anew, there and back
-- engine: sqlite
-- given:
CREATE TABLE users (id integer PRIMARY KEY, name text);
-- migration:
-- ===== UP =====
CREATE TABLE users_new (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO users_new (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
-- ===== DOWN =====
CREATE TABLE users_old (id integer PRIMARY KEY, name text);
INSERT INTO users_old (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE users_old RENAME TO users;
