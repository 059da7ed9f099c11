-- engine: postgres
-- version: 15

-- case: another release stopped using it
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration: 7_drop_name
-- Requires: 5
ALTER TABLE users DROP COLUMN name;

-- case: a column that this migration made
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN helper int;
ALTER TABLE users DROP COLUMN helper;

-- case: a column that an earlier migration of the same run made
-- run: one
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration: 1_add
ALTER TABLE users ADD COLUMN helper int;
-- migration: 2_drop
ALTER TABLE users DROP COLUMN helper;

-- case: DOWN takes back what UP did
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
-- ===== UP =====
ALTER TABLE users ADD COLUMN plan text;
-- ===== DOWN =====
ALTER TABLE users DROP COLUMN plan;

-- case: it isn't there
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users DROP COLUMN IF EXISTS name;

-- case: a temporary table
-- migration:
CREATE TEMP TABLE wanted (id int, a int);
ALTER TABLE wanted DROP COLUMN a;
