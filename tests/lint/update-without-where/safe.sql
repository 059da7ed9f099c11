-- engine: postgres
-- version: 15

-- case: a condition
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, active boolean);
-- migration:
UPDATE users SET active = true WHERE active IS NULL;

-- case: a column that this migration has added, which loses nothing
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
ALTER TABLE users ADD COLUMN email_lc text;
UPDATE users SET email_lc = lower(email);

-- case: a table that this migration has made
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, active boolean);
UPDATE users SET active = true;

-- case: small
-- rows: roles = 12
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY, active boolean);
-- migration:
UPDATE roles SET active = true;

-- case: MySQL, those of a join
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, active boolean);
CREATE TABLE seen (user_id bigint PRIMARY KEY);
-- migration:
UPDATE users u JOIN seen s ON s.user_id = u.id SET u.active = true;

-- case: INSERT that updates what is there
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
-- migration:
INSERT INTO roles (id, name) VALUES (1, 'admin') ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name;
