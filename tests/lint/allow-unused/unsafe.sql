-- engine: postgres
-- version: 15

-- case: nothing is found there
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
-- migrate:allow delete-without-where -- the shop has closed
DELETE FROM orders WHERE id = 1;

-- case: another statement was meant
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
-- ===== UP =====
-- migrate:allow delete-without-where -- the shop has closed
SELECT 1;
DELETE FROM orders;

-- case: one of two rules, in the header
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
-- migrate:allow delete-without-where, truncate -- the shop has closed
-- ===== UP =====
DELETE FROM orders;
