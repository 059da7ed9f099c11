-- engine: postgres
-- version: 15

-- case: the table is in it
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX idx_orders_user_id ON orders (user_id);
CREATE INDEX orders_user_id_idx ON orders (user_id, id);
CREATE INDEX ON orders (id, user_id);

-- case: strict
-- set: naming = strict
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX idx_orders_user_id ON orders (user_id);
