-- engine: postgres
-- version: 15

-- case: the table is in it
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint CONSTRAINT fk_orders_user REFERENCES users, b_id bigint REFERENCES b);
