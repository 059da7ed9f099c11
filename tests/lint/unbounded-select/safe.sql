-- engine: postgres

-- case: nobody knows how large it is
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE archive (id bigint PRIMARY KEY);
-- migration:
CREATE PROCEDURE archive_orders() LANGUAGE sql AS $$
INSERT INTO archive (id) SELECT id FROM orders
$$;

-- case: some rows
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE archive (id bigint PRIMARY KEY);
-- migration:
CREATE PROCEDURE archive_orders() LANGUAGE sql AS $$
INSERT INTO archive (id) SELECT id FROM orders WHERE id < 1000
$$;

-- case: one row comes of it
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CREATE FUNCTION last_order() RETURNS bigint LANGUAGE sql AS 'SELECT max(id) FROM orders';

-- case: a copy that is made once has a rule of its own
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE archive (id bigint PRIMARY KEY);
-- migration:
INSERT INTO archive (id) SELECT id FROM orders;
