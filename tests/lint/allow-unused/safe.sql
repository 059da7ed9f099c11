-- engine: postgres
-- version: 15

-- case: used
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
-- migrate:allow delete-without-where -- the shop has closed
DELETE FROM orders;

-- case: used by one statement of the file
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
-- migrate:allow delete-without-where -- the shop has closed
-- ===== UP =====
SELECT 1;
DELETE FROM orders;

-- case: used by DOWN alone
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
-- migrate:allow delete-without-where -- the shop has closed
-- ===== UP =====
SELECT 1;
-- ===== DOWN =====
DELETE FROM orders;

-- case: a rule for other engines
-- engine: sqlite
-- migration:
-- migrate:allow truncate -- the server's own section needs it
SELECT 1;

-- case: a rule that doesn't exist, which has a rule of its own
-- migration:
-- migrate:allow everything -- why not
SELECT 1;
