-- engine: postgres
-- version: 15

-- case: concurrently
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX idx_orders_old ON orders (user_id);
-- migration:
DROP INDEX CONCURRENTLY IF EXISTS idx_orders_old;

-- case: an index of a partitioned parent, which takes no CONCURRENTLY
-- given:
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE INDEX idx_events_id ON events (id);
-- migration:
DROP INDEX idx_events_id;

-- case: an index that this migration makes
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
CREATE INDEX idx_orders_old ON orders (user_id);
DROP INDEX idx_orders_old;

-- case: an index of a table that this migration makes
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX idx_orders_old ON orders (user_id);
DROP INDEX idx_orders_old;

-- case: there is no such index
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
DROP INDEX IF EXISTS idx_orders_old;
