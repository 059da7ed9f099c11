-- engine: postgres
-- version: 15

-- case: the same once more
-- given:
CREATE TABLE roles (id bigserial PRIMARY KEY, name varchar(20));
CREATE INDEX idx_roles_name ON roles (name);
-- migration:
CREATE TABLE IF NOT EXISTS roles (id bigserial PRIMARY KEY, name varchar(20));
ALTER TABLE roles ADD COLUMN IF NOT EXISTS name varchar(20);
CREATE INDEX IF NOT EXISTS idx_roles_name ON roles (name);

-- case: something else
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY, name varchar(20), code text);
CREATE TABLE rights (id bigint PRIMARY KEY);
CREATE INDEX idx_roles_name ON roles (name);
-- migration:
CREATE TABLE IF NOT EXISTS roles (id bigint PRIMARY KEY, name varchar(50), extra text);
ALTER TABLE roles ADD COLUMN IF NOT EXISTS name text;
CREATE INDEX IF NOT EXISTS idx_roles_name ON roles (code);
CREATE INDEX IF NOT EXISTS idx_roles_name ON rights (id);

-- case: MySQL
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE IF NOT EXISTS roles (id bigint PRIMARY KEY, name text);

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE roles (id integer PRIMARY KEY, name text);
CREATE INDEX idx_roles_name ON roles (name);
-- migration:
CREATE INDEX IF NOT EXISTS idx_roles_name ON roles (id);
