-- engine: postgres
-- version: 15

-- case: the default does it
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN score int DEFAULT 0;

-- case: a transaction of its own
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
BEGIN;
ALTER TABLE users ADD COLUMN score int;
COMMIT;
BEGIN;
UPDATE users SET score = 0 WHERE score IS NULL;
COMMIT;

-- case: made by this migration
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY);
ALTER TABLE users ADD COLUMN score int;
UPDATE users SET score = 0;

-- case: few rows
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE roles ADD COLUMN rank int;
INSERT INTO roles (id, name, rank) VALUES (9, 'guest', 0);
UPDATE roles SET rank = 1 WHERE id = 1;

-- case: a small table
-- rows: roles = 12
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE roles ADD COLUMN rank int;
UPDATE roles SET rank = 1;

-- case: rows first
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, score int);
-- migration:
UPDATE users SET score = 0 WHERE score IS NULL;
ALTER TABLE users ALTER COLUMN score SET DEFAULT 0;
