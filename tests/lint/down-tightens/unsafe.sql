-- engine: postgres
-- version: 15

-- case: NOT NULL
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL);
-- migration:
-- ===== UP =====
ALTER TABLE users ALTER COLUMN name DROP NOT NULL;
-- ===== DOWN =====
ALTER TABLE users ALTER COLUMN name SET NOT NULL;

-- case: constraints, by name and by columns
-- given:
CREATE TABLE teams (id bigint PRIMARY KEY);
CREATE TABLE users (id bigint PRIMARY KEY, team_id bigint REFERENCES teams, name text UNIQUE, age int CONSTRAINT grown CHECK (age > 17));
-- migration:
-- ===== UP =====
ALTER TABLE users DROP CONSTRAINT grown, DROP CONSTRAINT users_name_key, DROP CONSTRAINT users_team_id_fkey;
-- ===== DOWN =====
ALTER TABLE users ADD CONSTRAINT grown CHECK (age > 17);
ALTER TABLE users ADD UNIQUE (name);
ALTER TABLE users ADD FOREIGN KEY (team_id) REFERENCES teams;

-- case: a unique index
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE UNIQUE INDEX idx_users_name ON users (name);
-- migration:
-- ===== UP =====
DROP INDEX CONCURRENTLY idx_users_name;
-- ===== DOWN =====
CREATE UNIQUE INDEX CONCURRENTLY idx_users_name ON users (name);

-- case: types
-- given:
CREATE TABLE users (id int PRIMARY KEY, name varchar(20), code varchar(8), price numeric(8, 2));
-- migration:
-- ===== UP =====
ALTER TABLE users ALTER COLUMN id TYPE bigint, ALTER COLUMN name TYPE text, ALTER COLUMN code TYPE varchar(16), ALTER COLUMN price TYPE numeric(12, 2);
-- ===== DOWN =====
ALTER TABLE users ALTER COLUMN id TYPE int, ALTER COLUMN name TYPE varchar(20), ALTER COLUMN code TYPE varchar(8), ALTER COLUMN price TYPE numeric(8, 2);

-- case: MySQL
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE users (id int PRIMARY KEY, name varchar(20) NOT NULL, mood enum('sad', 'ok'));
-- migration:
-- ===== UP =====
ALTER TABLE users MODIFY name varchar(20), MODIFY mood enum('sad', 'ok', 'happy');
-- ===== DOWN =====
ALTER TABLE users MODIFY name varchar(20) NOT NULL, MODIFY mood enum('sad', 'ok');
