-- engine: postgres

-- case: a view
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CREATE VIEW totals AS SELECT count(*) AS n FROM orders;

-- case: a function
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CREATE FUNCTION total() RETURNS bigint LANGUAGE sql AS 'SELECT count(1) FROM orders';
