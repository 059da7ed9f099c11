-- engine: postgres
-- version: 15

-- case: an index of a table in use
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX idx_orders_old ON orders (user_id);
-- migration:
DROP INDEX idx_orders_old;

-- case: IF EXISTS changes nothing of it
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX idx_orders_old ON orders (user_id);
-- migration:
drop index  if exists idx_orders_old;

-- case: CONCURRENTLY takes one at a time, and no CASCADE
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX a ON orders (user_id);
CREATE INDEX b ON orders (user_id);
-- migration:
DROP INDEX a, b;
-- case: CASCADE has to go first
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX a ON orders (user_id);
-- migration:
DROP INDEX a CASCADE;

-- case: inside the author's own transaction nothing can be mended in place
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX a ON orders (user_id);
-- migration:
BEGIN;
DROP INDEX a;
COMMIT;

-- case: a DO block
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX a ON orders (user_id);
-- migration:
DO $$ BEGIN DROP INDEX a; END $$;
