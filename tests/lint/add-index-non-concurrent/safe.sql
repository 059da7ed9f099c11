-- engine: postgres
-- version: 15

-- case: concurrently
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
CREATE INDEX CONCURRENTLY idx_orders_user_id ON orders (user_id);

-- case: a table that this migration makes
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX idx_orders_user_id ON orders (user_id);

-- case: a table that an earlier migration of the same run makes
-- run: one
-- migration: 1_create
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration: 2_index
CREATE INDEX idx_orders_user_id ON orders (user_id);

-- case: a temporary table
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
CREATE TEMPORARY TABLE wanted AS SELECT id FROM orders;
CREATE INDEX idx_wanted_id ON wanted (id);

-- case: a partitioned parent, which has a rule of its own
-- given:
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
-- migration:
CREATE INDEX idx_events_id ON ONLY events (id);
