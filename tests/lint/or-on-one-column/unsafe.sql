-- engine: postgres

-- case: a view
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, state text);
-- migration:
CREATE VIEW active AS SELECT id FROM orders WHERE state = 'new' OR state = 'paid' OR state = 'sent';

-- case: a function, among other conditions
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, state int);
-- migration:
CREATE FUNCTION active() RETURNS SETOF bigint LANGUAGE sql AS $$
SELECT o.id FROM orders o WHERE o.id > 5 AND (o.state = 1 OR o.state = 2 OR o.state = 7)
$$;
