-- engine: postgres

-- case: a procedure that copies
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE archive (id bigint PRIMARY KEY);
-- migration:
CREATE PROCEDURE archive_orders() LANGUAGE sql AS $$
INSERT INTO archive (id) SELECT id FROM orders
$$;

-- case: a loop
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CREATE FUNCTION walk() RETURNS void LANGUAGE plpgsql AS $$
DECLARE r record;
BEGIN
  FOR r IN SELECT id FROM orders LOOP
    PERFORM r.id;
  END LOOP;
END
$$;

-- case: a cursor
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
DECLARE c CURSOR FOR SELECT id FROM orders;

-- case: a cursor of MySQL
-- engine: mysql
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
DELIMITER //
CREATE PROCEDURE walk() BEGIN DECLARE c CURSOR FOR SELECT id FROM orders; OPEN c; CLOSE c; END//
