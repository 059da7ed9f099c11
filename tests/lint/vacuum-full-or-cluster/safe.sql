-- engine: postgres
-- version: 15

-- case: plain
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
VACUUM orders;

-- case: online
-- version: 19
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
REPACK (CONCURRENTLY) orders;

-- case: a table that this migration makes
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY);
CLUSTER orders USING orders_pkey;
