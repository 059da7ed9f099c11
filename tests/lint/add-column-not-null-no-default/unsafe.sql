-- engine: postgres
-- version: 15

-- case: no default
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN plan text NOT NULL;

-- case: DEFAULT NULL is none
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN a int, ADD COLUMN plan text DEFAULT NULL NOT NULL;

-- case: a table that isn't known
-- migration:
ALTER TABLE pg_elsewhere ADD COLUMN plan text NOT NULL;

-- case: a column of a primary key
-- given:
CREATE TABLE users (name text);
-- migration:
ALTER TABLE users ADD COLUMN id bigint PRIMARY KEY;

-- case: an empty table
-- rows: users = 0
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN plan text NOT NULL;

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN plan TEXT NOT NULL;

-- case: in DOWN
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, plan text NOT NULL);
-- migration:
-- ===== UP =====
ALTER TABLE users DROP COLUMN plan;
-- ===== DOWN =====
ALTER TABLE users ADD COLUMN plan text NOT NULL;
