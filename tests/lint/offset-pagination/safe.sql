-- engine: postgres

-- case: the rows behind the last one seen
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CREATE FUNCTION page(last_id bigint) RETURNS SETOF bigint LANGUAGE sql AS $$
SELECT id FROM orders WHERE id > last_id ORDER BY id LIMIT 50
$$;

-- case: a few rows
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CREATE VIEW second AS SELECT id FROM orders ORDER BY id LIMIT 1 OFFSET 1;

-- case: OFFSET 0 keeps the planner from looking through a subquery
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CREATE FUNCTION f() RETURNS SETOF bigint LANGUAGE sql AS $$
SELECT x.id FROM (SELECT id FROM orders OFFSET 0) x
$$;
