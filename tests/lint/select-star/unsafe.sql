-- engine: postgres

-- case: INSERT ... SELECT
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);
CREATE TABLE archive (id bigint PRIMARY KEY, total bigint);
-- migration:
INSERT INTO archive SELECT * FROM orders WHERE id < 100;

-- case: a function
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);
-- migration:
CREATE FUNCTION big_orders() RETURNS SETOF orders LANGUAGE sql AS $$
SELECT * FROM orders WHERE total > 1000
$$;

-- case: one table of several
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE MATERIALIZED VIEW joined AS
SELECT u.*, o.id AS order_id FROM orders o JOIN users u ON u.id = o.user_id;

-- case: a procedure on MySQL
-- engine: mysql
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);
-- migration:
CREATE PROCEDURE list_orders() SELECT * FROM orders WHERE total > 1000;
