-- engine: postgres
-- version: 15

-- case: VACUUM FULL
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
VACUUM FULL orders;

-- case: CLUSTER
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CLUSTER orders USING orders_pkey;

-- case: everything
-- migration:
VACUUM (FULL, ANALYZE);

-- case: REPACK
-- version: 19
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
REPACK orders;
