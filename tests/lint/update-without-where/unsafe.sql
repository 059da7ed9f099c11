-- engine: postgres
-- version: 15

-- case: no condition
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, active boolean);
-- migration:
UPDATE users SET active = true;

-- case: an old column beside a new one
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);
-- migration:
ALTER TABLE users ADD COLUMN email_lc text;
UPDATE users SET email_lc = lower(email), name = trim(name);

-- case: FROM without a condition
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, plan text);
CREATE TABLE plans (name text);
-- migration:
UPDATE users SET plan = plans.name FROM plans;

-- case: MySQL, one that is always true
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, active boolean);
-- migration:
UPDATE users SET active = 1 WHERE 1;

-- case: MariaDB, some rows or other
-- engine: mariadb
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, active boolean);
-- migration:
UPDATE users SET active = 1 LIMIT 500;

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE users (id integer PRIMARY KEY, active integer);
-- migration:
UPDATE users SET active = 1;

-- case: a table that nobody knows
-- migration:
DO $$ BEGIN EXECUTE 'CREATE TABLE ' || current_user || '_x (id int)'; END $$;
UPDATE users SET active = true;
