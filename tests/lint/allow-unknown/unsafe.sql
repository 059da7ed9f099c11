-- engine: postgres
-- version: 15

-- case: a slip of the finger
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
-- migrate:allow delete-without-were -- the shop has closed
DELETE FROM orders;

-- case: one of two, in the header
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
-- migrate:allow delete-without-where, everything -- the shop has closed
-- ===== UP =====
DELETE FROM orders;
