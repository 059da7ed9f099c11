-- engine: postgres

-- case: all rows are written anew
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
-- migration:
ALTER TABLE orders ALTER COLUMN total TYPE bigint;

-- case: read while nobody waits
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
-- migration:
CREATE INDEX CONCURRENTLY idx_orders_total ON orders (total);

-- case: on MySQL
-- engine: mysql
-- version: 8.0.30
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
-- migration:
ALTER TABLE orders MODIFY COLUMN total bigint;
