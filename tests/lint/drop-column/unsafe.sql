-- engine: postgres
-- version: 15

-- case: a column in use
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users DROP COLUMN name;

-- case: allowed with a reason
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL);
-- migration:
-- migrate:allow drop-column -- not used since release 41
ALTER TABLE users DROP COLUMN name;

-- case: a VIRTUAL column has no data
-- version: 18
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, twice bigint GENERATED ALWAYS AS (id * 2) VIRTUAL);
-- migration:
ALTER TABLE users DROP COLUMN twice;

-- case: a table that isn't known
-- migration:
ALTER TABLE pg_elsewhere DROP COLUMN a;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
ALTER TABLE users ADD COLUMN a int, DROP COLUMN name;

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- migration:
ALTER TABLE users DROP COLUMN name;

-- case: DOWN drops what was there before
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
-- ===== UP =====
ALTER TABLE users ADD COLUMN plan text;
-- ===== DOWN =====
ALTER TABLE users DROP COLUMN name;
