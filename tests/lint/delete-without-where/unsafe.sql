-- engine: postgres
-- version: 15

-- case: no condition
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
DELETE FROM orders;

-- case: one that is always true
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
-- migration:
DELETE FROM orders WHERE total > 5 OR true;

-- case: one that compares a number with itself
-- engine: sqlite
-- given:
CREATE TABLE orders (id integer PRIMARY KEY);
-- migration:
DELETE FROM orders WHERE 1 = 1;

-- case: in WITH
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE archive (id bigint PRIMARY KEY);
-- migration:
WITH gone AS (DELETE FROM orders RETURNING id) INSERT INTO archive (id) SELECT id FROM gone;

-- case: in a DO block
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
DO $$ BEGIN DELETE FROM orders; END $$;

-- case: MySQL, some rows or other
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
DELETE FROM orders LIMIT 100;

-- case: DOWN
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY);
-- migration:
-- ===== UP =====
INSERT INTO roles (id) VALUES (1);
-- ===== DOWN =====
DELETE FROM roles;

-- case: a table that nobody knows
-- migration:
DO $$ BEGIN EXECUTE 'CREATE TABLE ' || current_user || '_x (id int)'; END $$;
DELETE FROM orders;
