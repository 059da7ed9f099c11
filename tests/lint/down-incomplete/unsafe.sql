-- engine: postgres
-- version: 15

-- case: an index stays
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
-- ===== UP =====
ALTER TABLE users ADD COLUMN score int;
CREATE INDEX idx_users_name ON users (name);
-- ===== DOWN =====
ALTER TABLE users DROP COLUMN score;

-- case: a default isn't put back, and a column is another
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, score int NOT NULL DEFAULT 0, age smallint);
-- migration:
-- ===== UP =====
ALTER TABLE users ALTER COLUMN score DROP DEFAULT, ALTER COLUMN score DROP NOT NULL;
ALTER TABLE users ALTER COLUMN age TYPE integer;
-- ===== DOWN =====
ALTER TABLE users ALTER COLUMN score SET NOT NULL;

-- case: a constraint comes back without a look at the rows
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, age int CONSTRAINT grown CHECK (age > 17));
-- migration:
-- ===== UP =====
ALTER TABLE users DROP CONSTRAINT grown;
-- ===== DOWN =====
ALTER TABLE users ADD CONSTRAINT grown CHECK (age > 17) NOT VALID;

-- case: an index is lost with its column
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE INDEX idx_users_name ON users (name);
-- migration:
-- ===== UP =====
ALTER TABLE users DROP COLUMN name;
-- ===== DOWN =====
ALTER TABLE users ADD COLUMN name text;

-- case: a type stays, and a table isn't dropped
-- migration:
-- ===== UP =====
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE feelings (id bigint PRIMARY KEY, feeling mood);
CREATE TABLE roles (id bigint PRIMARY KEY);
-- ===== DOWN =====
DROP TABLE roles;

-- case: very much of it
-- migration:
-- ===== UP =====
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE TABLE c (id bigint PRIMARY KEY);
CREATE TABLE d (id bigint PRIMARY KEY);
CREATE TABLE e (id bigint PRIMARY KEY);
CREATE TABLE f (id bigint PRIMARY KEY);
CREATE TABLE g (id bigint PRIMARY KEY);
CREATE TABLE h (id bigint PRIMARY KEY);
-- ===== DOWN =====
DROP TABLE a;

-- case: MySQL
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));
-- migration:
-- ===== UP =====
ALTER TABLE users MODIFY COLUMN name varchar(50) NOT NULL, ADD INDEX idx_name (name);
-- ===== DOWN =====
ALTER TABLE users MODIFY COLUMN name varchar(20) NOT NULL, DROP INDEX idx_name;
