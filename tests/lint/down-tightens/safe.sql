-- engine: postgres
-- version: 15

-- case: rows are mended first
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL);
-- migration:
-- ===== UP =====
ALTER TABLE users ALTER COLUMN name DROP NOT NULL;
-- ===== DOWN =====
UPDATE users SET name = '' WHERE name IS NULL;
ALTER TABLE users ALTER COLUMN name SET NOT NULL;

-- case: without a look at the rows
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, age int, CONSTRAINT grown CHECK (age > 17));
-- migration:
-- ===== UP =====
ALTER TABLE users DROP CONSTRAINT grown;
-- ===== DOWN =====
ALTER TABLE users ADD CONSTRAINT grown CHECK (age > 17) NOT VALID;

-- case: DOWN is wider than UP
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50));
-- migration:
-- ===== UP =====
ALTER TABLE users ALTER COLUMN name TYPE varchar(20);
-- ===== DOWN =====
ALTER TABLE users ALTER COLUMN name TYPE varchar(50);

-- case: USING says what becomes of values that don't fit
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, age int);
-- migration:
-- ===== UP =====
ALTER TABLE users ALTER COLUMN age TYPE bigint;
-- ===== DOWN =====
ALTER TABLE users ALTER COLUMN age TYPE int USING least(age, 200);

-- case: an index that isn't unique
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE INDEX idx_users_name ON users (name);
-- migration:
-- ===== UP =====
DROP INDEX CONCURRENTLY idx_users_name;
-- ===== DOWN =====
CREATE INDEX CONCURRENTLY idx_users_name ON users (name);

-- case: there is no way back, and it says so
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL);
-- migration:
-- Rollback: irreversible – only right after UP
-- ===== UP =====
ALTER TABLE users ALTER COLUMN name DROP NOT NULL;
-- ===== DOWN =====
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
