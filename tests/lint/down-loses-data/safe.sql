-- engine: postgres
-- version: 15

-- case: kept under another name
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
-- ===== UP =====
ALTER TABLE users RENAME COLUMN name TO name_unused;
-- ===== DOWN =====
ALTER TABLE users RENAME COLUMN name_unused TO name;

-- case: filled again
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, first text, last text);
-- migration:
-- ===== UP =====
ALTER TABLE users DROP COLUMN last;
-- ===== DOWN =====
ALTER TABLE users ADD COLUMN last text;
UPDATE users SET last = split_part(first, ' ', 2) WHERE last IS NULL;

-- case: computed
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, a int, b int GENERATED ALWAYS AS (a * 2) STORED);
-- migration:
-- ===== UP =====
ALTER TABLE users DROP COLUMN b;
ALTER TABLE users ADD COLUMN c int GENERATED ALWAYS AS (a * 3) STORED;
-- ===== DOWN =====
ALTER TABLE users DROP COLUMN c;
ALTER TABLE users ADD COLUMN b int GENERATED ALWAYS AS (a * 2) STORED;

-- case: a view has no rows
-- migration:
-- ===== UP =====
CREATE VIEW one AS SELECT 1 AS n;
-- ===== DOWN =====
DROP VIEW one;

-- case: it says so
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
-- Rollback: structure only
-- ===== UP =====
ALTER TABLE users DROP COLUMN name;
-- ===== DOWN =====
ALTER TABLE users ADD COLUMN name text;
