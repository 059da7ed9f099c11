-- engine: postgres

-- case: the columns are named
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);
CREATE TABLE archive (id bigint PRIMARY KEY, total bigint);
-- migration:
INSERT INTO archive (id, total) SELECT id, total FROM orders WHERE id < 100;

-- case: EXISTS looks at no column
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);
-- migration:
CREATE FUNCTION has_orders() RETURNS boolean LANGUAGE sql AS $$
SELECT EXISTS (SELECT * FROM orders)
$$;

-- case: all columns of what the same statement names
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);
CREATE TABLE archive (id bigint PRIMARY KEY, total bigint);
-- migration:
WITH old AS (SELECT id, total FROM orders WHERE id < 100)
INSERT INTO archive (id, total) SELECT * FROM old;

-- case: a view has a rule of its own
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);
-- migration:
CREATE VIEW all_orders AS SELECT * FROM orders;

-- case: count(*)
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);
-- migration:
CREATE FUNCTION orders_count() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM orders';

-- case: a table that the routine makes itself
-- engine: mysql
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);
-- migration:
DELIMITER //
CREATE PROCEDURE take_orders()
BEGIN
  CREATE TEMPORARY TABLE taken AS SELECT id, total FROM orders WHERE total > 5;
  SELECT * FROM taken;
  DROP TEMPORARY TABLE taken;
END//
