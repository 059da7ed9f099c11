-- engine: postgres
-- version: 15

-- case: a column comes back empty
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
-- ===== UP =====
ALTER TABLE users DROP COLUMN name;
-- ===== DOWN =====
ALTER TABLE users ADD COLUMN name text;

-- case: a table comes back empty
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY);
-- migration:
-- ===== UP =====
DROP TABLE roles;
-- ===== DOWN =====
CREATE TABLE roles (id bigint PRIMARY KEY);

-- case: what UP has made
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
-- ===== UP =====
CREATE TABLE roles (id bigint PRIMARY KEY);
ALTER TABLE users ADD COLUMN name text;
-- ===== DOWN =====
ALTER TABLE users DROP COLUMN name;
DROP TABLE roles;

-- case: MySQL
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
-- ===== UP =====
ALTER TABLE users DROP COLUMN name;
-- ===== DOWN =====
ALTER TABLE users ADD COLUMN name text AFTER id;
