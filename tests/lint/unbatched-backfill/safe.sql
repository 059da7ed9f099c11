-- engine: postgres
-- version: 15

-- case: one row by its key
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE, active boolean);
-- migration:
UPDATE users SET active = true WHERE id = 1;
UPDATE users SET active = true WHERE email = 'a@example.org' AND active IS NULL;
DELETE FROM users WHERE id IN (1, 2, 3);
UPDATE users SET active = true WHERE id = 1 OR email = 'b@example.org';

-- case: all columns of a key of two
-- given:
CREATE TABLE members (team_id bigint, user_id bigint, role text, PRIMARY KEY (team_id, user_id));
-- migration:
UPDATE members SET role = 'owner' WHERE team_id = 1 AND user_id = 7;

-- case: a short range of keys
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, active boolean);
-- migration:
UPDATE users SET active = true WHERE id BETWEEN 1 AND 5000;

-- case: a batch
-- given:
CREATE TABLE sessions (id bigint PRIMARY KEY, expires_at timestamptz);
-- migration:
DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < now() LIMIT 1000);

-- case: MySQL's batch
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE sessions (id bigint PRIMARY KEY, expires_at datetime);
-- migration:
DELETE FROM sessions WHERE expires_at < '2020-01-01' ORDER BY id LIMIT 1000;

-- case: a table that this migration has made
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
CREATE TABLE emails (user_id bigint, email text, verified boolean);
INSERT INTO emails (user_id, email) SELECT id, email FROM users;
UPDATE emails SET verified = false WHERE email IS NOT NULL;

-- case: small
-- rows: roles = 12
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY, name text);
-- migration:
UPDATE roles SET name = lower(name) WHERE name <> lower(name);

-- case: rows that come of no table
-- given:
CREATE TABLE days (day date PRIMARY KEY);
-- migration:
INSERT INTO days (day) SELECT d FROM generate_series('2026-01-01'::date, '2026-12-31'::date, '1 day') d;
INSERT INTO days (day) VALUES ('2027-01-01');

-- case: one row that sums up a table
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE counts (n bigint);
-- migration:
INSERT INTO counts (n) SELECT count(*) FROM users;

-- case: a table whose keys nobody knows
-- migration:
DO $$ BEGIN EXECUTE 'CREATE TABLE ' || current_user || '_x (id int)'; END $$;
UPDATE settings SET value = 'on' WHERE name = 'signup';

-- case: every row, which a stronger rule says
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, active boolean);
-- migration:
UPDATE users SET active = true;
