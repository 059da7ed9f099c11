-- engine: postgres

-- case: a page that a parameter says
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CREATE FUNCTION page(n int) RETURNS SETOF bigint LANGUAGE sql AS $$
SELECT id FROM orders ORDER BY id LIMIT 50 OFFSET n * 50
$$;

-- case: far behind
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE chosen (id bigint PRIMARY KEY);
-- migration:
INSERT INTO chosen (id) SELECT id FROM orders ORDER BY id LIMIT 100 OFFSET 5000;

-- case: MySQL's LIMIT of two numbers
-- engine: mysql
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CREATE VIEW late AS SELECT id FROM orders ORDER BY id LIMIT 5000, 100;
