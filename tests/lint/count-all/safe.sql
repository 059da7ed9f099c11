-- engine: postgres

-- case: nobody knows how large it is
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CREATE VIEW totals AS SELECT count(*) AS n FROM orders;

-- case: a small table
-- rows: orders = 500
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CREATE VIEW totals AS SELECT count(*) AS n FROM orders;

-- case: a few rows of a large one
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
CREATE FUNCTION orders_of(wanted bigint) RETURNS bigint LANGUAGE sql AS $$
SELECT count(*) FROM orders WHERE user_id = wanted
$$;

-- case: done once
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE counts (n bigint);
-- migration:
INSERT INTO counts (n) SELECT count(*) FROM orders;
