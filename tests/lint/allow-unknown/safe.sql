-- engine: postgres
-- version: 15

-- case: a rule that there is
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
-- migrate:allow delete-without-where -- the shop has closed
DELETE FROM orders;

-- case: two rules
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
-- migrate:allow delete-without-where, backfill-in-ddl-transaction -- the shop has closed
DELETE FROM orders;
