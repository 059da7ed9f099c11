-- engine: postgres
-- version: 15

-- case: it isn't
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX i1 ON orders (user_id);

-- case: strict
-- set: naming = strict
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX orders_user_id_idx ON orders (user_id);
