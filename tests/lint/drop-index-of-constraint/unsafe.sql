-- engine: postgres
-- version: 15

-- case: UNIQUE
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
-- migration:
DROP INDEX users_email_key;

-- case: a primary key, CONCURRENTLY
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
-- migration:
DROP INDEX CONCURRENTLY IF EXISTS users_pkey;

-- case: two of them
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
CREATE INDEX i ON users (email);
-- migration:
DROP INDEX i, public.users_pkey;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE t (id bigint PRIMARY KEY, p_id bigint, KEY i (p_id), FOREIGN KEY (p_id) REFERENCES p (id));
-- migration:
DROP INDEX i ON t;
