-- engine: postgres
-- version: 15

-- case: a condition on what is no key
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text, email_lc text);
-- migration:
UPDATE users SET email_lc = lower(email) WHERE email_lc IS NULL;

-- case: a part of the key
-- given:
CREATE TABLE members (team_id bigint, user_id bigint, role text, PRIMARY KEY (team_id, user_id));
-- migration:
DELETE FROM members WHERE team_id = 1;

-- case: the key of another table
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, plan text);
CREATE TABLE plans (id bigint PRIMARY KEY, user_id bigint, name text);
-- migration:
UPDATE users SET plan = plans.name FROM plans WHERE plans.user_id = users.id;

-- case: a new column, all rows
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
-- migrate:no-transaction
ALTER TABLE users ADD COLUMN email_lc text;
-- migrate:no-transaction
UPDATE users SET email_lc = lower(email);

-- case: very many rows
-- rows: users = 5000000
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text, email_lc text);
-- migration:
UPDATE users SET email_lc = lower(email) WHERE email_lc IS NULL;

-- case: very many rows by the configuration
-- set: backfill-rows = 20000
-- rows: users = 50000
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text, email_lc text);
-- migration:
UPDATE users SET email_lc = lower(email) WHERE email_lc IS NULL;

-- case: a copy
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE emails (user_id bigint, email text);
-- migration:
INSERT INTO emails (user_id, email) SELECT id, email FROM users;

-- case: MySQL locks what it reads, also for a new table
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
CREATE TABLE emails (user_id bigint, email text);
INSERT INTO emails (user_id, email) SELECT id, email FROM users;

-- case: a limit that limits little
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text, email_lc text);
-- migration:
UPDATE users SET email_lc = lower(email) WHERE email_lc IS NULL ORDER BY id LIMIT 1000000;

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE users (id integer PRIMARY KEY, email text, email_lc text);
-- migration:
UPDATE users SET email_lc = lower(email) WHERE email_lc IS NULL;

-- case: a table that nobody knows
-- migration:
DO $$ BEGIN EXECUTE 'CREATE TABLE ' || current_user || '_x (id int)'; END $$;
DELETE FROM sessions WHERE expires_at < now();
