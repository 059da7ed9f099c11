-- engine: postgres
-- version: 15

-- case: an index on a table in use
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
CREATE INDEX idx_orders_user_id ON orders (user_id);

-- case: a unique one, without a name
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, number text);
-- migration:
CREATE UNIQUE INDEX ON orders (number);

-- case: a materialized view
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE MATERIALIZED VIEW spending AS SELECT user_id, count(*) AS n FROM orders GROUP BY user_id;
-- migration:
CREATE INDEX idx_spending_user_id ON spending (user_id);

-- case: IF NOT EXISTS makes no new table of one that is there
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX idx_orders_user_id ON orders (user_id);

-- case: a small table
-- rows: orders = 200
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
CREATE INDEX idx_orders_user_id ON orders (user_id);

-- case: what UP made is old when DOWN runs
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
-- ===== UP =====
DROP INDEX CONCURRENTLY IF EXISTS idx_orders_user_id;
-- ===== DOWN =====
CREATE INDEX idx_orders_user_id ON orders (user_id);
